from contextlib import suppress
from datetime import date

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, Model
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from units import rules
from units.admin.base import AdministratorsAdmin, day
from units.enums import Act
from units.events import ADMINISTRATION
from units.models import CalendarDay, Event, Membership, Unit, UnitGroup, User

MODELS = (User, Membership, Unit, UnitGroup, CalendarDay)
OTHER_LABELS = {"names": _("tên gọi")}


class ActFilter(admin.SimpleListFilter):
    title = _("việc")
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        return Act.choices

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(AdministratorsAdmin):
    """What was done to accounts, roles, units and the calendar; the chains of documents are not shown here."""

    list_display = ["when", "who", "act", "object_label", "changes"]
    list_display_links = None
    list_filter = [ActFilter]
    linked = frozenset({"object_type", "object_id"})
    search_fields = ["object_label", "actor_name"]
    ordering = ["-sequence"]

    def has_view_permission(self, request, obj=None):
        return rules.can_manage_accounts(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(chain=ADMINISTRATION)

    @admin.display(description=_("lúc"))
    def when(self, event):
        return render_to_string("units/moment.html", {"value": event.at}).strip()

    @admin.display(description=_("người làm"))
    def who(self, event):
        """The name and post of that day; nobody, when it was done from the console."""
        return event.who or _("Người vận hành máy chủ")

    @admin.display(description=_("việc"))
    def act(self, event):
        return Act(event.verb).label if event.verb in Act else _("Việc khác")

    @admin.display(description=_("nội dung"))
    def changes(self, event):
        words = Words(event.object_type)
        rows = [(words.label(key), words.said(key, event.before.get(key)), words.said(key, event.after.get(key)))
                for key in event.after | event.before]  # fmt: skip
        shown = [(label, f"{old} → {new}" if old else new) for label, old, new in rows if old or new]
        return format_html_join("", "<div>{}: {}</div>", shown)


class Words:
    """What is recorded of one kind of thing, said to a person. Keys and codes never show."""

    def __init__(self, object_type: str):
        own = [model for model in apps.get_models() if model._meta.model_name == object_type]
        self.models: list[type[Model]] = [*own, *MODELS]
        self.special = getattr(own[0], "recorded", {}) if own else {}

    def label(self, key: str):
        if key in OTHER_LABELS:
            return OTHER_LABELS[key]
        field = self._field(key)
        return field.verbose_name if field else self.special.get(key, _("nội dung khác"))

    def said(self, key: str, value) -> str:
        """A recorded value in words: the choice's label, the day, yes or no, a list in one line."""
        if key == "names":
            return "; ".join(_dated_name(*part) for part in value or ())
        if isinstance(value, list):
            return "; ".join(self.said(key, part) for part in value)
        if isinstance(value, bool):
            return str(_("có") if value else _("không"))
        field = self._field(key)
        if value and isinstance(field, DateField):
            return day(date.fromisoformat(str(value)))
        return "" if value is None else str(self._choices(key, field).get(value, value))

    def _choices(self, key, field):
        """The codes of the thing itself first: `kind` is one thing of a unit, another of a day."""
        special = self.special.get(key)
        return dict(special) if isinstance(special, list) else dict(getattr(field, "flatchoices", ()))

    def _field(self, key):
        """The model field a recorded key speaks of: the thing's own, else whichever of our models has it."""
        for model in self.models:
            with suppress(FieldDoesNotExist):
                field = model._meta.get_field(key)
                if not field.auto_created:
                    return field
        return None


def _dated_name(name, short_name, starts_on, ends_on):
    """Sở Xây dựng (SXD), từ 01/3/2025."""
    days = [(_("từ"), starts_on), (_("đến trước"), ends_on)]
    said = " ".join(f"{word} {day(date.fromisoformat(value))}" for word, value in days if value)
    return f"{name}{f' ({short_name})' if short_name else ''}{f', {said}' if said else ''}"
