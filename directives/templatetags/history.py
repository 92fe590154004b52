"""What happened, as sentences: for the feed and for the history of a directive."""

from functools import cache
from textwrap import shorten

from django import template
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from directives.enums import DirectiveKind
from directives.models import Directive

from .tracking import SENTENCES, changed_words, mid_sentence, told_words

register = template.Library()
# "6 tháng cuối năm 2024)": no name of a period is longer.
LONGEST_PERIOD = 24

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
    "open_period": pgettext_lazy("nhật ký", "Mở kỳ mới"),
    "change_rhythm": pgettext_lazy("nhật ký", "Đổi quy định định kỳ"),
    "end_rhythm": pgettext_lazy("nhật ký", "Thôi định kỳ"),
    "add_recipient": pgettext_lazy("nhật ký", "Bổ sung đơn vị nhận nhiệm vụ"),
    "remove_recipient": pgettext_lazy("nhật ký", "Thôi giao đơn vị"),
    "classify": pgettext_lazy("nhật ký", "Xếp lĩnh vực"),
    "implement": pgettext_lazy("nhật ký", "Gắn với nhiệm vụ cấp trên giao"),
}

PARTS = {
    "tasks": pgettext_lazy("nhật ký", "nhiệm vụ"),
    "addressees": pgettext_lazy("nhật ký", "nơi nhận"),
    "citations": pgettext_lazy("nhật ký", "văn bản căn cứ"),
    "opening": pgettext_lazy("nhật ký", "phần mở đầu"),
    "closing": pgettext_lazy("nhật ký", "phần kết"),
}


# What the Office does to a unit's work, and what of it lies with others: the unit is told as the one it happens to.
TO_UNITS = {
    "accept": pgettext_lazy("nhật ký", "Xác nhận %(unit)s hoàn thành"),
    "send_back": pgettext_lazy("nhật ký", "Trả lại báo cáo của %(unit)s"),
    "reopen": pgettext_lazy("nhật ký", "Mở lại việc đã xong của %(unit)s"),
    "cancel": pgettext_lazy("nhật ký", "Thôi giao %(unit)s"),
    "extend": pgettext_lazy("nhật ký", "Gia hạn cho %(unit)s"),
    "refuse_extension": pgettext_lazy("nhật ký", "Không đồng ý gia hạn cho %(unit)s"),
    "refuse_decline": pgettext_lazy("nhật ký", "Vẫn giao %(unit)s thực hiện"),
    "transfer": pgettext_lazy("nhật ký", "Chuyển việc của %(unit)s cho đơn vị khác"),
    "take_over": pgettext_lazy("nhật ký", "Chuyển việc của đơn vị khác cho %(unit)s"),
    "pause": pgettext_lazy("nhật ký", "Tạm dừng việc của %(unit)s"),
    "resume": pgettext_lazy("nhật ký", "Cho %(unit)s tiếp tục thực hiện"),
    "set_deadline": pgettext_lazy("nhật ký", "Đặt thời hạn cho %(unit)s"),
    "review": pgettext_lazy("nhật ký", "Xem lại việc của %(unit)s"),
    "urge": pgettext_lazy("nhật ký", "Đôn đốc %(unit)s"),
    "ask_explanation": pgettext_lazy("nhật ký", "Yêu cầu %(unit)s giải trình"),
    "instruct": pgettext_lazy("nhật ký", "Chỉ đạo %(unit)s"),
    "answer_obstacle": pgettext_lazy("nhật ký", "Trả lời vướng mắc của %(unit)s"),
    "forward_obstacle": pgettext_lazy("nhật ký", "Chuyển vướng mắc của %(unit)s"),
    "add_recipient": pgettext_lazy("nhật ký", "Bổ sung %(unit)s nhận nhiệm vụ"),
    "remove_recipient": pgettext_lazy("nhật ký", "Thôi giao mọi việc chưa xong của %(unit)s"),
}


@register.filter
def event_sentence(event) -> str:
    """The verb in words with what came of it, the unit and the task: "Đặt thời hạn: 05/3/2024 · Phòng A: 3. …"."""
    if event.verb == "implement":
        return _implemented_words(event)
    if event.object_type == "directive":
        return str(OF_DIRECTIVES.get(event.verb, event.verb))
    if event.object_type == "snapshot":
        return _("Chốt số liệu, mã %(code)s") % {"code": event.object_label}
    if event.object_type == "recipient":
        return feed_sentence(event) + changed_words(event)
    said = {"verb": told_words(event), "about": short_label(event)}
    return _("%(verb)s · %(about)s") % said


def _implemented_words(event) -> str:
    """Which task carries out what of a superior's: "Nhiệm vụ 2 thực hiện việc cấp trên giao: 1001/UBND-KGVX, 1"."""
    above = event.after.get("answered") or event.before.get("answered", "")
    told = {"label": event.after.get("label") or "", "above": above}
    if event.after.get("implements"):
        return _("Nhiệm vụ %(label)s thực hiện việc cấp trên giao: %(above)s") % told
    return _("Nhiệm vụ %(label)s thôi gắn với việc cấp trên giao: %(above)s") % told


@register.filter
def edited(event) -> str:
    """What a saving of the draft changed: "trích yếu, thời hạn, nhiệm vụ"; nothing for any other verb."""
    if (event.object_type, event.verb) != ("directive", "edit"):
        return ""
    fields = [Directive._meta.get_field(name).verbose_name for name in event.before]
    return ", ".join(str(word) for word in [*fields, *(PARTS[part] for part in event.after.get("rows", ()))])


@register.filter
def feed_sentence(event) -> str:
    """One line of what just happened, with who did it told rightly: "Phòng A: báo cáo hoàn thành, nhiệm vụ 3" is
    the unit's own doing, "Trả lại báo cáo của Phòng A, nhiệm vụ 3" is not."""
    if event.object_type == "directive":
        return f"{event_sentence(event)}: {short_label(event)}"
    if event.object_type == "snapshot":
        return event_sentence(event)
    unit, _colon, task = event.object_label.partition(": ")
    done = _done(event.verb, unit)
    if ". " not in task:
        return done
    return _("%(done)s, nhiệm vụ %(label)s") % {"done": done, "label": task.partition(". ")[0]}


def _done(verb, unit) -> str:
    if verb in TO_UNITS:
        return TO_UNITS[verb] % {"unit": unit}
    return f"{unit}: {mid_sentence(str(SENTENCES.get(verb, verb)))}"


@register.filter
def short_label(event, length: int = 90) -> str:
    """What the event was about, cut to a line."""
    label = in_this_language(event.object_label) if event.object_type == "directive" else event.object_label
    return _kept_short(label, length)


def _kept_short(label, length):
    """Cut before its end in brackets: that says which period it is."""
    text, opening, period = label.rpartition(" (")
    if not opening or not period.endswith(")") or len(period) > LONGEST_PERIOD:
        return shorten(label, length, placeholder="…")
    end = f"{opening}{period}"
    return shorten(text, length - len(end), placeholder="…") + end


def in_this_language(label: str) -> str:
    """The record calls a document by the Vietnamese word of its kind; the page says it as everywhere on it."""
    found = [(word, kind) for word, kind in _kinds_of_the_record() if label.startswith(f"{word} ")]
    return f"{found[0][1].label}{label.removeprefix(found[0][0])}" if found else label


@cache
def _kinds_of_the_record():
    """The longer word first, should one begin with another."""
    with translation.override("vi"):
        return sorted(((str(kind.label), kind) for kind in DirectiveKind), reverse=True)
