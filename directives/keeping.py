"""What a person keeps for themselves: views of the figures, and the days of their meetings. Nobody else sees them."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from directives.errors import Incomplete
from directives.models import Meeting, SavedView
from directives.models.keeping import LONGEST_NAME, LONGEST_QUERY
from units import clock

MOST_VIEWS = 50
WEEK = timedelta(days=7)


def views_of(person):
    """The person's own views, by name. A query not asked yet."""
    return SavedView.objects.filter(person=person)


def save_view(*, by, name, query) -> SavedView:
    """Keep a filter under a name. Two queries."""
    name = _named(name)
    if len(query) > LONGEST_QUERY:
        raise Incomplete(fields={"name": _("Bộ lọc này dài quá, không lưu được.")})
    if views_of(by).count() >= MOST_VIEWS:
        sentence = _("Mỗi người lưu nhiều nhất %(most)d cách xem. Hãy xóa bớt.") % {"most": MOST_VIEWS}
        raise Incomplete(fields={"name": sentence})
    try:
        with transaction.atomic():
            return SavedView.objects.create(person=by, name=name, query=query)
    except IntegrityError:
        raise _taken() from None


def rename_view(view, *, name) -> None:
    """One query."""
    view.name = _named(name)
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError:
        raise _taken() from None


@transaction.atomic
def begin_with(view) -> None:
    """Open the figures with this view, or with none again where it was this one. Three queries.

    Holds all views of the person first: of two at once the second is the one that is left.
    """
    views = views_of(view.person_id)
    list(views.order_by("pk").select_for_update().values_list("pk", flat=True))
    chosen = not view.is_default
    views.filter(is_default=True).update(is_default=False)
    if chosen:
        views.filter(pk=view.pk).update(is_default=True)


def record_meeting(*, by) -> Meeting:
    """Today's meeting was held; recorded twice, it is one. Two queries."""
    meeting, _new = Meeting.objects.get_or_create(person=by, held_on=clock.today())
    return meeting


def meetings_of(person):
    """The person's meetings, the newest first. A query not asked yet."""
    return Meeting.objects.filter(person=person).order_by("-held_on")


def compared_with(meetings) -> date:
    """The day that today's meeting is compared with: of the newest before it, else a week ago."""
    today = clock.today()
    return next((one.held_on for one in meetings if one.held_on < today), today - WEEK)


def _named(name):
    name = " ".join(name.split())
    if not name:
        raise Incomplete(fields={"name": _("Hãy ghi tên cho cách xem này.")})
    if len(name) > LONGEST_NAME:
        raise Incomplete(fields={"name": _("Tên dài quá; nhiều nhất %(most)d chữ.") % {"most": LONGEST_NAME}})
    return name


def _taken():
    return Incomplete(fields={"name": _("Đã có một cách xem mang tên này.")})
