"""How a chain of documents speaks: who issued, and what a task carries out."""

from django import template
from django.utils.translation import gettext as _

from directives import chaining
from units.naming import fold

register = template.Library()


@register.filter
def issuer_in_words(directive) -> str:
    """A letterhead in capitals is the unit's name as any other; a name it no longer has stays as printed.

    UBND tỉnh and Sở GTVT are what people say; BCT alone is a sign that few read.
    """
    printed, issuer = directive.issuer_name, directive.issuer
    if printed and fold(printed) not in {fold(issuer.short_name), fold(issuer.name)}:
        return printed
    return issuer.short_name if " " in issuer.short_name else issuer.name


@register.filter
def called(assignment) -> str:
    """What a superior gave: "1001/UBND-KGVX, nhiệm vụ 2: Nội dung"; to whom it is closed (`may_open`) without its text."""
    if assignment.may_open:
        return chaining.called(assignment)
    said = {"code": assignment.directive.code, "label": assignment.task.label}
    return _("%(code)s, nhiệm vụ %(label)s") % said if assignment.task.label else assignment.directive.code


@register.filter
def task_called(task) -> str:
    """A task by its document and number: "812/SGTVT-VP, nhiệm vụ 1"."""
    said = {"code": task.directive.code, "label": task.label or task.position}
    return _("%(code)s, nhiệm vụ %(label)s") % said
