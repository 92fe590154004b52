"""How the room of tracking speaks: the history in sentences, and what a decision would say."""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from directives.compliance.undated import LONG_STALE_DAYS, STALE_DAYS
from directives.enums import OPEN, Quality, Standing, UrgingKind
from units import clock

from .wording import day, due_label, number

register = template.Library()

SENTENCES = {
    "issue": pgettext_lazy("nhật ký", "Văn bản được phát hành, giao nhiệm vụ"),
    "record": pgettext_lazy("nhật ký", "Văn bản được vào sổ, giao nhiệm vụ"),
    "close": pgettext_lazy("nhật ký", "Kết thúc theo dõi văn bản"),
    "revoke": pgettext_lazy("nhật ký", "Thu hồi văn bản"),
    "open_period": pgettext_lazy("nhật ký", "Mở kỳ mới"),
    "acknowledge": pgettext_lazy("nhật ký", "Tiếp nhận nhiệm vụ"),
    "report": pgettext_lazy("nhật ký", "Báo cáo hoàn thành"),
    "withdraw": pgettext_lazy("nhật ký", "Rút lại báo cáo"),
    "accept": pgettext_lazy("nhật ký", "Xác nhận hoàn thành"),
    "send_back": pgettext_lazy("nhật ký", "Trả lại báo cáo"),
    "reopen": pgettext_lazy("nhật ký", "Mở lại nhiệm vụ đã xong"),
    "cancel": pgettext_lazy("nhật ký", "Thôi giao nhiệm vụ"),
    "delegate": pgettext_lazy("nhật ký", "Phân công người thực hiện"),
    "hand_over": pgettext_lazy("nhật ký", "Bàn giao người thực hiện"),
    "note_progress": pgettext_lazy("nhật ký", "Ghi tiến độ"),
    "submit_internally": pgettext_lazy("nhật ký", "Trình lãnh đạo đơn vị"),
    "send_back_internally": pgettext_lazy("nhật ký", "Lãnh đạo đơn vị trả lại"),
    "supplement": pgettext_lazy("nhật ký", "Bổ sung minh chứng"),
    "request_extension": pgettext_lazy("nhật ký", "Xin gia hạn"),
    "decline": pgettext_lazy("nhật ký", "Đề nghị trả lại vì không thuộc chức năng"),
    "withdraw_request": pgettext_lazy("nhật ký", "Rút đề nghị"),
    "extend": pgettext_lazy("nhật ký", "Gia hạn"),
    "refuse_extension": pgettext_lazy("nhật ký", "Không đồng ý gia hạn"),
    "refuse_decline": pgettext_lazy("nhật ký", "Giữ nguyên đơn vị thực hiện"),
    "transfer": pgettext_lazy("nhật ký", "Chuyển giao đơn vị khác"),
    "take_over": pgettext_lazy("nhật ký", "Nhận chuyển giao"),
    "pause": pgettext_lazy("nhật ký", "Tạm dừng"),
    "resume": pgettext_lazy("nhật ký", "Tiếp tục thực hiện"),
    "set_deadline": pgettext_lazy("nhật ký", "Đặt thời hạn"),
    "review": pgettext_lazy("nhật ký", "Xem lại"),
    "urge": pgettext_lazy("nhật ký", "Đôn đốc"),
    "ask_explanation": pgettext_lazy("nhật ký", "Yêu cầu giải trình"),
    "instruct": pgettext_lazy("nhật ký", "Chỉ đạo"),
    "answer_urging": pgettext_lazy("nhật ký", "Trả lời đôn đốc, chỉ đạo"),
    "answer_obstacle": pgettext_lazy("nhật ký", "Trả lời vướng mắc"),
    "forward_obstacle": pgettext_lazy("nhật ký", "Chuyển vướng mắc"),
    "add_recipient": pgettext_lazy("nhật ký", "Bổ sung đơn vị nhận nhiệm vụ"),
    "remove_recipient": pgettext_lazy("nhật ký", "Thôi giao mọi việc chưa xong của đơn vị"),
}
TONES = {
    "report": "wait",
    "accept": "good",
    "send_back": "hot",
    "reopen": "hot",
    "cancel": "hot",
    "revoke": "hot",
    "supplement": "wait",
    "extend": "good",
    "refuse_extension": "hot",
    "refuse_decline": "hot",
    "transfer": "hot",
    "pause": "hot",
    "urge": "hot",
    "ask_explanation": "hot",
    "instruct": "hot",
    "remove_recipient": "hot",
}


@dataclass(frozen=True)
class Entry:
    """One line of the history. `who` is the name and post as they were written down that day."""

    at: datetime
    words: str
    who: str
    note: str
    tone: str


