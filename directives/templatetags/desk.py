"""Pieces of the drafting screen."""

from django import template
from django.utils.translation import gettext as _

from directives.enums import Duty

register = template.Library()


@register.inclusion_tag("admin/directives/directive/slot.html", takes_context=True)
def slot(context, label, *bounds, hint=""):
    """{% slot "Số, ký hiệu" form.number form.notation %}: one line of the sheet; the label is the first field's."""
    marks = context["refs"]
    return {
        "label": label,
        "hint": hint,
        "first": bounds[0],
        "cells": [_cell(context, bound, named_by_label=bound is bounds[0]) for bound in bounds],
        "refs": [marks[bound.auto_id] for bound in bounds if bound.auto_id in marks],
    }


@register.inclusion_tag("admin/directives/directive/cell.html", takes_context=True)
def cell(context, bound, wide=False):
    """{% cell form.text %}: label, source sign, errors, widget and whom to choose from of one field of a row."""
    return {
        "wide": wide,
        "ref": context["refs"].get(bound.auto_id),
        "questions": context["questions"].get(bound.auto_id, ()),
        "row": bound.html_name.rpartition("-")[0],
        **_cell(context, bound),
    }


def _cell(context, bound, *, named_by_label=True):
    """A field's widget and what is missing in it; a second field of a line is named for screen readers."""
    missing = next((item.sentence for item in context["missing"] if item.anchor == bound.auto_id), "")
    attributes = {} if bound.widget_type == "checkbox" else {"class": _css(context, bound, missing)}
    if missing:
        attributes["aria-describedby"] = f"{bound.auto_id}_missing"
    if not named_by_label:
        attributes["aria-label"] = bound.label
    return {"field": bound, "widget": bound.as_widget(attrs=attributes), "missing": missing}


def _css(context, bound, missing):
    mark = context["refs"].get(bound.auto_id)
    asked = "ask" if mark and mark.css.endswith("q") and not bound.value() else ""
    wrong = "bad" if bound.errors or missing else ""
    return " ".join(filter(None, ["in", bound.field.widget.attrs.get("class", ""), asked, wrong]))


@register.simple_tag
def task_units(task) -> str:
    """{% task_units task %}: who leads, everybody when nobody is named, and who supports."""
    lines = list(task.units.all())
    leads = [str(line) for line in lines if line.duty == Duty.LEAD]
    supports = [str(line) for line in lines if line.duty == Duty.SUPPORT]
    said = [_("chủ trì: %(units)s") % {"units": "; ".join(leads)} if leads else _("Mọi đơn vị nhận")]
    if supports:
        said.append(_("phối hợp: %(units)s") % {"units": "; ".join(supports)})
    return " · ".join(said)


@register.inclusion_tag("admin/directives/directive/periods.html", takes_context=True)
def coming_periods(context, form):
    """{% coming_periods form %}: the next periods of a row as typed, each with the day its report is due."""
    return {"form": form, "coming": context["coming"]}


@register.filter
def of_row(coming, form):
    """What is coming for this row, or nothing."""
    return coming.get(form.prefix)


@register.filter
def cited_in_store(in_store, form):
    """The document in the store that a row of căn cứ means, or nothing."""
    row = form.row() if form.is_bound and form.is_valid() else None
    key = (row.code, row.dated_on) if row else (form.initial.get("code"), form.initial.get("dated_on"))
    return in_store.get(key)
