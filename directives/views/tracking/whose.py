"""Whose of a unit's work is looked at: the whole unit's, one's own, one person's, what nobody was given (`?nguoi=`)."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import urlencode

from directives import compliance, rules
from directives.compliance import Tally
from units import clock
from units.numerals import natural

FIELD, MINE, NOBODY = "nguoi", "toi", "chua-giao"
PERSON = ("assignee_id", "assignee__full_name", "assignee__post", "assignee__username")


@dataclass(frozen=True)
class Person:
    """Somebody who was given work of the unit, and how much of it is not done."""

    word: str
    name: str
    unfinished: int


@dataclass(frozen=True)
class Whose:
    """What the address asks for. `word` is empty for the whole unit."""

    word: str
    person_id: int | None = None

    @property
    def which(self) -> Q:
        return Q(assignee_id=self.person_id) if self.word else Q()

    @property
    def query(self) -> str:
        """To be carried on in every link of the page."""
        return f"{urlencode({FIELD: self.word})}&" if self.word else ""


def whose(request) -> Whose:
    word = request.GET.get(FIELD, "")
    if word == MINE:
        return Whose(MINE, request.user.pk)
    if word == NOBODY:
        return Whose(NOBODY)
    return Whose(word, natural(word)) if natural(word) else Whose("")


class Shares:
    """The tally of a unit's work, by whom it was given to. One query."""

    def __init__(self, user, owed):
        self.user = user
        self.found = compliance.grouped(owed, clock.today(), *PERSON)

    def tally(self, asked: Whose) -> Tally:
        wanted = [one for key, one in self.found.items() if not asked.word or key[0] == asked.person_id]
        return sum(wanted, Tally())

    @property
    def mine(self) -> int:
        return _unfinished(self.tally(Whose(MINE, self.user.pk)))

    @property
    def all(self) -> int:
        return _unfinished(self.tally(Whose("")))

    @property
    def people(self) -> list[Person]:
        """For the head: who was given how much, and what nobody was; those with nothing left stand in no list."""
        if not rules.units_answered_for(self.user):
            return []
        given = [
            Person(str(pk) if pk else NOBODY, full_name or post or username or "", _unfinished(one))
            for (pk, full_name, post, username), one in self.found.items()
        ]
        return sorted(
            (one for one in given if one.unfinished), key=lambda one: (one.word == NOBODY, one.name)
        )


def _unfinished(tally) -> int:
    return tally.open + tally.paused
