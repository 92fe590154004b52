"""How a chain of documents speaks: who issued, what a task carries out, what is counted and what is not."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import chaining
from units.naming import fold

from .wording import number

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
def leaves_words(counted) -> str:
    """What the numbers of a chain, or of a document in it, count: "41 phần việc ở tầng cuối (chưa kể 3 việc được giao
    tiếp xuống dưới)". `counted` has `leaves` and `handed_down`."""
    leaves, apart = counted.leaves.total, counted.handed_down.total
    said = ngettext("%(n)s phần việc ở tầng cuối", "%(n)s phần việc ở tầng cuối", leaves) % {
        "n": number(leaves)
    }
    if not apart:
        return said
    besides = ngettext(
        "chưa kể %(n)s việc được giao tiếp xuống dưới", "chưa kể %(n)s việc được giao tiếp xuống dưới", apart
    )
    return _("%(said)s (%(besides)s)") % {"said": said, "besides": besides % {"n": number(apart)}}


@register.filter
def document_words(node) -> str:
    """The same of one document, where little may be left at the end: "3 phần việc: 1 ở tầng cuối, 2 được giao tiếp"."""
    apart, total = node.handed_down.total, node.tally.total
    said = ngettext("%(n)s phần việc", "%(n)s phần việc", total) % {"n": number(total)}
    if not apart:
        return said
    if apart == total:
        return _("%(said)s, được giao tiếp xuống dưới") % {"said": said}
    told = {"said": said, "leaves": number(total - apart), "apart": number(apart)}
    return _("%(said)s: %(leaves)s ở tầng cuối, %(apart)s được giao tiếp xuống dưới") % told


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
