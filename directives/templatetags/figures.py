"""How tallies are shown: bars, legends that filter, numbers that lead to their rows."""

from datetime import datetime
from functools import cache

from django import template
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directives.compliance import LISTED, Line, Tally
from directives.enums import Duty, Standing

from .components import bar
from .matrix import RETURNED
from .wording import MARKS, number, standing_words

register = template.Library()

DONE = ((Tally.done_on_time_box, Standing.DONE_ON_TIME), (Tally.done_late, Standing.DONE_LATE))
WAITING = ((Tally.awaiting_in_time, Standing.AWAITING), (Tally.awaiting_late, Standing.AWAITING_LATE))
OPEN = (
    (Tally.paused, Standing.PAUSED),
    (Tally.in_time, Standing.IN_TIME),
    (Tally.undated, Standing.UNDATED),
    (Tally.due_soon, Standing.DUE_SOON),
    (Tally.overdue, Standing.OVERDUE),
)
# Every assignment stands in exactly one of these; what is quiet comes first. Of a bar both kinds of waiting are one piece.
PARTS = (*DONE, *WAITING, *OPEN)
PIECES = (*DONE, (Tally.awaiting, Standing.AWAITING), *OPEN)

PARAMETERS = {
    "unit": "don-vi",
    "directive": "van-ban",
    "task": "nhiem-vu",
    "alone": "rieng",
    "issuer": "co-quan",
    "due_in": "han-trong",
    "reported_in": "bao-cao-trong",
    "chain": "chuoi",
    "handed_down": "giao-tiep",
    "unlinked": "chua-gan",
}

# How they lie, in the units of a bar.
STRIPES = {"soon": "M0 2h4", "paused": "M2 0v4"}


def count(tally: Tally, line: Line) -> int:
    return getattr(tally, line.name)


@register.simple_tag
def tally_bar(tally, *, told=False) -> SafeString:
    """{% tally_bar tally %}: what is done, waits and is late, as one bar with its conclusion in words; `told=True` where
    these very numbers stand beside it, and would be read out twice."""
    pieces = [(MARKS[standing].css, count(tally, line)) for line, standing in PIECES]
    if told:
        return bar(pieces)
    done = {"done": number(tally.done), "total": number(tally.total)}
    return bar(pieces, _("%(done)s trên %(total)s phần việc đã hoàn thành") % done)


@register.simple_tag
def bar_key(tally) -> SafeString:
    """{% bar_key tally %}: what the colours of the bars mean that the tally has."""
    square = '<span><svg class="key" viewBox="0 0 16 16" aria-hidden="true">{}<rect class="f-{}" width="16" height="16"/></svg> {}</span>'
    shown = ((MARKS[one].css, standing_words(one)) for line, one in PIECES if count(tally, line))
    return format_html_join(" ", square, ((_on_paper(css), css, words) for css, words in shown))


def _on_paper(css):
    """Of the many greys of a bar two alone cannot be told from their neighbours: in print those are striped."""
    if css not in STRIPES:
        return ""
    pattern = '<pattern id="in-{}" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4"/><path d="{}"/></pattern>'
    return format_html(pattern, css, STRIPES[css])


@register.inclusion_tag("components/legend.html")
def tally_legend(tally, current=None, keep="", *, spoken=False):
    """{% tally_legend tally line keep spoken=True %}: each standing with its count, a link that shows only those cells.

    Each cell is counted by one item; what came back stands apart, for those cells are among the others.
    The one in force leads back to all of them. `keep` is what else the address carries; `spoken` symbols are read out,
    where they stand for words.
    """
    parts = [*reversed(PARTS), (Tally.dropped, Standing.DROPPED)]
    shown = [(line, MARKS[standing].css, MARKS[standing].glyph) for line, standing in parts]
    returned = [_item(tally, Tally.returned, "back", RETURNED, current, keep)] if tally.returned else []
    return {
        "items": [_item(tally, *one, current, keep) for one in shown if count(tally, one[0])],
        "within": returned,
        "spoken": spoken,
    }


def _item(tally, line, css, glyph, current, keep):
    chosen = line is current
    query = keep if chosen else "&".join(filter(None, [f"tinh-trang={line.slug}", keep]))
    return {
        "css": css,
        "glyph": glyph,
        "label": line.label,
        "count": count(tally, line),
        "url": f"?{query}#ma-tran",
        "current": chosen,
    }


@register.simple_tag
def rows_url(slug, query="", **narrowed):
    """{% rows_url "qua-han" query unit=3 %}: the address of exactly the rows that a number counts."""
    own = {PARAMETERS[name]: one for name, one in narrowed.items()}
    before, after = f"{query}&" if query else "", f"&{urlencode(own)}" if own else ""
    return f"{_rows_page(get_script_prefix())}?{before}chi-tieu={LISTED[slug].slug}{after}"


@cache
def _rows_page(prefix):
    """Looked up once: a page leads to rows by hundreds of numbers."""
    return reverse("figures-rows")


@register.simple_tag
def unit_rows_url(slug, query, figures):
    """{% unit_rows_url "qua-han" query one %}: the rows behind a number in a unit's row of the table."""
    return rows_url(slug, query, unit=figures.unit_id, **({"alone": 1} if figures.alone else {}))


@register.filter
def duty_name(duty) -> str:
    return str(Duty(duty).label)


@register.filter
def days_to(first, last) -> int:
    """How many days lie between, as a deadline is late; of a moment its day."""
    return (last - (timezone.localdate(first) if isinstance(first, datetime) else first)).days


@register.filter
def size(points) -> str:
    """How large a change is, whichever way it goes."""
    return number(abs(points), 1)
