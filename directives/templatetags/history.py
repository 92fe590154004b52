"""What happened, as sentences: for the feed and for the history of a directive."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .tracking import SENTENCES

register = template.Library()

# The same verb can be said of a document and of a report on it.
OF_DIRECTIVES = {
    "draft": gettext_lazy("Tạo dự thảo"),
    "edit": gettext_lazy("Sửa dự thảo"),
    "submit": gettext_lazy("Trình ký"),
    "withdraw_submission": gettext_lazy("Rút trình"),
    "send_back": gettext_lazy("Trả lại văn thư"),
    "sign": gettext_lazy("Ký"),
    "record_signature": gettext_lazy("Ghi nhận chữ ký trên giấy"),
    "issue": gettext_lazy("Phát hành"),
    "record": gettext_lazy("Vào sổ"),
    "close": gettext_lazy("Kết thúc theo dõi"),
    "revoke": gettext_lazy("Thu hồi văn bản"),
}


@register.filter
def event_sentence(event) -> str:
    """The verb in words, with the unit and task it was about: "Báo cáo hoàn thành · Phòng A: 3. …"."""
    if event.object_type == "directive":
        return str(OF_DIRECTIVES.get(event.verb, event.verb))
    said = {"verb": SENTENCES.get(event.verb, event.verb), "about": short_label(event)}
    return _("%(verb)s · %(about)s") % said


@register.filter
def feed_sentence(event) -> str:
    """One line of what just happened: "Phòng A: Báo cáo hoàn thành, nhiệm vụ 3"."""
    if event.object_type == "directive":
        return f"{event_sentence(event)}: {short_label(event)}"
    unit, _colon, task = event.object_label.partition(": ")
    verb = str(SENTENCES.get(event.verb, event.verb))
    said = {"unit": unit, "verb": f"{verb[:1].lower()}{verb[1:]}", "label": task.partition(". ")[0]}
    if ". " not in task:
        return "{unit}: {verb}".format(**said)
    return _("%(unit)s: %(verb)s, nhiệm vụ %(label)s") % said


def short_label(event, length: int = 90) -> str:
    """What the event was about, cut to a line."""
    label = event.object_label
    return label if len(label) <= length else f"{label[:length].rstrip()}…"
