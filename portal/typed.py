"""What a person wrote into a form whose sending came to nothing: shown again, and ready to be sent again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, FieldDoesNotExist, SuspiciousOperation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.forms.drafting import (
    AddresseeForm,
    CitationForm,
    FillForm,
    HeadingForm,
    PasteForm,
    TaskForm,
)
from directives.forms.tracking import ReportForm

# Names that several forms give to different fields are told apart by the address of the form.
FORMS: dict[str, tuple[Any, ...]] = {
    "directives_directive_add": (PasteForm,),
    "directives_directive_change": (HeadingForm, FillForm),
    "assignment-report": (ReportForm,),
}
ROWS: dict[str, Any] = {
    "task": TaskForm,
    "addressee": AddresseeForm,
    "citation": CitationForm,
}
ROW = re.compile(r"([a-z_]+)-(\d{1,4})-([a-z_]+)")
OURS = ("directives.", "units.")
CSRF_FIELD = "csrfmiddlewaretoken"
SHORT = 80
UNKNOWN, HIDDEN = object(), object()


@dataclass(frozen=True)
class Typed:
    """One field of the form in words, and what stood in it."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > SHORT or "\n" in self.text


@dataclass(frozen=True)
class Chosen:
    """Files chosen in one field. Their bytes are gone with the request; only the names are left."""

    name: str
    file_names: list[str]

    @property
    def many(self) -> bool:
        return len(self.file_names) > 1


@dataclass(frozen=True)
class Resending:
    """The same form once more: where to, with what, and the files that must be chosen anew."""

    action: str
    fields: list[tuple[str, str]]
    files: list[Chosen]


def typed(request) -> list[Typed]:
    """Every field the person saw and filled in, in the form's order; no key, no hidden mark, no password."""
    if request.method != "POST" or not _is_readable(request):
        return []
    return [one for name in request.POST if not _is_secret(name) for one in _told(request, name)]


def chosen_files(request) -> list[Chosen]:
    if request.method != "POST" or not _is_readable(request):
        return []
    return [Chosen(name, [file.name for file in files]) for name, files in request.FILES.lists()]


def resending(request) -> Resending | None:
    """The form to be sent again with a fresh token, when it came from a page of this site: a stranger's
    page must not put its words behind our button. A password is not written into a page."""
    if request.method != "POST" or not _is_readable(request) or not _is_from_here(request):
        return None
    if any(_is_secret(name) for name in request.POST):
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() if name != CSRF_FIELD for value in values
    ]
    return Resending(request.get_full_path(), fields, chosen_files(request))


# --- Steps --------------------------------------------------------------------------------------


def _is_readable(request) -> bool:
    """A body that is too large, or no form at all, is refused; the page that says so must not read it again."""
    try:
        return request.POST is not None
    except (BadRequest, SuspiciousOperation):
        return False


def _is_from_here(request) -> bool:
    """Browsers say with every form which site it stood on; without a word of it, it may have been anywhere."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return url_has_allowed_host_and_scheme(
        sender, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _is_secret(name) -> bool:
    return "password" in name


def _told(request, name) -> Iterator[Typed]:
    field = _field_of(request, name)
    for value in request.POST.getlist(name):
        text = _text_of(field, value)
        if text.strip():
            yield Typed(_label_of(request, name) or _("Nội dung khác"), text)


def _text_of(field, value) -> str:
    """What the person saw: the words of a choice, "có" for a tick. Of a unit chosen from a list only its key
    was sent, which says nothing to anybody."""
    if field is UNKNOWN:
        return value if len(value.split()) > 1 else ""
    if field is HIDDEN or isinstance(field, forms.ModelChoiceField):
        return ""
    if isinstance(field, forms.BooleanField):
        return _("có") if value else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(cast(Any, field.choices)).get(value, value)) if value else ""
    return value


def _label_of(request, name) -> str:
    field = _field_of(request, name)
    label = str(field.label) if isinstance(field, forms.Field) and field.label else ""
    row = ROW.fullmatch(name)
    return f"{_row_of(request, row)}: {label}" if row and label else label


def _row_of(request, row) -> str:
    """A row as the screen calls it; a task by its printed number."""
    prefix, at = row[1], row[2]
    n = int(at) + 1
    if prefix == "task":
        return _("Nhiệm vụ %(n)s") % {"n": request.POST.get(f"task-{at}-label", "").strip() or n}
    if prefix == "addressee":
        return _("Nơi nhận %(n)s") % {"n": n}
    if prefix == "citation":
        return _("Căn cứ %(n)s") % {"n": n}
    related = _related(_model_of(request), prefix)
    return f"{capfirst(related._meta.verbose_name) if related else prefix} {n}"


def _field_of(request, name):
    """The form's field of this name; HIDDEN when nobody sees it, UNKNOWN when no form of ours has it."""
    row = ROW.fullmatch(name)
    field = _row_field(request, row) if row else _single_field(request, name)
    if isinstance(field, forms.Field) and field.widget.is_hidden:
        return HIDDEN
    return field


def _row_field(request, row):
    prefix, _at, name = row.groups()
    if prefix in ROWS:
        return ROWS[prefix].base_fields.get(name, HIDDEN)
    related = _related(_model_of(request), prefix)
    return _model_field(related, name) if related else UNKNOWN


def _single_field(request, name):
    model = _model_of(request)
    for form in [*FORMS.get(_address(request), ()), *([admin.site._registry[model].form] if model else ())]:
        if name in form.base_fields:
            return form.base_fields[name]
    found = _model_field(model, name) if model else UNKNOWN
    return found if found is not UNKNOWN else _anywhere(name)


def _anywhere(name):
    """A form that has no line above: its names are its own."""
    for form in _our_forms(forms.BaseForm):
        if name in getattr(form, "base_fields", ()):
            return form.base_fields[name]
    return UNKNOWN


def _our_forms(base) -> Iterator[Any]:
    for form in base.__subclasses__():
        if form.__module__.startswith(OURS) and form not in ROWS.values():
            yield form
        yield from _our_forms(form)


def _address(request) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _model_of(request):
    """The model whose page of the administration this is."""
    for model in admin.site._registry:
        names = {f"{model._meta.app_label}_{model._meta.model_name}_{act}" for act in ("add", "change")}
        if _address(request) in names:
            return model
    return None


def _related(model, prefix):
    """The model of the rows that stand below another on its page."""
    related = model._meta.related_objects if model else ()
    return next((one.related_model for one in related if one.get_accessor_name() == prefix), None)


def _model_field(model, name):
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return UNKNOWN
    if field.is_relation or not field.editable:
        return HIDDEN
    return field.formfield() or HIDDEN
