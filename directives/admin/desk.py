"""The drafting screen: the source with its marks on one side, the draft on the other, everything in one form."""

import json
from copy import copy
from types import SimpleNamespace

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import chaining, drafting, issuing, periods, readiness, recurring, rendering
from directives.enums import AttachmentKind, Recurrence
from directives.errors import Stale
from directives.forms.drafting import DraftForms
from directives.forms.picking import picked, questions
from directives.forms.rows import rearranged
from directives.models import Directive
from directives.parsing import parse
from directives.templatetags.verbs import usual_verb
from units import clock
from units.models import Event
from units.once import once

TEMPLATE = "admin/directives/directive/desk.html"
# What the address asks for when a verb was refused: the same question again, with the answers at the fields.
MISSING = {"submit": readiness.missing_for_submission, "record": readiness.missing_for_record}
ASKED = "thieu"
# `ky-task-3` shows the page anew, or to a script the periods of that row alone.
PERIODS = "ky-task-"
_KEEPS = ("save", "look", "submit", "record", "task-fill")
_LEADS_TO = {"look": "directive-preview", "submit": "directive-preview", "record": "directive-record"}


def desk(request, directive):
    """The page, a preview of what is being typed, or one step of work on the draft."""
    if request.method != "POST":
        return _page(request, directive, _forms(directive))
    if request.POST.get("act") == "preview":
        return _preview(request, directive)
    if request.POST.get("act", "").startswith(PERIODS):
        return _periods(request, directive)
    return _work(request, directive)


@once
def _work(request, directive):
    act = request.POST.get("act", "save")
    forms = _forms(directive, _pressed(directive, request.POST, act))
    if act not in _KEEPS:
        return _page(request, directive, forms)
    if not forms.is_valid():
        return _page(request, directive, forms, status=422)
    try:
        drafting.save_draft(directive, by=request.user, version=forms.version, changes=forms.draft())
    except Stale:
        return _conflict(request, directive, forms)
    return _onward(request, directive, act)


def _pressed(directive, data, act):
    """What was typed, after a button that changes the page and keeps nothing."""
    if act.startswith("pick-"):
        return picked(data, act, drafting.Directory(directive.office))
    return _with_day(directive, rearranged(data, act), act)


def _with_day(directive, data, act):
    """The data after `task-due-3`: the day that the printed period of that task gives stands in its field."""
    other, _sign, row = act.partition("task-due-")
    if other or not row:
        return data
    typed, _sheet = _as_typed(directive, _forms(directive, data))
    day = drafting.proposed_day(typed, data.get(f"task-{row}-due_text", ""), clock.today())
    if not day:
        return data
    filled = data.copy()
    filled[f"task-{row}-due_on"] = clock.printed_day(day)
    return filled


def _onward(request, directive, act):
    """Where a saved draft goes: stays, is looked at, to its review; if something is missing, back with the reasons."""
    if act in MISSING and MISSING[act](directive):
        return HttpResponseRedirect(f"{request.path}?{ASKED}={act}")
    if act == "submit":
        issuing.submit(directive, by=request.user)
        messages.success(request, _("Đã trình ký. Lãnh đạo sẽ ký hoặc trả lại."))
    elif act not in _LEADS_TO:
        messages.success(request, _("Đã lưu bản nháp."))
    page = _LEADS_TO.get(act)
    return HttpResponseRedirect(reverse(page, args=[directive.pk]) if page else request.path)


def _conflict(request, directive, forms):
    """Somebody saved first: both texts, and in the form the other's with what this person changed on top of it."""
    current = Directive.objects.select_related("issuer", "office", "collecting_unit", "sector").get(
        pk=directive.pk
    )
    kept = drafting.sheet_of(current)
    mine = drafting.merged(kept, forms.draft(), _seen(request))
    differing = drafting.differences(kept, mine)
    return _page(request, current, _forms(current, sheet=mine), kept=kept, status=409, differing=differing)


def _seen(request):
    """The marks of what the page showed; whatever else arrives means that nothing is known to be untouched."""
    try:
        seen = json.loads(request.POST.get("seen", ""))
    except (ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) else {}


# --- The page -----------------------------------------------------------------------------------


def _forms(directive, data=None, sheet=None):
    sheet = sheet or (drafting.sheet_of(directive) if data is None else None)
    given = {"directory": drafting.Directory(directive.office), "offered": chaining.offered(directive)}
    return DraftForms(directive, data=data, sheet=sheet, **given)


