"""What happened, as sentences: for the feed and for the history of a directive."""

from textwrap import shorten

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from directives.models import Directive

from .tracking import SENTENCES

register = template.Library()

# The same verb can be said of a document and of a report on it.
OF_DIRECTIVES = {
    "draft": pgettext_lazy("nhật ký", "Tạo dự thảo"),
    "edit": pgettext_lazy("nhật ký", "Sửa dự thảo"),
    "submit": pgettext_lazy("nhật ký", "Trình ký"),
    "withdraw_submission": pgettext_lazy("nhật ký", "Rút trình"),
    "send_back": pgettext_lazy("nhật ký", "Trả lại văn thư"),
    "sign": pgettext_lazy("nhật ký", "Ký"),
    "record_signature": pgettext_lazy("nhật ký", "Ghi nhận chữ ký trên giấy"),
    "issue": pgettext_lazy("nhật ký", "Phát hành"),
    "record": pgettext_lazy("nhật ký", "Vào sổ"),
    "close": pgettext_lazy("nhật ký", "Kết thúc theo dõi"),
    "revoke": pgettext_lazy("nhật ký", "Thu hồi văn bản"),
    "discard": pgettext_lazy("nhật ký", "Bỏ bản nháp"),
    "restore": pgettext_lazy("nhật ký", "Khôi phục bản nháp"),
}

PARTS = {
    "tasks": pgettext_lazy("nhật ký", "nhiệm vụ"),
    "addressees": pgettext_lazy("nhật ký", "nơi nhận"),
    "citations": pgettext_lazy("nhật ký", "văn bản căn cứ"),
    "opening": pgettext_lazy("nhật ký", "phần mở đầu"),
    "closing": pgettext_lazy("nhật ký", "phần kết"),
}


@register.filter
def event_sentence(event) -> str:
    """The verb in words, with the unit and task it was about: "Báo cáo hoàn thành · Phòng A: 3. …"."""
    if event.object_type == "directive":
        return str(OF_DIRECTIVES.get(event.verb, event.verb))
    said = {"verb": SENTENCES.get(event.verb, event.verb), "about": short_label(event)}
    return _("%(verb)s · %(about)s") % said


@register.filter
def edited(event) -> str:
    """What a saving of the draft changed: "trích yếu, thời hạn, nhiệm vụ"; nothing for any other verb."""
    if (event.object_type, event.verb) != ("directive", "edit"):
        return ""
    fields = [Directive._meta.get_field(name).verbose_name for name in event.before]
    return ", ".join(str(word) for word in [*fields, *(PARTS[part] for part in event.after.get("rows", ()))])


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
    return shorten(event.object_label, length, placeholder="…")