@register.filter
def urging_words(kind: str) -> str:
    """What was said to the unit: "Đôn đốc", "Chỉ đạo"."""
    return str(UrgingKind(kind).label)


@register.filter
def event_words(event) -> str:
    """What the event was, in words; an event that has no sentence yet keeps its own name."""
    return str(SENTENCES.get(event.verb, event.verb))


def told_words(event) -> str:
    """What the event was, and what came of it: which day, which quality, to whom. No query."""
    words = event_words(event) + changed_words(event)
    if event.verb in {"set_deadline", "review"}:
        return _("%(words)s: %(outcome)s") % {"words": words, "outcome": _reviewed_words(event)}
    until = event.after.get("asked_due_on" if event.verb == "request_extension" else "due_on")
    if event.verb in {"extend", "resume", "request_extension"} and until:
        due_on = date.fromisoformat(until)
        return _("%(words)s đến %(day)s") % {"words": words, "day": day(due_on)}
    if quality := event.after.get("quality"):
        return _("%(words)s, chất lượng: %(quality)s") % {"words": words, "quality": Quality(quality).label}
    if event.verb == "note_progress" and (percent := event.after.get("percent")) is not None:
        return _("%(words)s: %(outcome)s") % {"words": words, "outcome": f"{percent} %"}
    if name := event.after.get("assignee_name"):
        return _("%(words)s: %(outcome)s") % {"words": words, "outcome": name}
    return words


def entry(event, assignment) -> Entry:
    words = told_words(event)
    if event.verb in {"issue", "record"} and _given_later(assignment):
        words = _("Văn bản được phát hành") if event.verb == "issue" else _("Văn bản được vào sổ")
    elif event.verb in {"issue", "record"} and assignment.first_due_on and not assignment.period:
        words = _("%(words)s, thời hạn %(day)s") % {"words": words, "day": day(assignment.first_due_on)}
    elif event.verb == "acknowledge":
        words = _("%(words)s, %(when)s") % {"words": words, "when": _receipt_words(event, assignment)}
    return Entry(event.at, words, event.who, event.note, TONES.get(event.verb, ""))


def _receipt_words(event, assignment) -> str:
    """How soon the unit received the work: the rule is the same day (Nghị định 30/2020, Điều 21)."""
    given_on = max(assignment.issued_on, localdate(assignment.directive.issued_at))
    days = (localdate(event.at) - given_on).days
    if days <= 0:
        return _("trong ngày giao")
    return ngettext("sau %(n)s ngày", "sau %(n)s ngày", days) % {"n": number(days)}


@dataclass(frozen=True)
class Step:
    """One sending on of an obstacle, with the names of both ends as a reader says them."""

    forwarded_at: datetime
    sender_name: str
    receiver_name: str
    forwarder_name: str
    word: str


@dataclass(frozen=True)
class Way:
    """How an obstacle came to whoever holds it now, and since when."""

    steps: list[Step]
    holder: str
    since: datetime


@register.filter
def way(note) -> Way:
    """No query, where sender, receiver and holder came with the note."""
    sent, steps, to_leader = list(note.forwardings.all()), [], False
    for one in sent:
        ends = _holder(one.sender, to_leader), _holder(one.receiver, one.to_leader)
        steps.append(Step(one.forwarded_at, *ends, one.forwarder_name, one.word))
        to_leader = one.to_leader
    since = sent[-1].forwarded_at if sent else note.noted_at
    return Way(steps, _holder(note.holder, note.leader_answers), since)


def _holder(unit, to_leader):
    return _("lãnh đạo %(unit)s") % {"unit": unit.name} if to_leader else unit.name


def _reviewed_words(event) -> str:
    """What came of the Office's look at work without a deadline."""
    after = event.after
    if after.get("due_on"):
        return day(date.fromisoformat(after["due_on"]))
    if after.get("review_on"):
        return _("hẹn xem lại ngày %(day)s") % {"day": day(date.fromisoformat(after["review_on"]))}
    return _("vẫn không có thời hạn")


@register.filter
def unmoved_days(assignment) -> int:
    """For how many days nobody has moved work without a deadline; 0 while that is no matter yet, or for other work."""
    moved_on = getattr(assignment, "moved_on", None)
    if moved_on is None or assignment.due_on or assignment.state not in OPEN or assignment.period:
        return 0
    days = (clock.today() - moved_on).days
    return days if days >= STALE_DAYS else 0


@register.filter
def is_long_unmoved(assignment) -> bool:
    return unmoved_days(assignment) >= LONG_STALE_DAYS


