"""The unit's open work as a workbook: taken along, filled in, brought back; every row is tried before it is sent."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import recurring, rules
from directives import worksheet as room
from directives.enums import OPEN, Standing
from directives.errors import Incomplete, NotAllowed
from directives.exports import worksheet_workbook
from directives.forms.worksheet import WorksheetForm
from directives.models import Assignment
from directives.templatetags.wording import day, number
from directives.views.returning import go_back
from directives.views.workbook import workbook_response
from directives.worksheet import MOST_LINES, Act, Line
from units import clock
from units.once import once

from .asking import UNSENT
from .owed import asked_of, narrowed, sorted_by_urgency
from .whose import whose

SALT = "directives.worksheet"
SEEN_FOR = 60 * 60  # seconds
MOST_DONE = 300
# What a row says; what was found about it is found anew.
SAID = ("number", "key", "code", "label", "text", "percent", "obstacle", "done", "document", "dated_on", "addressed_to")  # fmt: skip


@require_safe
@login_required
def worksheet_file(request):
    """The open work that the list shows, most urgent first, at most MOST_LINES rows."""
    if not _may_owe(request.user):
        raise Http404
    owed = Assignment.objects.filter(rules.owed_assignments(request.user), state__in=OPEN)
    begun = owed.filter(whose(request).which).exclude(recurring.not_begun(clock.today()))
    works = sorted_by_urgency(narrowed(begun, asked_of(request))).order_by("rank", "sorted_on", "pk")[
        :MOST_LINES
    ]
    for work in works:
        work.standing_words = str(Standing(work.standing).label)
    title = _("Nhiệm vụ đang thực hiện, số liệu đến ngày %(day)s") % {"day": day(clock.today())}
    return workbook_response(worksheet_workbook(works, title=title), "nhiem-vu")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def worksheet(request):
    """Choose the filled-in file; what each row will do is shown, and nothing is written yet."""
    if not _may_owe(request.user):
        raise NotAllowed if request.method == "POST" else Http404
    form = WorksheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _show(request, room.examine(room.read(form.cleaned_data["file"]), by=request.user))
        except Incomplete as refusal:
            for name, sentence in refusal.fields.items():
                form.add_error(name, str(sentence))
    status = UNSENT if form.is_bound else 200
    return render(request, "tracking/worksheet.html", {"form": form, "most": MOST_LINES}, status=status)


@login_required
@require_POST
@once
def worksheet_send(request):
    """Do what was shown: every row that had no fault, or, when one has changed since, none."""
    lines = _seen(request)
    try:
        done = room.carry_out(lines, by=request.user)
    except Incomplete as refusal:
        return _show(request, lines, refusal=refusal, status=refusal.status)
    said = ngettext("Đã gửi %(n)s việc trong bảng.", "Đã gửi %(n)s việc trong bảng.", done)
    messages.success(request, said % {"n": number(done)})
    return go_back(request, reverse("assignment-list"))


def _may_owe(user):
    return "tasks" in rules.nav_sections(user)


def _show(request, lines, *, refusal=None, status=200):
    by_act = {act: [line for line in lines if line.act == act] for act in Act}
    todo = by_act[Act.REPORT] + by_act[Act.NOTE]
    context = {
        "bad": by_act[Act.BAD],
        "todo": todo,
        "counts": [(act, len(found)) for act, found in by_act.items()],
        "too_many": len(todo) > MOST_DONE,
        "most_done": MOST_DONE,
        "refusal": refusal,
        "seen": _signed(request.user, lines),
    }
    return render(request, "tracking/worksheet_lines.html", context, status=status)


def _signed(user, lines):
    """The rows go along with the page, so that what is sent is what was seen."""
    rows = [[_said(line)[name] for name in SAID] for line in lines if line.act in (Act.REPORT, Act.NOTE)]
    return signing.dumps({"by": user.pk, "rows": rows}, salt=SALT, compress=True)


def _said(line) -> dict:
    told = {name: getattr(line, name) for name in SAID}
    return told | {"dated_on": line.dated_on.isoformat() if line.dated_on else None}


def _seen(request) -> list[Line]:
    try:
        seen = signing.loads(request.POST.get("seen", ""), salt=SALT, max_age=SEEN_FOR)
    except signing.BadSignature:
        raise Incomplete(_("Bảng xem trước đã cũ. Hãy chọn lại tệp.")) from None
    if seen["by"] != request.user.pk or len(seen["rows"]) > MOST_DONE:
        raise Incomplete(_("Bảng xem trước đã cũ. Hãy chọn lại tệp."))
    return [_line(dict(zip(SAID, row, strict=True))) for row in seen["rows"]]


def _line(told) -> Line:
    dated_on = date.fromisoformat(told["dated_on"]) if told["dated_on"] else None
    return Line(**told | {"dated_on": dated_on})
