"""The components of the screens, each a small template in templates/components/."""

from collections.abc import Iterable
from typing import NamedTuple

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from units import once

from .icons import draw
from .wording import due_words, standing_class, standing_glyph, standing_short

register = template.Library()

register.simple_tag(draw, name="icon")

# Fine enough beside the numbers themselves; a table has a hundred bars, and each digit of each piece is sent. Of what is
# there at least so much is drawn that it is seen on a telephone.
BAR_WIDTH, SEEN = 100, 2
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Segment(NamedTuple):
    """One piece of a bar and where it ends, in the SVG's units."""

    css: str
    end: int


def segments(counts: Iterable[tuple[str, int]]) -> list[Segment]:
    """Pieces proportional to their counts, each from the end of the one before it: (("ok", 10), ("over", 3)). What is there
    is seen: one that is late among thousands still has its place."""
    counts = [(css, count) for css, count in counts if count]
    total = sum(count for _, count in counts)
    pieces: list[Segment] = []
    end = so_far = 0
    for after, (css, count) in zip(reversed(range(len(counts))), counts, strict=True):
        so_far += count
        end = min(max(round(BAR_WIDTH * so_far / total), end + SEEN), BAR_WIDTH - SEEN * after)
        pieces.append(Segment(css, end))
    return pieces


@register.simple_tag
def bar(counts, label="") -> SafeString:
    """{% bar counts label %}: a bar of (class, count) pairs; the label is its conclusion in words, without which nobody is
    told of it. A table has a hundred of them, so each is joined and fills in no template. The pieces lie on each other,
    the first on top: where each begins would weigh as much as where it ends."""
    pieces = format_html_join("", '<rect class="f-{}" width="{}" height="8"/>', reversed(segments(counts)))
    said = attributes({"role": "img", "aria-label": label} if label else {"aria-hidden": "true"})
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none"{}>{}</svg>', said, pieces
    )


@register.inclusion_tag("components/due.html")
def due(due_on, as_of=None, working_days=None):
    """{% due due_on as_of working_days %}: the label of an open deadline."""
    return {"due": due_words(due_on, as_of, working_days)}


@register.inclusion_tag("components/chip.html")
def chip(standing, words=""):
    """{% chip standing words %}: symbol and words of a standing; `words` replaces the usual ones."""
    return {
        "css": standing_class(standing),
        "glyph": standing_glyph(standing),
        "words": words or standing_short(standing),
    }


@register.simple_tag
def attributes(attrs) -> SafeString:
    """{% attributes widget.attrs %}: of a widget, as Django's own template fills them in, which for the hundreds of widgets
    of a page costs a tenth of its time. In their order, and None as a word: `flatatt` sorts them and leaves it out."""
    told = ((name, value) for name, value in attrs.items() if value is not False)
    return format_html_join(
        "", " {}{}", ((name, "" if value is True else format_html('="{}"', value)) for name, value in told)
    )


@register.inclusion_tag("components/form/field.html")
def field(bound, hint="", label="", hide_label=False):
    """{% field form.x %}: label, hint, error and widget, wired together for screen readers."""
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "label": label or bound.label,
        "hide_label": hide_label,
        "shape": _shape(bound),
        "widget": bound.as_widget(attrs=_attributes(bound, hint)),
    }


def _shape(bound):
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "group" if isinstance(widget, GROUPS) else "line"


def _attributes(bound, hint):
    """Django ties its own help text and errors to the widget; a hint given in the template must be tied too."""
    attributes = {}
    if _shape(bound) == "line":
        own = bound.field.widget.attrs.get("class", "")
        attributes["class"] = " ".join(filter(None, [own, "in", "bad" if bound.errors else ""]))
    if hint and not bound.help_text and bound.auto_id:
        described = f"{bound.auto_id}_helptext"
        attributes["aria-describedby"] = f"{described} {bound.auto_id}_error" if bound.errors else described
    return attributes


@register.inclusion_tag("components/form/error_summary.html")
def error_summary(form, title=""):
    """{% error_summary form %}: what must be corrected, each a link to its field; nothing when all is well."""
    return {"form": form, "title": title, "fields": [bound for bound in form if bound.errors]}


@register.simple_tag
def form_key() -> SafeString:
    """{% form_key %}: the hidden key of one showing of a form; sent twice, it does the work once (`units.once`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.new_key())
