"""When a person leaves a unit or the house: the floors above say what they hold, and take it back.

This floor knows nothing of work; whoever does registers here, when the portal starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.dispatch import Signal

# Sent with `user` and `by`, in the transaction of the act by which a role, or the account, has come to its end.
left = Signal()


@dataclass(frozen=True)
class Holding:
    """What a person holds, in words, and the page on which it is handed over, if it is."""

    words: str
    url: str = ""


_sayers: list[Callable[..., list[Holding]]] = []


def register(sayer: Callable[..., list[Holding]]) -> None:
    """`sayer(user)` tells what the person holds."""
    if sayer not in _sayers:
        _sayers.append(sayer)


def holdings(user) -> list[Holding]:
    """Everything the person holds, whoever says so."""
    return [one for sayer in _sayers for one in sayer(user)]
