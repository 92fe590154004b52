"""Work that had been ended begins once more: in one way, however it comes back to its unit."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from directives import distribution, lifecycle
from directives.enums import ReportOutcome
from directives.models import ProgressNote, Report, Urging
from units import clock


def begin_anew(assignment, *, by, **changes) -> None:
    """The unit owes the work again with `changes` (days, duty, whence it came); nothing said, asked or laid in its former
    life waits any more, and nothing granted in it counts (`begun_anew_at`).

    Raises Stale where the work is not ended any more. Must run in the transaction of the act, which tells of it. Three
    queries more than `lifecycle.give_again`.
    """
    close_words([assignment], in_office_words(lambda: _("Nhiệm vụ được giao lại từ đầu.")), by)
    laid = Report.objects.filter(assignment=assignment, outcome=ReportOutcome.INTERNAL, decided_at=None)
    laid.update(decided_at=clock.now(), decided_by=by)
    begun = {"begun_anew_at": clock.now(), "review_on": None}
    lifecycle.give_again(assignment, **distribution.AFRESH | begun | changes)


def close_words(rows, words, by) -> None:
    """An urging or an obstacle that nobody has answered ends with `words`, said by whoever changes the work."""
    now = clock.now()
    open_urgings = Urging.objects.filter(assignment__in=rows, replied_at=None)
    open_urgings.update(reply=words, replied_at=now, replied_by=by)
    obstacles = ProgressNote.objects.filter(assignment__in=rows, answered_at=None).exclude(obstacle="")
    obstacles.update(answer=words, answered_at=now, answered_by=by)


def in_office_words(said) -> str:
    """What is kept stands in the office's language, not in the page's."""
    with translation.override(settings.LANGUAGE_CODE):
        return said()
