"""How the room of tracking speaks: the history in sentences, and what a decision would say."""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from directives.enums import Standing, UrgingKind
from units import clock

from .wording import day

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
    "urge": pgettext_lazy("nhật ký", "Đôn đốc"),
    "ask_explanation": pgettext_lazy("nhật ký", "Yêu cầu giải trình"),
    "instruct": pgettext_lazy("nhật ký", "Chỉ đạo"),
    "answer_urging": pgettext_lazy("nhật ký", "Trả lời đôn đốc, chỉ đạo"),
    "answer_obstacle": pgettext_lazy("nhật ký", "Trả lời vướng mắc"),
    "forward_obstacle": pgettext_lazy("nhật ký", "Chuyển vướng mắc"),
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


def entry(event, assignment) -> Entry:
    words = event_words(event)
    if event.verb in {"issue", "record"} and assignment.first_due_on and not assignment.period:
        words = _("%(words)s, thời hạn %(day)s") % {"words": words, "day": day(assignment.first_due_on)}
    if event.after.get("due_on") and event.verb in {"extend", "resume"}:
        due_on = date.fromisoformat(event.after["due_on"])
        words = _("%(words)s đến %(day)s") % {"words": words, "day": day(due_on)}
    return Entry(event.at, words, event.who, event.note, TONES.get(event.verb, ""))


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
    return ngettext("trễ %(days)d ngày", "trễ %(days)d ngày", days) % {"days": days}
