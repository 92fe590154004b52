"""Charts as drawings of the server: what goes where, and what each concludes in words. The numbers are all
`compliance`'s."""

from dataclasses import dataclass
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .wording import number, percent

register = template.Library()

# The drawing in its own units: left and right edge of the plot, top and bottom.
LEFT, RIGHT, TOP, BOTTOM = 44, 560, 20, 190
# Smaller units: a sparkline is no higher than a line of text.
SPARK_LEFT, SPARK_STEP, SPARK_HIGH, SPARK_LOW = 16, 61, 14, 82
SPARK_LONE, SPARK_END = 7, 10
# Longer numbers above neighbouring bars would touch: of them the highest and the last are written out.
WIDEST = 6
# How far below its point a number stands.
BELOW = 22
NO_COURSE = format_html('<span class="muted">{}</span>', "–")


@dataclass(frozen=True)
class Mark:
    """Something at a place of the drawing, with the words beside it."""

    x: str
    y: str
    words: str = ""
    words_y: str = ""


@dataclass(frozen=True)
class Column:
    """A month's bar: what was on time below, what was late on it."""

    x: str
    timely_height: str
    late_y: str
    late_height: str
    total: str
    total_y: str
    is_drawn: bool


@register.inclusion_tag("components/chart_rates.html")
def rate_chart(months, target=None):
    """{% rate_chart months target %}: the headline rate from month to month, and the target (percent) where one is set."""
    shown = [(n, one.rate) for n, one in enumerate(months) if one.rate is not None]
    lowest = min([rate for _n, rate in shown] + ([target / 100] if target else []), default=0)
    grid = _rate_grid(lowest)
    height = _height(grid[0], 1)
    return {
        "grid": [Mark("", _f(height(at)), f"{at:.0%}") for at in grid],
        "months": _month_marks(months),
        "points": [_point(months, n, height) for n in sorted(_named(shown))],
        "path": _line([(n, _x(n, months), height(rate)) for n, rate in shown]),
        "target": Mark("", _f(height(target / 100)), percent(target / 100)) if target else None,
        "label": _rates_said(months, shown),
    }


@register.inclusion_tag("components/chart_finished.html")
def finished_chart(months):
    """{% finished_chart months %}: what was finished in each month, on time and late."""
    most = max((one.finished.done for one in months), default=0)
    grid = _count_grid(most)
    height, told = _height(0, grid[-1]), _told(months, most)
    return {
        "grid": [Mark("", _f(height(at)), number(at)) for at in grid],
        "months": _month_marks(months),
        "columns": [_column(months, n, one, height, n in told) for n, one in enumerate(months)],
        "is_empty": not most,
        "label": _finished_said(months),
    }


@register.simple_tag
def spark(rates) -> SafeString:
    """{% spark rates %}: a rate from month to month, small; all are drawn to one scale, so that rows compare. A table has a
    hundred of them, so each is joined and fills in no template."""
    shown = [
        (n, SPARK_LEFT + n * SPARK_STEP, SPARK_LOW - rate * (SPARK_LOW - SPARK_HIGH))
        for n, rate in enumerate(rates)
        if rate is not None
    ]
    # One month alone shows no course.
    if len(shown) < 2:
        return NO_COURSE
    return format_html(
        '<svg class="spark" viewBox="0 0 336 96" role="img" aria-label="{}"><path d="{}"/>{}</svg>',
        _spark_said(rates),
        _line(shown),
        format_html_join("", '<circle cx="{}" cy="{}" r="{}"/>', _dots(shown)),
    )


@register.inclusion_tag("components/delta.html")
def delta(points, unit=True):
    """{% delta change %}: how many points a rate went up or down, by sign, word and colour."""
    return {"points": points, "size": number(abs(points), 1) if points is not None else "", "unit": unit}


# --- The drawing ---------------------------------------------------------------------------------


def _x(n, months):
    step = (RIGHT - LEFT) / len(months)
    return LEFT + step * (n + 0.5)


def _height(low, high):
    """From a value to its place: the drawing's units run downwards."""

    def height(value):
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)

    return height


def _rate_grid(lowest):
    """From a tenth below the lowest rate to 100 %; where that is deep, in quarters from nothing."""
    if lowest < 0.5:
        return [0, 0.25, 0.5, 0.75, 1]
    return [tenth / 10 for tenth in range(max(int(lowest * 10) - 1, 5), 11)]


