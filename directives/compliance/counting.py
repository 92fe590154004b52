"""How many rows a question has, asked beside other questions in one query: each finds its rows by its own index."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from units import statements
from units.rules import reach


class First(Subquery):
    """The key of the first of the rows in their order, or None: to be asked for each row around it, by an index, where
    the database would rather join all rows (`EXISTS`) to find a few."""

    def __init__(self, rows: QuerySet):
        super().__init__(rows.values("pk")[:1])


def asked_daily(
    put: Callable[[Any, date], dict[str, QuerySet]],
    user,
    day: date,
    *,
    to: int | None = None,
    together: tuple[str, Sequence[str]] | None = None,
) -> dict[str, int]:
    """How many rows each question has of those that `put(user, day)` asks, by their names; and by one name more how many
    different ones those have `together` that stand behind it. One query.

    With `to` nobody counts from one more than that on: a question that finds its rows by an index is put in the order
    that the index keeps, without which the database may read the whole table for them. To put a score of questions into
    SQL costs more than to answer them. It is the same SQL all day, as long as the person's roles are, so a worker keeps
    it. No question may depend on anything else.
    """
    names, statement, told = statements.kept(
        (put, day, reach(user), to, together),
        lambda: statements.counting(_each(put(user, day), to), together),
    )
    return dict(zip(names, *statements.fetch(statement, told), strict=True))


def _each(questions, to):
    if to is None:
        return {name: rows.order_by().values_list("pk") for name, rows in questions.items()}
    return {name: rows.values_list("pk")[: to + 1] for name, rows in questions.items()}
