"""How the room of tracking speaks: the history in sentences, and what a decision would say."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from directives.enums import Standing

from .wording import day

register = template.Library()

SENTENCES = {
    "issue": pgettext_lazy("nhật ký", "Văn bản được phát hành, giao nhiệm vụ"),
    "record": pgettext_lazy("nhật ký", "Văn bản được vào sổ, giao nhiệm vụ"),
    "close": pgettext_lazy("nhật ký", "Kết thúc theo dõi văn bản"),
    "revoke": pgettext_lazy("nhật ký", "Thu hồi văn bản"),
    "acknowledge": pgettext_lazy("nhật ký", "Tiếp nhận nhiệm vụ"),
    "report": pgettext_lazy("nhật ký", "Báo cáo hoàn thành"),
    "withdraw": pgettext_lazy("nhật ký", "Rút lại báo cáo"),
    "accept": pgettext_lazy("nhật ký", "Xác nhận hoàn thành"),
    "send_back": pgettext_lazy("nhật ký", "Trả lại báo cáo"),
    "reopen": pgettext_lazy("nhật ký", "Mở lại nhiệm vụ đã xong"),
    "cancel": pgettext_lazy("nhật ký", "Thôi giao nhiệm vụ"),
}
TONES = {
    "report": "wait",
    "accept": "good",
    "send_back": "hot",
    "reopen": "hot",
    "cancel": "hot",
    "revoke": "hot",
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
def event_words(event) -> str:
    """What the event was, in words; an event that has no sentence yet keeps its own name."""
    return str(SENTENCES.get(event.verb, event.verb))


def entry(event, assignment) -> Entry:
    words = event_words(event)
    if event.verb in {"issue", "record"} and assignment.first_due_on:
        words = _("%(words)s, thời hạn %(day)s") % {"words": words, "day": day(assignment.first_due_on)}
    posts = (
        [event.actor_name, event.actor_post] if event.actor_post != event.actor_name else [event.actor_name]
    )
    return Entry(event.at, words, ", ".join(filter(None, posts)), event.note, TONES.get(event.verb, ""))


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
def task_title(task) -> str:
    """Number and text of a task as one line: "II.3. Nội dung"."""
    return f"{task.label}. {task.text}" if task.label else task.text


def _late_words(days):
    return ngettext("trễ %(days)d ngày", "trễ %(days)d ngày", days) % {"days": days}