def changed_words(event) -> str:
    """Which tasks a unit was given or let off, and by which document: " (nhiệm vụ 1, 3), theo 12/SGTVT-VP ngày 05/3/2024"."""
    if event.object_type != "recipient":
        return ""
    tasks, code = event.after["tasks"], event.after.get("code", "")
    words = _(" (nhiệm vụ %(tasks)s)") % {"tasks": tasks} if tasks else ""
    return words + (
        _(", theo %(basis)s") % {"basis": document_words(code, event.after["dated_on"])} if code else ""
    )


def document_words(code, dated_on) -> str:
    """A document by its number and day: "12/SGTVT-VP ngày 05/3/2024"."""
    dated_on = date.fromisoformat(dated_on) if isinstance(dated_on, str) else dated_on
    return _("%(code)s ngày %(day)s") % {"code": code, "day": day(dated_on)}


@register.filter
def basis_words(change) -> str:
    """The document by which a recipient was added or let off."""
    return document_words(change.code, change.dated_on)


def _given_later(assignment) -> bool:
    """Whether the unit was given the work after the document was issued."""
    issued_on = assignment.directive.issued_on
    return bool(issued_on) and assignment.issued_on > issued_on


@register.simple_tag
def qualities() -> list[tuple]:
    """{% qualities as choices %}: what may be said of how well a task was done."""
    return Quality.choices


@register.filter
def terms(directive) -> list[str]:
    """How the work under a directive is followed: about proof, about more time, and which unit collects."""
    proof = _("báo cáo phải có minh chứng") if directive.evidence_required else _("không bắt buộc minh chứng")
    told = [proof, _extension_terms(directive)]
    if directive.collecting_unit:
        told.append(_("đầu mối tổng hợp: %(unit)s") % {"unit": directive.collecting_unit})
    if directive.sector:
        told.append(_("lĩnh vực: %(sector)s") % {"sector": directive.sector})
    return told


def _extension_terms(directive):
    limit = directive.extension_limit
    if limit == 0:
        return _("không cho gia hạn")
    who = (
        _("lãnh đạo quyết định")
        if directive.extension_by_leader
        else _("chuyên viên theo dõi cũng quyết định được")
    )
    if limit is None:
        return _("gia hạn không giới hạn số lần, %(who)s") % {"who": who}
    told = ngettext("gia hạn nhiều nhất %(n)d lần, %(who)s", "gia hạn nhiều nhất %(n)d lần, %(who)s", limit)
    return told % {"n": limit, "who": who}


@register.filter
def days_late(assignment) -> int:
    """Calendar days by which the report came after the deadline; 0 when it did not."""
    if not (assignment.reported_on and assignment.due_on):
        return 0
    return max(0, (assignment.reported_on - assignment.due_on).days)


@register.filter
def submitted_words(assignment) -> str:
    """When the report came, and how late: "Nộp 06/6/2024, trễ 6 ngày"."""
    said = _("Nộp %(day)s") % {"day": day(assignment.reported_on)}
    late = days_late(assignment)
    return _("%(said)s, %(late)s") % {"said": said, "late": _late_words(late)} if late else said


@register.filter
def due_told(assignment, as_of: date) -> str:
    """Its deadline as of a day; once the unit has reported, when that was and how late: "nộp 06/6/2024, trễ 6 ngày"."""
    reported_on = assignment.reported_on
    if assignment.state in OPEN or reported_on is None or reported_on > as_of:
        return due_label(assignment.due_on, as_of)
    return mid_sentence(submitted_words(assignment))


@register.filter
def mid_sentence(words: str) -> str:
    """The same words after others: only their first letter is lowered, so that "23 Nov" stays."""
    return words[:1].lower() + words[1:]


@register.filter
def outcome_words(assignment) -> str:
    """What accepting this report will write down: the words of the button that does it."""
    late = days_late(assignment)
    if late:
        return _("Xác nhận: xong, %(late)s") % {"late": _late_words(late)}
    if assignment.due_on is None:
        return _("Xác nhận: xong")
    if assignment.reported_on == assignment.due_on:
        return _("Xác nhận: xong đúng hạn")
    return _("Xác nhận: xong trước hạn")


@register.filter
def is_late(assignment) -> bool:
    """Whether the report, or the work itself, is past its deadline."""
    return assignment.standing in {Standing.OVERDUE, Standing.AWAITING_LATE, Standing.DONE_LATE}


@register.filter
def is_ahead(assignment) -> bool:
    """Whether its period has not begun."""
    return bool(assignment.period) and assignment.issued_on > clock.today()


@register.filter
def task_title(task) -> str:
    """Number and text of a task as one line: "II.3. Nội dung"."""
    return f"{task.label}. {task.text}" if task.label else task.text


def _late_words(days):
    return ngettext("trễ %(days)s ngày", "trễ %(days)s ngày", days) % {"days": number(days)}
