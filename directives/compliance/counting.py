"""How many rows a question has, asked beside other questions in one query: each finds its rows by its own index."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from directives import statements
from units.models import User
from units.rules import reach


class Counted(Subquery):
    """How many rows there are; with `to`, nobody counts from one more than that on, in the order `by` that an index keeps:
    without it the database may read the whole table for them."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet, *, of: str = "pk", to: int | None = None, by: str | None = None):
        asked = rows.order_by(*filter(None, [by])).values(of)
        super().__init__(asked[: to + 1] if to else asked)


class First(Subquery):
    """The key of the first of the rows in their order, or None: to be asked for each row around it, by an index, where
    the database would rather join all rows (`EXISTS`) to find a few."""

    def __init__(self, rows: QuerySet):
        super().__init__(rows.values("pk")[:1])


def asked(user, **questions) -> dict:
    """The answers by their names. One query."""
    found: dict[str, Any] = dict(_framed(user, questions).get())
    return {name: found[f"n_{name}"] for name in questions}


def asked_daily(put: Callable[[Any, date], dict[str, Counted]], user, day: date) -> dict[str, int]:
    """The answers to what `put(user, day)` asks, by their names. One query.

    To put a score of questions into SQL costs more than to answer them. It is the same SQL all day, as long as the
    person's roles are, so a worker keeps it. No question may depend on anything else.
    """
    key = (put, day, reach(user))
    names, statement, told = statements.kept(key, lambda: _put_into_sql(user, put(user, day)))
    return dict(zip(names, *statements.fetch(statement, told), strict=True))


def _put_into_sql(user, questions):
    return tuple(questions), *_framed(user, questions).query.sql_with_params()


def _framed(user, questions):
    """The person's own row is only the frame."""
    named = {f"n_{name}": question for name, question in questions.items()}
    return User.objects.filter(pk=user.pk).order_by().values(**named)
