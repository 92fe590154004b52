"""Files that attack whoever reads them, each built by a function that is named for its attack.

A builder writes one file and knows where it lies, what it must not write and whom it must not call.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

READ = ""


@dataclass(frozen=True)
class Place:
    """Where a builder writes its file; `canary` is a file that nobody may write, `url` an address nobody may call."""

    path: Path
    canary: Path
    url: str


@dataclass(frozen=True)
class Attack:
    """`words`: the refusals that answer it; `READ` where its text is harmless. `name` is that of the upload.

    What is `costly` takes seconds and is read at the full counts alone.
    """

    name: str
    words: tuple[str, ...]
    build: Callable[[Place], None]
    costly: bool


ATTACKS: dict[str, Attack] = {}


def attack(
    name: str, *words: str, costly: bool = False
) -> Callable[[Callable[[Place], None]], Callable[[Place], None]]:
    """Lists a builder as an attack by a file of this name."""

    def listed(build: Callable[[Place], None]) -> Callable[[Place], None]:
        assert build.__name__ not in ATTACKS, f"two attacks are called {build.__name__}"
        ATTACKS[build.__name__] = Attack(name, words or (READ,), build, costly)
        return build

    return listed
