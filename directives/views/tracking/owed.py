"""What the units owe in which the person works: most urgent first, one tap from reporting."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives import recurring, rules, tracking
from directives.compliance import Line, Tally
from directives.compliance.said import owes_answer
from directives.enums import ENDED, OPEN, AssignmentState, Standing
from directives.forms.tracking import ReportForm
from directives.models import Assignment, Task
from directives.templatetags.tracking import is_ahead
from directives.views.paging import first_page, page
from units import clock
from units.naming import fold, search_words
from units.numerals import natural
from units.rules import reach

from .blanks import Blanks, form_of
from .loading import earlier_reports, shown, working_days_since
from .whose import FIELD, Shares, whose

FAR = date(9999, 12, 31)
KEY = ("rank", "sorted_on", "id")
DONE_KEY = ("accepted_at", "id")
AHEAD, TO_ANSWER = "ky-toi", "cho-tra-loi"


@dataclass(frozen=True)
class Group:
    """A heading of the list: the line of the tally that counts it, its words, the chip, how loud it is.

    Without a line it is of work that no figure counts: periods that have not begun, words that wait for an answer.
    """

    line: Line | None
    label: str
    chip: str
    tone: str = ""
    slug: str = AHEAD

    @property
    def word(self):
        return self.line.slug if self.line else self.slug

    def count(self, tally) -> int | None:
        return getattr(tally, self.line.name) if self.line else None


GROUPS = (
    Group(Tally.overdue, _("Quá hạn"), Standing.OVERDUE, "over"),
    Group(Tally.due_soon, _("Đến hạn trong 7 ngày tới"), Standing.DUE_SOON, "soon"),
    Group(Tally.in_time, _("Sau đó"), Standing.IN_TIME),
    Group(Tally.undated, _("Không có thời hạn"), Standing.UNDATED),
    Group(Tally.awaiting, _("Chờ xác nhận"), Standing.AWAITING),
    Group(Tally.paused, _("Tạm dừng"), Standing.PAUSED),
    Group(Tally.done, _("Đã xong"), Standing.DONE_ON_TIME),
)
OPEN_GROUPS, DONE = GROUPS[:-1], GROUPS[-1]
# Filters and no headings: what came back stands among the rest by its deadline.
RETURNED = Group(Tally.returned, _("Bị trả lại"), Standing.OVERDUE)
RETURNED_LATER = Group(Tally.returned_later, _("Bị trả lại, chưa đến hạn"), Standing.IN_TIME)
COMING = Group(None, _("Kỳ tới"), Standing.UNDATED)
WORDS = Group(None, _("Chờ đơn vị trả lời"), Standing.OVERDUE, slug=TO_ANSWER)
FILTERS = (*GROUPS, RETURNED, RETURNED_LATER, WORDS, COMING)


@dataclass(frozen=True)
class Card:
    """One assignment as the list shows it; to be reported by the `form` that begins with an earlier report, or by the
    empty one, which is `drawn` already."""

    assignment: Assignment
    group: Group
    verbs: list[str]
    working_days: int | None
    form: ReportForm | None
    drawn: str


@require_safe
@login_required
def assignment_list(request):
    """Six queries at most, with session and person; one more for a search, one where reports came back."""
    of_all = Assignment.objects.filter(rules.owed_assignments(request.user))
    shares, asked, owner = Shares(request.user, of_all), asked_of(request), whose(request)
    owed = of_all.filter(owner.which)
    found = _found(request, owed, asked)
    cards = _cards(request, found.rows)
    tally = shares.tally(owner)
    context = {
        "sections": _sections(cards, None if asked["group"] is WORDS else tally),
        "counts": [(group, group.count(tally)) for group in OPEN_GROUPS],
        "tally": tally,
        "asked": asked,
        "shares": shares,
        "kept": owner.query,
        "query": _query(request),
        "after": found.after,
        "last": None if cards or any(asked.values()) else _last_done(owed),
        "filters": FILTERS,
        "heads": bool(rules.units_answered_for(request.user)),
        "several_units": len({card.assignment.unit_id for card in cards}) > 1,
    }
    return render(request, "tracking/owed.html", context)


def _found(request, owed, asked):
    after = request.GET.get("sau", "")

    def rows():
        return sorted_by_urgency(narrowed(owed, asked))

    if asked["group"] is DONE:
        return page(rows(), DONE_KEY, after, newest_first=True)
    if request.GET:
        return page(rows(), KEY, after, parts=_by_deadline())
    return first_page(("owed", reach(request.user), clock.today()), rows, KEY, _by_deadline())


def _sections(cards, tally):
    """Group, how many it has in all (without a tally nobody knows), and those of its cards that are on this page."""
    grouped = groupby(cards, key=lambda card: card.group)
    return [(group, tally and group.count(tally), list(some)) for group, some in grouped]


def _query(request) -> str:
    """What the list is narrowed to, to be carried to the next page."""
    kept = {
        name: request.GET[name] for name in ("q", "tinh-trang", "van-ban", FIELD) if request.GET.get(name)
    }
    return f"{urlencode(kept)}&" if kept else ""


def asked_of(request):
    words = {group.word: group for group in FILTERS}
    return {
        "q": request.GET.get("q", "").strip()[:200],
        "group": words.get(request.GET.get("tinh-trang", "")),
        "directive": natural(request.GET.get("van-ban", "")),
        "whose": whose(request).word,
    }


def narrowed(owed, asked):
    found = shown(owed)
    if asked["group"] is COMING:
        found = found.exclude(state__in=ENDED).filter(recurring.not_begun(clock.today()))
    elif asked["group"] is WORDS:
        found = found.filter(owes_answer())
    elif asked["group"]:
        found = found.exclude(recurring.not_begun(clock.today()))
        found = found.filter(standing__in=asked["group"].line.standings)
        if asked["group"].line.returned:
            found = found.filter(is_returned=True)
    else:
        found = found.exclude(state__in=ENDED)
    if asked["directive"]:
        found = found.filter(directive_id=asked["directive"])
    if asked["q"]:
        found = found.filter(_matches(owed, asked["q"]))
    return found


def _matches(owed, text) -> Q:
    """Every word in the document's code and title, or in the task's own text, marks ignored.

    Task texts have no folded column: those of the units' own work are folded here, one query on a search alone.
    """
    words = search_words(text)
    in_document = Q(*(Q(directive__search__contains=word) for word in words))
    texts = Task.objects.filter(pk__in=owed.values("task_id")).values_list("pk", "label", "text")
    in_task = [pk for pk, label, task in texts if all(word in fold(f"{label} {task}") for word in words)]
    return in_document | Q(task_id__in=in_task)


def sorted_by_urgency(found):
    """What is open by deadline, then without deadline, reported, paused, the periods that have not begun; last what is
    ended."""
    rank = Case(
        When(state__in=ENDED, then=Value(6)),
        When(recurring.not_begun(clock.today()), then=Value(5)),
        When(state=AssignmentState.PAUSED, then=Value(4)),
        When(state=AssignmentState.REPORTED, then=Value(3)),
        When(due_on=None, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    sorted_on = Case(
        When(state=AssignmentState.REPORTED, then=F("reported_on")), default=Coalesce(F("due_on"), Value(FAR))
    )
    return found.annotate(rank=rank, sorted_on=sorted_on)


def _by_deadline():
    """What is open and dated stands first, as an index keeps it; of everything else there is less."""
    dated = Q(state__in=OPEN, due_on__isnull=False) & ~recurring.not_begun(clock.today())
    return (dated, ("due_on", "id")), (~dated, KEY)


def _cards(request, rows) -> list[Card]:
    late = working_days_since(row.due_on for row in rows if row.standing == Standing.OVERDUE)
    earlier, blanks = earlier_reports(rows), Blanks(request)
    return [_card(request.user, row, late, earlier.get(row.pk), blanks) for row in rows]


def _card(user, row, late, earlier, blanks):
    verbs = tracking.open_verbs(user, row, among=tracking.OF_THE_UNIT)
    reports = "report" in verbs
    return Card(
        row,
        COMING if is_ahead(row) else _group_of(row),
        verbs,
        late.get(row.due_on) if row.standing == Standing.OVERDUE else None,
        form_of(row, earlier) if reports and earlier else None,
        blanks.of(row) if reports and not earlier else "",
    )


def _group_of(row):
    return next(group for group in GROUPS if group.line and row.standing in group.line.standings)


def _last_done(owed):
    return shown(owed.filter(state=AssignmentState.ACCEPTED)).order_by("-accepted_at").first()
