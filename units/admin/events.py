from contextlib import suppress
from datetime import date

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField
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
        return ", ".join(filter(None, [event.actor_name, event.actor_post])) or _("Người vận hành máy chủ")

    @admin.display(description=_("việc"))
    def act(self, event):
        return Act(event.verb).label if event.verb in Act else event.verb

    @admin.display(description=_("nội dung"))
    def changes(self, event):
        rows = [(label_of(key), said(key, event.before.get(key)), said(key, event.after.get(key)))
                for key in event.after | event.before]  # fmt: skip
        shown = [(label, f"{old} → {new}" if old else new) for label, old, new in rows if old or new]
        return format_html_join("", "<div>{}: {}</div>", shown)


def label_of(key: str):
    field = field_of(key)
    return field.verbose_name if field else OTHER_LABELS.get(key, key)


def said(key: str, value) -> str:
    """A recorded value in words: the choice's label, the day, yes or no, a list in one line."""
    field = field_of(key)
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, list):
        return "; ".join(" ".join(part) if isinstance(part, list) else str(part) for part in value)
    if value and isinstance(field, DateField):
        return day(date.fromisoformat(value))
    if value and field and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return "" if value is None else str(value)


def field_of(key: str):
    """The model field a recorded key speaks of, whichever of our models has it."""
    for model in MODELS:
        with suppress(FieldDoesNotExist):
            field = model._meta.get_field(key)
            if not field.auto_created:
                return field
    return None
