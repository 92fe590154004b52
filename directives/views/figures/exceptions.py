"""Late work one by one, for those who must see to it: whose move it is, what is missing, what changed since a day."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import compliance, keeping, rules
from directives.calendar import working_days
from directives.errors import NotAllowed
from directives.forms.filters import ExceptionFilter
from directives.templatetags.wording import known_until
from directives.views.paging import page
from directives.views.returning import go_back
from units import clock
from units.holidays import office_calendar
from units.once import once

from .scope import BOTH, read
from .scope_words import said_of_filters

KEY, PAGE = ("due_on", "id"), 30
UNITS, WAITING, SAID, IN_VAIN = 5, 8, 8, 10
# A report decided on by the next working day was not kept waiting. Enough days to hold two working ones across Tết.
PROMPT, SPAN = 1, timedelta(days=30)
CHANGES = {
    "moi": compliance.newly_red,
    "het": compliance.no_longer_red,
    "con": compliance.still_red,
}


@require_safe
@login_required
def exceptions(request):
    """Thirteen queries: session, person, navigation, units, meetings, the three questions, what changed, urged in vain,
    reports kept waiting with the calendar, unanswered words, one page of rows, the document of the filter; a leader's one
    more."""
    user, today = request.user, clock.today()
    if not rules.follows_others(user):
        raise Http404
    scope = read(request, default_duty=BOTH, form=ExceptionFilter)
    owed = _owed(scope)
    late = compliance.red(owed, today)
    asked = compliance.questions(late, user)
    meetings = list(keeping.meetings_of(user)[:2])
    since = scope.chosen.get("since") or keeping.compared_with(meetings)
    found = page(_rows(scope, owed, user, since, today), _key(scope), request.GET.get("sau", ""), size=PAGE)
    kept = _kept_waiting(user, today)
    context = {
        "scope": scope,
        "days": capfirst(known_until(today)),
        "told": said_of_filters(scope),
        "today": today,
        "now": clock.now(),
        "asked": asked,
        "late_units": asked.units[:UNITS],
        "since": since,
        "met_today": any(one.held_on == today for one in meetings),
        "change": compliance.change_since(owed, since, today, total=asked.total),
        "found": found.rows,
        "next_url": f"?{scope.query}&sau={found.after}" if found.after else "",
        "in_vain": compliance.urged_in_vain(user, limit=IN_VAIN),
        "kept_waiting": kept,
        "kept_unshown": kept[0].among - len(kept) if kept else 0,
        "keeps_records": rules.can_follow_up(user),
        "said": compliance.unanswered_instructions(user, limit=SAID),
        "leads": bool(rules.instructing_offices(user)),
    }
    return render(request, "compliance/exceptions.html", context)


@login_required
@require_POST
@once
def meeting_record(request):
    """Today's meeting went through this page: the next one begins with what has changed since."""
    if not rules.can_follow_up(request.user):
        raise NotAllowed
    keeping.record_meeting(by=request.user)
    messages.success(
        request, _("Đã ghi nhận buổi họp hôm nay. Lần họp sau so với số liệu cuối ngày hôm nay.")
    )
    return go_back(request, reverse("exceptions"))


def _owed(scope):
    """Of the scope, where one month is asked for, what falls due in it."""
    days = scope.span.due_in
    return scope.assignments.filter(due_on__range=days) if days else scope.assignments


def _rows(scope, owed, user, since, today):
    """The rows of the list: all late work, what waits for one move, or what changed."""
    change, awaited = scope.chosen.get("change"), scope.chosen.get("move")
    rows = CHANGES[change](owed, since, today) if change else compliance.red(owed, today)
    if awaited == scope.form.MINE:
        rows = rows.filter(compliance.for_person(user))
    elif awaited:
        rows = rows.filter(move=awaited)
    return compliance.with_own(rows, user).select_related("task", "directive", "assignee")


def _kept_waiting(user, today):
    """What has waited longer than the next working day, each with how many of them (`waited`), as the queue counts them. Two
    queries; the second is for the calendar, and one more where some came over days off that are still too young."""
    ask = partial(compliance.kept_waiting, user, today, limit=WAITING)
    kept = ask(until=today - timedelta(days=PROMPT + 1))
    if not kept:
        return []
    calendar = office_calendar(min(localdate(kept[0].reported_at), today - SPAN), today)
    until = _last_kept(today, calendar)
    if localdate(kept[0].newest) > until:
        kept = ask(until=until)
    for row in kept:
        row.waited = working_days(localdate(row.reported_at), today, **calendar)
    return kept


def _last_kept(today, calendar):
    """The last day whose reports have waited longer than is prompt."""
    return next(
        day
        for day in (today - timedelta(days=n) for n in range(SPAN.days))
        if working_days(day, today, **calendar) > PROMPT
    )


def _key(scope):
    """What is not late any more may have any deadline."""
    return ("id",) if scope.chosen.get("change") == "het" else KEY
