"""Many rows as one string: what lets a page of many cells, or many directives, be one query.

Keys and cells are made of words, numbers and dates, so neither comma nor bar occurs in them.
"""

from datetime import date

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

from directives.standing import standing

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


def key(as_of: date) -> Concat:
    """What a tally counts of an assignment, as text: `overdue|lead|`."""
    returned = Case(When(is_returned=True, then=Value("1")), default=Value(""), output_field=CharField())
    return Concat(standing(as_of), Value(FIELD), F("duty"), Value(FIELD), returned, output_field=TextField())


def read_key(text: str) -> Key:
    standing_, duty, returned = text.split(FIELD)
    return Key(standing_, duty, returned == "1")


def cell(as_of: date) -> Concat:
    """What a cell of the matrix shows, as text: `17|overdue|lead||2024-05-31||2024-Q2`."""
    parts = [_text("task_id"), key(as_of), _text("due_on"), _text("reported_on"), F("period")]
    spaced = [part for one in parts for part in (one, Value(FIELD))][:-1]
    return Concat(*spaced, output_field=TextField())


def _text(field):
    return Cast(field, CharField())
