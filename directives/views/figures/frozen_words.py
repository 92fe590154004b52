"""How frozen figures are said: their scope, their headings, and what has changed since."""

import re
from typing import NamedTuple

from django.http import QueryDict
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext

from directives.compliance import BY_KEY, Span
from directives.forms.filters import FiguresFilter

from .scope_words import FIXED, days_said

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


class Said(NamedTuple):
    """Some words, and the language they stand in where it is not that of the page."""

    text: str
    lang: str = ""


def scope_of(kept) -> list[Said]:
    """The scope of a snapshot: as it is kept, which is Vietnamese; in another language its days and whatever else has no
    name in it are worded anew. No query."""
    if not kept.said or _is_kept_language():
        return [Said(line, "vi") for line in kept.said]
    key = QueryDict(kept.query).get(FiguresFilter.parameters["period"], "")
    days = days_said(Span(kept.as_of, kept.first_on, kept.last_on), key, kept.taken_at)
    return [Said(capfirst(days)), *_filters_of(kept.said[1:])]


def _filters_of(lines):
    with translation.override("vi"):
        known = {str(words): words for words in FIXED}
        known |= {capfirst(said): words for said, words in known.items()}
    for line in lines:
        for part in line.split("; "):
            yield Said(str(known[part])) if part in known else Said(part, "vi")


def note_of(note: str) -> Said:
    """A note of the table, "1 việc mở lại; 2 việc thôi giao": numbers with words that the portal still has."""
    if _is_kept_language():
        return Said(note, "vi")
    parts = [_counted(part) for part in note.split("; ")]
    return Said("; ".join(parts)) if all(parts) else Said(note, "vi")


def _counted(part):
    """Empty where the portal has no such words any more."""
    if not (found := re.fullmatch(r"(\d+) (việc [^%]+)", part)):
        return ""
    words, n = f"%d {found[2]}", int(found[1])
    said = ngettext(words, words, n)
    return said % n if said != words else ""


def _is_kept_language():
    return (get_language() or "").startswith("vi")