def _page(request, directive, forms, *, kept=None, status=200, differing=()):
    """`kept` is the draft as it is now, where the form shows another."""
    typed, sheet = _as_typed(directive, forms)
    parsed = parse(directive.source)
    errors = list(forms.errors()) if status == 422 else []
    doubts = _doubts(typed, sheet, parsed, errors)
    marks = rendering.marks_of(parsed, sheet)
    context = admin.site.each_context(request) | {
        "title": _("Soạn %(kind)s giao nhiệm vụ") % {"kind": directive.get_kind_display().lower()},
        "directive": directive,
        "forms": forms,
        "seen": request.POST.get("seen", "") if forms.heading.is_bound else _marks(kept or sheet),
        "stretches": rendering.stretches(directive.source, marks),
        "refs": rendering.refs(marks),
        "in_store": _in_store(directive),
        "originals": directive.attachments.filter(kind=AttachmentKind.ORIGINAL),
        "layout": _layout(typed, sheet, directive),
        "doubts": [doubt for doubt in doubts if not doubt.awaited],
        "awaited": [doubt for doubt in doubts if doubt.awaited],
        "missing": _missing(request, directive, sheet),
        "differing": differing,
        "errors": errors,
        "returned": _returned(directive),
        "usual_verb": usual_verb(typed),
        "questions": questions(forms),
        "suggestions": forms.directory.suggestions(),
        "coming": _coming(forms),
    }
    return render(request, TEMPLATE, context, status=status)


def _doubts(typed, sheet, parsed, errors):
    """Not of a field that could not be read: what is wrong is said at it, and what stood there before is not known."""
    unread = {bound.auto_id for _where, bound in errors}
    found = drafting.doubts_of(typed, sheet, today=clock.today(), parsed=parsed)
    return [doubt for doubt in found if doubt.anchor not in unread]


def _as_typed(directive, forms):
    """The directive with the columns that were typed, and the draft to go with it."""
    draft = forms.draft() if forms.heading.is_bound else forms.sheet
    typed = copy(directive)
    for name, value in draft.columns.items():
        setattr(typed, name, value)
    return typed, draft


def _marks(sheet):
    return json.dumps(drafting.marks_of(sheet), separators=(",", ":"))


def _layout(typed, sheet, directive):
    tasks = list(directive.tasks.order_by("position", "pk"))
    body, _places = drafting.redrafted_body(directive, tasks, sheet, list(sheet.tasks))
    return rendering.layout_of(typed, sheet.addressees, today=clock.today(), body=body)


def _preview(request, directive):
    """The paper as it would be, drawn from what is typed; nothing is kept."""
    typed, sheet = _as_typed(directive, _forms(directive, request.POST))
    context = {"layout": _layout(typed, sheet, directive)}
    return render(request, "directives/paper/paper.html", context)


def _periods(request, directive):
    """The next periods of one row as it is typed; nothing is kept."""
    forms = _forms(directive, request.POST)
    prefix = request.POST["act"].removeprefix("ky-")
    form = next((form for form in forms.tasks if form.prefix == prefix), None)
    if form is None or "HX-Request" not in request.headers:
        return _page(request, directive, forms)
    context = {"form": form, "coming": _coming(forms)}
    return render(request, "admin/directives/directive/periods.html", context)


def _coming(forms):
    """The next periods of each recurring row whose rule can be carried out. One query at most."""
    rules = {form.prefix: form.rule for form in forms.tasks if form.rule.every in Recurrence.values}
    fit = {prefix: rule for prefix, rule in rules.items() if rule.every and not periods.faults(rule)}
    return recurring.coming_of(fit, clock.today())


def _in_store(directive):
    """Which of the cited documents are in the store, by the code and date of the row."""
    cited = directive.citations.exclude(cited=None).values_list("code", "dated_on", "cited_id")
    return {(code, dated_on): pk for code, dated_on, pk in cited}


def _returned(directive):
    """The leader's reason, while the draft is in the clerks' hands because of it."""
    moves = Event.objects.filter(
        chain=directive.chain_key, verb__in=("submit", "withdraw_submission", "send_back")
    )
    last = moves.order_by("-sequence").first()
    return last if last and last.verb == "send_back" else None


def _missing(request, directive, sheet):
    """What keeps the verb that was asked for from being done, each at its field."""
    asked = MISSING.get(request.GET.get(ASKED, ""))
    if asked is None or request.method == "POST":
        return []
    rows = {f"task-{row.pk}": f"id_task-{at}-due_on" for at, row in enumerate(sheet.tasks)}
    rows |= {f"task-{row.pk}-units": f"id_task-{at}-leads" for at, row in enumerate(sheet.tasks)}
    rows |= {f"task-{row.pk}-rule": f"id_task-{at}-due_day" for at, row in enumerate(sheet.tasks)}
    anchors = rows | {"tasks": "nhiem-vu", "recipients": "noi-nhan"}
    twin = readiness.twin_of(directive) if asked is readiness.missing_for_record else None
    return [
        SimpleNamespace(
            anchor=anchors.get(name, f"id_{name}"), sentence=sentence, twin=twin if name == "number" else None
        )
        for name, sentence in asked(directive).items()
    ]
