"""Many rows as one string: what lets a page of many cells, or many directives, be one query.

Keys and cells are made of words, numbers and dates, so no comma, bar or semicolon occurs in them.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    F,
    Func,
    JSONField,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from directives.enums import Duty
from directives.standing import late_by

from .spans import THEN
from .tally import Key, Tally

ROW = ","
FIELD = "|"
PART = ";"


class Pack(Aggregate):
    """The rows' texts joined by commas, in no promised order; None for no row."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


class PackedCounts(Subquery):
    """Of the correlated `rows`, how many have each `key()`: `overdue|lead|=17,…`; None for no row.

    The rows are counted where they lie, so the text does not grow with them.
    """

    template = "(SELECT STRING_AGG(packed_key || '=' || n, ',') FROM (%(subquery)s) AS counted)"
    output_field = TextField()

    def __init__(self, rows: QuerySet):
        counted = rows.order_by().annotate(packed_key=key()).values("packed_key").annotate(n=Count("pk"))
        super().__init__(counted)

    def as_sqlite(self, compiler, connection, **context):
        template = self.template.replace("STRING_AGG", "GROUP_CONCAT")
        return super().as_sql(compiler, connection, template=template, **context)


def read_counts(packed: str | None) -> Tally:
    """The tally of a text of `PackedCounts`."""
    counts = (one.rsplit("=", 1) for one in packed.split(ROW)) if packed else ()
    return Tally(Counter({read_key(text): int(n) for text, n in counts}))


def listed(rows: QuerySet, group: str, **fields: str) -> Subquery:
    """The rows of one `group` as a list of objects inside another query; None for no row."""
    text = Pack(Cast(JSONObject(**fields), TextField()))
    packed = (
        rows.order_by()
        .values(group)
        .annotate(packed=Concat(Value("["), text, Value("]"), output_field=TextField()))
    )
    return Subquery(packed.values("packed"), output_field=JSONField())


def key() -> "Joined":
    """What a tally counts of a row of `standing_on`, as text: `overdue|lead|`."""
    return Joined(F("stands"), F("duty_then"), _returned(), arg_joiner=_BAR)


def _returned():
    return Case(When(came_back=True, then=Value("1")), default=Value(""), output_field=CharField())


@cache
def read_key(text: str) -> Key:
    """The key of its text, of which there are but a few dozen."""
    standing_, duty, returned = text.split(FIELD)
    return Key(standing_, duty, returned == "1")


def facts(kinds: Mapping[str, type]) -> "Joined":
    """What annotations say of a row, each of a kind, as one text: `overdue|lead||…`. The database counts rows by one text
    several times as fast as by a dozen columns."""
    return Joined(*(_fact(name, kind) for name, kind in kinds.items()), arg_joiner=_BAR)


def read_facts(text: str, kinds: Mapping[str, type]) -> list:
    """The values of a text of `facts`."""
    return [kind(one) for kind, one in zip(kinds.values(), text.split(FIELD), strict=True)]


def _fact(name, kind):
    if kind is bool:
        return Case(When(**{name: True}, then=Value("1")), default=Value(""), output_field=CharField())
    return Cast(F(name), CharField())


def cells(as_of: date) -> "Joined":
    """Of all rows of `standing_on` on that day the units, then in the same order what the cell of each says in the matrix:
    `17,18;overdue|12,done_early|`. Mostly one task has the units of another, which is then seen at a glance.

    What is seldom said stands behind it: `overdue|12|support|1|2024-Q2|2024-05-31`. Fifty thousand cells cost as much as
    their texts are long.
    """
    seldom = Joined(
        Value(""), F("duty_then"), _returned(), F("period"), _text(f"{THEN}due_on"), arg_joiner=_BAR
    )
    usual = When(duty_then=Duty.LEAD, came_back=False, period="", then=Value(""))
    said = Joined(F("stands"), _text(late_by(as_of, THEN)), arg_joiner=_BAR)
    cell = Joined(said, Case(usual, default=seldom, output_field=CharField()))
    return Joined(Pack(_text("unit_id")), Pack(cell), arg_joiner=f" || '{PART}' || ")


class Joined(Func):
    """Texts, none of them NULL, with what stands between them: a database joins fifty thousand sooner so than by CONCAT."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


_BAR = f" || '{FIELD}' || "


def read_cells(packed: str | None) -> tuple[str, list[str]]:
    """The units, still one text, and the text of the cell of each."""
    units, _, texts = (packed or "").partition(PART)
    return units, texts.split(ROW) if units else []


def _text(value):
    return Coalesce(Cast(value, CharField()), Value(""))
