"""The official table of an office that gives work, on the console: all it gave, whoever asks."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from directives import compliance, periods
from directives.compliance import COLUMNS, Span
from directives.models import Assignment
from units import clock
from units.models import Unit


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no day: write it like 2024-03-31.") from None


class Command(BaseCommand):
    help = "Print the official table of the work that one office gave, in a period, as known on a day."

    def add_arguments(self, parser):
        parser.add_argument("--issuer", required=True, metavar="CODE", help="the office that gives the work")
        parser.add_argument("--from", dest="first", metavar="D", help="first day: 2024-01-01")
        parser.add_argument("--to", dest="last", metavar="D", help="last day: 2024-03-31")
        parser.add_argument(
            "--as-of", metavar="D", help="as known at the end of this day (the last, or today)"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, issuer, first, last, as_of, as_json, **options):
        unit, span = _office(issuer), _span(*(text and _day(text) for text in (first, last, as_of)))
        table = compliance.official_table(Assignment.objects.filter(issuer=unit), span)
        shown = (
            json.dumps(_data(unit, table), ensure_ascii=False, indent=2) if as_json else _text(unit, table)
        )
        self.stdout.write(shown)


def _office(code):
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"No unit has the code {code}.")
    return unit


def _span(first, last, as_of):
    if first and last and last < first:
        raise CommandError("The last day is before the first: --to must not be earlier than --from.")
    if as_of and as_of > clock.today():
        raise CommandError("--as-of is a day to come: figures are known until today.")
    span = Span.until(last or as_of or clock.today(), first=first, as_of=as_of)
    if first and first > span.as_of:
        raise CommandError(
            "The period begins after the day of the figures: --from must not be later than --as-of."
        )
    return span


def _data(unit, table):
    span = table.span
    return {
        "issuer": unit.code,
        "from": span.first and span.first.isoformat(),
        "to": span.last and span.last.isoformat(),
        "as_of": span.as_of.isoformat(),
        "period_rule": _rule(span),
        "columns": [column.key for column in COLUMNS],
        "rows": [{"unit_code": row.of.code, "unit": row.of.name, **row.values} for row in table.rows],
        "total": table.total.values,
        "invariants": [{"name": one.name, "holds": one.holds} for one in table.invariants],
    }


def _rule(span):
    """By which rule the period was named; "free" for other days, "all" where it has no first one."""
    if span.first is None:
        return "all"
    key = periods.key_of(span.first, span.last)
    return "cut_off" if periods.is_cut_off(key) else "calendar" if key else "free"


def _text(unit, table):
    span = table.span
    period = " ".join(f"{word} {day}" for word, day in (("from", span.first), ("to", span.last)) if day)
    lines = [f"{unit.code} {unit.name} {period} as of {span.as_of}".replace("  ", " "), ""]
    keys = [column.key for column in COLUMNS]
    lines += ["\t".join(["unit_code", "unit", *keys])]
    for row in (*table.rows, table.total):
        lines.append("\t".join([row.of.code, row.of.name, *(_said(row.values[key]) for key in keys)]))
    return "\n".join(
        [*lines, "", *(f"{one.name}: {'holds' if one.holds else 'BROKEN'}" for one in table.invariants)]
    )


def _said(value):
    if value is None:
        return "-"
    return f"{value:.1%}" if isinstance(value, float) else str(value)
