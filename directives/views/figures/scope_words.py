"""How the scope of figures is said, wherever they stand: days, units, kinds, everything that narrows them."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.compliance import GROUP, SECTOR, Span
from directives.enums import DirectiveKind, Duty
from directives.periods import name_of
from directives.templatetags.wording import day, known_until
from units import clock

from .scope import BOTH, Scope

# What is said of a scope without any name in it.
OWN = gettext_lazy("việc của chính đơn vị")
NO_GROUP = gettext_lazy("đơn vị ngoài các nhóm")
NO_SECTOR = gettext_lazy("chưa xếp lĩnh vực")
BY_LINKS = gettext_lazy("theo liên kết giữa các văn bản hôm nay")
UNLINKED = gettext_lazy("chưa gắn với việc cấp trên giao")
BOTH_DUTIES = gettext_lazy("nhiệm vụ chủ trì và phối hợp")
SUPPORT = gettext_lazy("nhiệm vụ phối hợp")
LEAD = gettext_lazy("nhiệm vụ chủ trì")
FIXED = (OWN, NO_GROUP, NO_SECTOR, BY_LINKS, UNLINKED, BOTH_DUTIES, SUPPORT, LEAD)


def said_of_scope(scope: Scope) -> list[str]:
    """The period and each filter in force, a line each. The queries of `said_of_filters`."""
    return [said_of_days(scope), capfirst(said_of_filters(scope))]


def said_of_days(scope: Scope) -> str:
    """Quý IV/2026 (15/9/2026 – 14/12/2026), số liệu đến 06:10 ngày 28/11/2026."""
    return capfirst(days_in_sentence(scope))


def days_in_sentence(scope: Scope) -> str:
    """The same as it goes on within a title: từ ngày … đến ngày …, số liệu đến hết ngày …"""
    return days_said(scope.span, scope.chosen.get("period", ""))


def days_said(span: Span, key: str = "", at: datetime | None = None) -> str:
    """A named period with its days, for those of Nghị định 09/2019 have the names of the calendar's; known `at` a moment."""
    return ", ".join(filter(None, [_period(span, key), known_until(span.as_of, at)]))


def _period(span, key):
    if key:
        return f"{name_of(key)} ({day(span.first)} – {day(span.last)})"
    if span.first:
        return _("từ ngày %(first)s đến ngày %(last)s") % {"first": day(span.first), "last": day(span.last)}
    if span.last and span.last < span.as_of:
        return _("nhận đến ngày %(last)s") % {"last": day(span.last)}
    return ""


def said_of_filters(scope: Scope, *, named: bool = True) -> str:
    """Sở Giao thông vận tải; nhiệm vụ chủ trì. One query where a document or a task is chosen, three where a group is.

    Without the unit where the page is `named` after it already.
    """
    whom = [scope.form.names.get(scope.chosen.get("unit"))] if named else []
    parts = [*whom, *_of_whom(scope), *_of_what(scope), *_within(scope), _of_duty(scope.duty)]
    return "; ".join(str(part) for part in parts if part)


def _of_whom(scope):
    form, chosen = scope.form, scope.chosen
    if "unit" in chosen and "alone" in chosen:
        yield OWN
    if GROUP in chosen.get("outside", ()):
        yield NO_GROUP
    for key in chosen.get("group", ()):
        yield next((one.name for one in form.groups if one.key == key), "")
    if issuer := form.names.get(chosen.get("issuer")):
        yield _("do %(issuer)s giao") % {"issuer": issuer}


def _of_what(scope):
    chosen = scope.chosen
    if kind := chosen.get("kind"):
        yield DirectiveKind(kind).label
    if sector := chosen.get("sector"):
        yield _("lĩnh vực %(sector)s") % {"sector": sector}
    if SECTOR in chosen.get("outside", ()):
        yield NO_SECTOR
    if scope.top:
        said = (
            _("được giao tiếp trong chuỗi %(code)s")
            if "handed_down" in chosen
            else _("tầng cuối của chuỗi %(code)s")
        )
        yield said % {"code": scope.top.code}
        if scope.span.as_of < clock.today():
            yield BY_LINKS
        if "unlinked" in chosen:
            yield UNLINKED
    if "directive" in chosen or "task" in chosen:
        yield _named_by_rows(scope)


def _named_by_rows(scope):
    """The document, and the task, of the rows that the person sees; of others not even the code is said."""
    # Any row says it: the first by its key would be looked for through all rows.
    found = next(iter(scope.whole.order_by().values_list("directive__code", "task__label")[:1]), None)
    code, label = found or ("", "")
    if code and "task" in scope.chosen and label:
        return _("%(code)s, nhiệm vụ %(label)s") % {"code": code, "label": label}
    return code


def _within(scope):
    if "due_in" in scope.chosen:
        yield _("hạn trong %(month)s") % {"month": name_of(scope.chosen["due_in"])}
    if "reported_in" in scope.chosen:
        yield _("báo cáo trong %(month)s") % {"month": name_of(scope.chosen["reported_in"])}


def _of_duty(duty):
    if duty == BOTH:
        return BOTH_DUTIES
    return SUPPORT if duty == Duty.SUPPORT else LEAD