def _count_grid(most):
    step = next(
        step for tens in range(9) for step in (10**tens, 2 * 10**tens, 5 * 10**tens) if step * 4 >= most
    )
    return list(range(0, max(most, 1) + step, step))


def _month_marks(months):
    """Each January has its year, and the first month where no January stands beside it."""
    return [
        Mark(
            _f(_x(n, months)),
            "",
            f"{one.first.month}/{one.first:%y}" if _has_year(n, one) else str(one.first.month),
        )
        for n, one in enumerate(months)
    ]


def _has_year(n, month):
    return month.first.month == 1 or (n == 0 and month.first.month != 12)


def _named(shown):
    """The places whose rate is written out: the first, the last, the lowest."""
    if not shown:
        return set()
    return {shown[0][0], shown[-1][0], min(shown, key=lambda one: one[1])[0]}


def _point(months, n, height):
    """Its number stands where the line does not go: above a peak, and where there is no room below."""
    rate = months[n].rate
    beside = [one.rate for one in months[max(n - 1, 0) : n + 2] if one.rate is not None]
    y = height(rate)
    above = y + BELOW > BOTTOM or min(beside) < rate and max(beside) == rate
    return Mark(_f(_x(n, months)), _f(y), percent(rate), _f(y - BELOW / 2 if above else y + BELOW))


def _line(places):
    """Through the months that follow each other; a month without a rate breaks it, and between two such one is a dot."""
    places = [(n, round(x), round(y)) for n, x, y in places]
    parts = ["M{} {}h0".format(*places[0][1:])] if places else []
    for (before, x0, y0), (n, x, y) in pairwise(places):
        parts.append(f"l{x - x0} {y - y0}" if n == before + 1 else f"M{x} {y}h0")
    return "".join(parts)


def _told(months, most):
    """The months whose number is written above their bar."""
    if len(number(most)) <= WIDEST:
        return range(len(months))
    return {len(months) - 1, next(n for n, one in enumerate(months) if one.finished.done == most)}


def _column(months, n, one, height, told):
    done = one.finished.done
    timely, top = round(height(one.finished.done_on_time_box)), round(height(done))
    if one.finished.done_late:
        top = min(top, timely - 1)  # one late among thousands is still seen
    return Column(
        _f(_x(n, months)), _f(BOTTOM - timely), _f(timely), _f(timely - top),
        number(done) if done and told else "", _f(top - 6), bool(done),
    )  # fmt: skip


def _f(value):
    """In whole units, fine enough for any screen: a point costs as much as the number."""
    return str(round(value))


def _dots(shown):
    """Where a course ends, and what no line leads to, which would hardly be seen."""
    known = {n for n, _x, _y in shown}
    lone = [(_f(x), _f(y), SPARK_LONE) for n, x, y in shown[:-1] if not known & {n - 1, n + 1}]
    return [*lone, *((_f(x), _f(y), SPARK_END) for _n, x, y in shown[-1:])]


# --- In words ------------------------------------------------------------------------------------


def _rates_said(months, shown):
    if not shown:
        return _("Tỷ lệ đúng hạn theo tháng đến hạn: chưa có nhiệm vụ nào đến hạn")
    (first, rate), (last, rate_now) = shown[0], shown[-1]
    return _("Tỷ lệ đúng hạn theo tháng đến hạn: %(first)s tháng %(from)s, %(last)s tháng %(to)s") % {
        "first": percent(rate),
        "from": _month(months[first]),
        "last": percent(rate_now),
        "to": _month(months[last]),
    }


def _finished_said(months):
    done = sum(one.finished.done for one in months)
    late = sum(one.finished.done_late for one in months)
    return _(
        "Nhiệm vụ hoàn thành theo tháng, từ %(from)s đến %(to)s: %(done)s, trong đó %(late)s quá hạn"
    ) % {
        "from": _month(months[0]),
        "to": _month(months[-1]),
        "done": number(done),
        "late": number(late),
    }


def _spark_said(rates):
    told = [rate for rate in rates if rate is not None]
    return _("%(months)d tháng: từ %(first)s đến %(last)s") % {
        "months": len(rates),
        "first": percent(told[0]),
        "last": percent(told[-1]),
    }


def _month(month):
    return f"{month.first.month}/{month.first.year}"
