"""How frozen figures are said: their headings, and what has changed since."""

from django.utils.translation import gettext_lazy

from directives.compliance import BY_KEY

_BY_SLUG = {column.slug: key for key, column in BY_KEY.items() if column.slug}
WHAT = {
    "done": gettext_lazy("đã được xác nhận hoàn thành"),
    "reported": gettext_lazy("đã báo cáo, chờ xác nhận"),
    "returned": gettext_lazy("bị trả lại"),
    "withdrawn": gettext_lazy("đơn vị rút báo cáo"),
    "reported_again": gettext_lazy("báo cáo lại"),
    "acknowledged": gettext_lazy("đã tiếp nhận"),
    "reopened": gettext_lazy("mở lại"),
    "given_again": gettext_lazy("giao lại từ đầu"),
    "duty": gettext_lazy("đổi vai trò"),
    "extended": gettext_lazy("được gia hạn"),
    "hastened": gettext_lazy("thời hạn sớm hơn"),
    "dated": gettext_lazy("được đặt thời hạn"),
    "undated": gettext_lazy("bỏ thời hạn"),
    "paused": gettext_lazy("tạm dừng"),
    "resumed": gettext_lazy("tiếp tục thực hiện"),
    "cancelled": gettext_lazy("thôi giao"),
    "transferred": gettext_lazy("chuyển cho đơn vị khác"),
    "urged": gettext_lazy("được đôn đốc"),
    "asked": gettext_lazy("đơn vị có đề nghị"),
    "updated": gettext_lazy("đơn vị có cập nhật"),
    "time": gettext_lazy("chỉ khác vì thời gian trôi qua"),
    "gone": gettext_lazy("không còn thuộc phạm vi của cơ quan"),
}


def heading_of(column) -> str:
    """Of a frozen column in the language of the page, where the portal still has it."""
    known = BY_KEY.get(column.key)
    return str(known.heading) if known else column.heading


def slug_of(column) -> str:
    """What lists its rows in an address: as of the live column, where the portal still has it."""
    known = BY_KEY.get(column.key)
    return known.slug if known and known.slug else column.key


def key_of(word: str) -> str:
    """Which frozen column an address asks for, by its slug or, as older addresses have it, by its key."""
    return _BY_SLUG.get(word, word)


def counts_times(column) -> bool:
    known = BY_KEY.get(column.key)
    return bool(known and known.times)


def over_of(column) -> str:
    known = BY_KEY.get(column.key)
    return str(known.over) if known else column.over
