"""How many rows a question has, asked beside other questions in one query: each finds its rows by its own index."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from units.models import User


class Counted(Subquery):
    """How many rows there are; with `to`, nobody counts from one more than that on."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet, *, of: str = "pk", to: int | None = None):
        asked = rows.order_by().values(of)
        super().__init__(asked[: to + 1] if to else asked)


def asked(user, **questions) -> dict:
    """The answers by their names. One query, of which the person's own row is only the frame."""
    named = {f"n_{name}": question for name, question in questions.items()}
    found: dict[str, Any] = dict(User.objects.filter(pk=user.pk).order_by().values(**named).get())
    return {name: found[f"n_{name}"] for name in questions}
