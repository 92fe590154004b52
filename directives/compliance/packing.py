"""Many rows as one string: what lets a page of many cells, or many directives, be one query.

Keys and cells are made of words, numbers and dates, so neither comma nor bar occurs in them.
"""

from collections import Counter
from functools import cache

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    F,
    JSONField,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, JSONObject

from .spans import THEN
from .tally import Key, Tally

ROW = ","
FIELD = "|"
# Between a unit and its cell.
OF = "="


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


def key() -> Concat:
    """What a tally counts of a row of `standing_on`, as text: `overdue|lead|`."""
    returned = Case(When(came_back=True, then=Value("1")), default=Value(""), output_field=CharField())
    return Concat(F("stands"), Value(FIELD), F("duty"), Value(FIELD), returned, output_field=TextField())


@cache
def read_key(text: str) -> Key:
    """The key of its text, of which there are but a few dozen."""
    standing_, duty, returned = text.split(FIELD)
    return Key(standing_, duty, returned == "1")


def cell() -> Concat:
    """A unit, and what a cell of the matrix shows of a row of `standing_on`: `17=overdue|lead||2024-05-31||2024-Q2`."""
    parts = [key(), _text(f"{THEN}due_on"), _text(f"{THEN}reported_on"), F("period")]
    spaced = [part for one in parts for part in (one, Value(FIELD))][:-1]
    return Concat(_text("unit_id"), Value(OF), *spaced, output_field=TextField())


def read_cells(packed: str | None) -> tuple[list[str], list[str]]:
    """The units, and the text of the cell of each."""
    flat = packed.replace(ROW, OF).split(OF) if packed else []
    return flat[::2], flat[1::2]


def _text(field):
    return Cast(field, CharField())
