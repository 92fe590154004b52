"""What an issue would do today: who receives, who owes what, which number is next. Nothing is written."""

from dataclasses import dataclass

from directives import distribution, register
from directives.enums import Duty, Purpose
from directives.errors import Incomplete


@dataclass(frozen=True)
class Prospect:
    """`recipients` in the order of the paper; `assignments` as many as the issue will make."""

    recipients: list
    assignments: int
    code: str

    @property
    def acting(self):
        return [entry for entry in self.recipients if entry.purpose in (Purpose.ACT, Purpose.COORDINATE)]

    @property
    def informed(self):
        return [entry for entry in self.recipients if entry not in self.acting]


def prospect_of(directive, day) -> Prospect:
    """The issue of `directive` on `day`, as far as it can be foreseen: another issuer may take the number first.

    A fixed number of queries and one per group named.
    """
    entries = distribution.expand(directive, day)
    return Prospect(entries, _assignments(directive, entries, day), _next_code(directive, day))


def _assignments(directive, entries, day):
    everybody = {
        e.unit.pk for e in entries if not e.named_only and e.purpose in (Purpose.ACT, Purpose.COORDINATE)
    }
    total = 0
    for task in directive.tasks.filter(is_heading=False).prefetch_related("units__unit", "units__group"):
        total += len(_owing(task, everybody, day))
    return total


def _owing(task, everybody, day):
    """The units that owe a task: those it names; all who act too, unless it names who leads."""
    lines = task.units.all()
    named = {unit.pk for line in lines for unit in distribution.units_of(line, day)}
    return named if any(line.duty == Duty.LEAD for line in lines) else named | everybody


def _next_code(directive, day):
    book = directive.register or register.register_for(directive.issuer, directive.kind)
    if book is None:
        return ""
    try:
        number = register.printed(register.peek(book, day))
    except Incomplete:
        return ""
    return register.code(number, directive.notation, book.notation)
