"""The reports that wait for this person's decision: the one that has waited longest first."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from directives.compliance.waiting import to_decide
from directives.enums import ReportOutcome
from directives.forms.asking import ReturnManyForm
from directives.models import Assignment, Report
from directives.views.paging import first_page, page
from directives.views.returning import posted
from units import clock
from units.numerals import natural
from units.rules import reach

from .loading import shown, with_evidence, working_days_since

KEY = ("reported_at", "id")
# In the session: what was typed for several reports of which some could not be decided on.
LEFT = "queue-left"


@dataclass(frozen=True)
class Line:
    """One waiting report in the list. `waited` is in working days."""

    assignment: Assignment
    waited: int
    url: str
    current: bool
    # As the box of the line is sent: the work, and the report that was shown.
    token: str


@require_safe
@login_required
def queue(request):
    """A fixed number of queries, whatever waits; the chosen report is shown with its evidence."""
    return queue_page(request)


def leave(request, refused):
    """Keep for the next page what was typed for the picked reports that were refused."""
    request.session[LEFT] = _typed(request) | {"picked": refused}


def _kept(request):
    """What was just sent comes before what an earlier sending left, which is told once."""
    left = request.session.pop(LEFT, None)
    return _typed(request) if left is None or request.method == "POST" else left


def _typed(request):
    return {
        "picked": request.POST.getlist("chon"),
        "typed": posted(request, "reason"),
        "typed_quality": posted(request, "quality"),
    }


def queue_page(request, form=None, *, status=200):
    """The page; after a sending of which not all could be done, with what was picked and typed, and what the `form` misses.
    A report that came in the place of one that was picked is not: nobody has read it yet."""
    after = request.GET.get("sau", "")
    found = page(_waiting(request.user), KEY, after) if after else _first_page(request.user)
    chosen = _chosen(request, found.rows)
    following = _following(found.rows, chosen)
    context = {
        "lines": _lines(found.rows, chosen, after),
        "leaves_unanswered": any(row.words_open for row in found.rows),
        "chosen": chosen,
        "report": _report(chosen, request.user),
        "next": _address(after, following),
        "following": _address(after, following) if following else "",
        "after": found.after,
        "form": form or ReturnManyForm(),
        **_kept(request),
    }
    return render(request, "tracking/queue.html", context, status=status)


def _first_page(user):
    return first_page(("queue", reach(user), clock.today()), lambda: _waiting(user), KEY)


def _waiting(user):
    return shown(Assignment.objects.filter(to_decide(user)))


def _chosen(request, rows):
    """The report asked for, also from another page of the list; else the first."""
    asked = natural(request.GET.get("chon", ""))
    if asked:
        here = [row for row in rows if row.pk == asked]
        found = here[0] if here else _waiting(request.user).filter(pk=asked).first()
        if found:
            return found
    return rows[0] if rows else None


def _following(rows, chosen):
    """Which report comes up after this one is decided."""
    places = [n for n, row in enumerate(rows) if chosen and row.pk == chosen.pk]
    rest = rows[places[0] + 1 :] if places else []
    return rest[0] if rest else None


def _lines(rows, chosen, after):
    since = {row.pk: localdate(row.reported_at) for row in rows}
    waited = working_days_since(since.values())
    return [
        Line(
            row,
            waited.get(since[row.pk], 0),
            _address(after, row),
            current=bool(chosen) and row.pk == chosen.pk,
            token=f"{row.pk}-{row.waiting_report}",
        )
        for row in rows
    ]


def _report(chosen, user):
    if chosen is None:
        return None
    pending = Report.objects.filter(assignment=chosen, outcome=ReportOutcome.PENDING)
    return with_evidence(pending, user).first()


def _address(after, row):
    chosen = {"chon": row.pk} if row else {}
    query = urlencode({**({"sau": after} if after else {}), **chosen})
    return f"{reverse('queue')}{'?' + query if query else ''}"
