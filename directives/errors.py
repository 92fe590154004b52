"""Refusals of the directives' verbs: the same family as everywhere in the portal."""

from units.errors import Incomplete, NotAllowed, Refused, Stale, WrongState

__all__ = ["Incomplete", "NotAllowed", "Refused", "Stale", "WrongState"]
