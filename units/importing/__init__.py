"""Taking in units and people from tables: rows → verdicts → one transaction.

`examine` reads and judges and writes nothing; it lists every bad row, not only the first. `carry_out` writes
all of it or nothing, through the verbs of `structure` and `accounts`. Running the same tables again changes
nothing: a unit is known by its code, a person by the user name.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from units import accounts, events
from units.errors import Incomplete
from units.models import User

from . import people as people_part
from . import units as units_part
from .lines import Line, Verdict
from .tables import tabulate

__all__ = ["Line", "Plan", "Taken", "Verdict", "carry_out", "columns", "examine"]


@dataclass
class Plan:
    """What the tables would do, line by line."""

    units: list[Line] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return self.units + self.people

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.verdict == Verdict.BAD]

    def count(self, verdict) -> int:
        return sum(line.verdict == verdict for line in self.lines)

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(verdict.label, self.count(verdict)) for verdict in Verdict]

    @property
    def new_accounts(self) -> list[str]:
        """The user names that get an account, once each, in the order of the table."""
        return list(dict.fromkeys(line.data["username"] for line in self.people if line.makes_account))


@dataclass(frozen=True)
class Taken:
    """What was written. The passwords are in memory only and are shown once: user name → text."""

    plan: Plan
    passwords: dict[str, str] = field(repr=False)

    @property
    def accounts(self) -> list[tuple[User, str]]:
        users = User.objects.in_bulk(list(self.passwords), field_name="username")
        return [(users[name], text) for name, text in self.passwords.items()]


def columns() -> list[tuple[str, list[str]]]:
    """The tables and the headers they may have, for people who make one; the ones they need come marked."""
    parts = ((_("Bảng đơn vị"), units_part.COLUMNS), (_("Bảng người"), people_part.COLUMNS))
    return [(title, [f"{c.label}{' *' if c.required else ''}" for c in columns]) for title, columns in parts]


def examine(units=None, people=None) -> Plan:
    """Judge tables of rows (`spreadsheet.read`). Six queries; raises Refused when a table has no header."""
    plan = Plan()
    if units is not None:
        table = tabulate(units, units_part.COLUMNS)
        plan.units = units_part.judge(table)
        plan.ignored += table.ignored
    if people is not None:
        table = tabulate(people, people_part.COLUMNS)
        plan.people = people_part.judge(table, coming={line.key for line in plan.units})
        plan.ignored += table.ignored
    return plan


def carry_out(plan: Plan, *, by) -> Taken:
    """Write the plan in one transaction. Raises Incomplete, and writes nothing, while any line is bad.

    Costs one Argon2 hash per new account (before the transaction) and a bulk statement per 500 units.
    """
    if plan.bad:
        raise Incomplete(_("Chưa nhập gì: bảng còn %(count)d dòng lỗi.") % {"count": len(plan.bad)})
    given = {name: accounts.given_password() for name in plan.new_accounts}
    with transaction.atomic():
        events.lock()
        units_part.write(plan.units, by=by)
        people_part.write(plan.people, by=by, given=given)
    return Taken(plan, {name: password.text for name, password in given.items()})
