"""What an issue would do today: who receives, who owes what, which number is next. Nothing is written."""

from collections import Counter
from dataclasses import dataclass

from directives import distribution, register
from directives.enums import Duty, Purpose
from directives.errors import Incomplete
from units.naming import fold

# "Như trên" among the recipients names nobody new.
_LIKE_ABOVE = ("nhu tren", "nhu dieu", "nhu kinh gui")


@dataclass(frozen=True)
class Prospect:
    """`recipients` in the order of the paper; `assignments` as many as the issue will make.

    `tasks` come with their units; `loads` says how many of them each unit will owe, `unowned` which nobody will,
    `unknown` the lines to act on of which nobody knows whom they mean.
    """

    recipients: list
    tasks: list
    loads: Counter
    unowned: list
    unknown: list
    code: str

    @property
    def assignments(self):
        return self.loads.total()

    @property
    def owing(self):
        """The recipients that will owe something."""
        return [entry for entry in self.recipients if self.loads[entry.unit.pk]]

    @property
    def acting(self):
        return [entry for entry in self.recipients if entry.purpose in (Purpose.ACT, Purpose.COORDINATE)]

    @property
    def shares(self):
        """Each recipient that acts, with how many tasks it will owe."""
        return [(entry, self.loads[entry.unit.pk]) for entry in self.acting]

    @property
    def informed(self):
        return [entry for entry in self.recipients if entry not in self.acting]

    @property
    def idle(self):
        """Those that receive the document to act on it and will owe none of its tasks."""
        return [entry for entry in self.acting if entry not in self.owing]


def prospect_of(directive, day) -> Prospect:
    """The issue of `directive` on `day`, as far as it can be foreseen: another issuer may take the number first.

    A fixed number of queries and one per group named.
    """
    entries = distribution.expand(directive, day)
    everybody = {
        e.unit.pk for e in entries if not e.named_only and e.purpose in (Purpose.ACT, Purpose.COORDINATE)
    }
    tasks = directive.tasks.filter(is_heading=False).prefetch_related("units__unit", "units__group")
    reached = {entry.unit.pk for entry in entries}
    owing = [(task, _owing(task, everybody, day) & reached) for task in tasks]
    return Prospect(
        entries,
        tasks=[task for task, _units in owing],
        loads=Counter(unit for _task, units in owing for unit in units),
        unowned=[task for task, units in owing if not units],
        unknown=[line for line in directive.addressees.all() if gets_work(line) and not _is_known(line)],
        code=directive.code or _next_code(directive, day),
    )


def gets_work(line) -> bool:
    """Whether a line of Kính gửi or Nơi nhận, kept or typed, gives its unit the tasks."""
    acts = line.purpose in (Purpose.ACT, Purpose.COORDINATE)
    return acts and not fold(line.text).startswith(_LIKE_ABOVE)


def _is_known(line):
    return bool(line.unit_id or line.group_id)


def _owing(task, everybody, day):
    """The units that owe a task: those it names; all who act too, unless it names who leads."""
    lines = task.units.all()
    named = {unit.pk for line in lines for unit in distribution.units_of(line, day)}
    return named if any(line.duty == Duty.LEAD for line in lines) else named | everybody


def _next_code(directive, day):
    if directive.number:
        return register.code(directive.number, directive.notation, directive.notation_style)
    book = directive.register or register.register_for(directive.issuer, directive.kind)
    if book is None:
        return ""
    try:
        number = register.printed(register.peek(book, day))
    except Incomplete:
        return ""
    return register.code(number, directive.notation, book.notation)
