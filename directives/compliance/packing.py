"""Many rows as one string: what lets a page of many cells, or many directives, be one query.

Keys and cells are made of words, numbers and dates, so neither comma nor bar occurs in them.
"""

from django.db.models import (
    Aggregate,
    Case,
    CharField,
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
from .tally import Key

ROW = ","
FIELD = "|"


class Pack(Aggregate):
    """The rows' texts joined by commas, in no promised order; None for no row."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)


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


def read_key(text: str) -> Key:
    standing_, duty, returned = text.split(FIELD)
    return Key(standing_, duty, returned == "1")


def cell() -> Concat:
    """What a cell of the matrix shows of a row of `standing_on`: `17|overdue|lead||2024-05-31||2024-Q2`."""
    parts = [_text("task_id"), key(), _text(f"{THEN}due_on"), _text(f"{THEN}reported_on"), F("period")]
    spaced = [part for one in parts for part in (one, Value(FIELD))][:-1]
    return Concat(*spaced, output_field=TextField())


def _text(field):
    return Cast(field, CharField())
