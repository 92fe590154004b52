"""Files made to break whoever reads them: each is refused with a sentence or read, at a cost that a server bears.

Their way is that of every upload, and what it costs is measured: the processor and the memory of the child, the
memory of the process that asked, connections, files. No database answers otherwise, so one is enough.
"""

import re
import resource
import socket
import tempfile
import time
from pathlib import Path

import pytest
from django.core.files import File

from directives import files, texts
from directives.apart import MB, ROOT
from directives.errors import Incomplete

from .hostile import ATTACKS, READ, Attack, Place, others, pdfs, words, zips

pytestmark = pytest.mark.walk

SECONDS, WALL_SECONDS, CHILD, GROWN = 10, 30, 512 * MB, 100 * MB
CANARY = "written-by-a-hostile-file"
READ_HERE = {extension for kind in texts.READABLE for extension in kind.extensions}


@pytest.fixture(scope="module")
def listener():
    """An address on this machine that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def place(tmp_path, listener, monkeypatch):
    """Files of the way in lie in `temp`; whatever else appears beside it was written by a hostile file."""
    for name in ("temp", "outside"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    return Place(tmp_path / "sent", tmp_path / "outside" / CANARY, url)


def test_the_kinds_are_many():
    assert len(ATTACKS) >= 60
    assert {one.__name__ for one in (others, pdfs, words, zips)} == {
        one.build.__module__ for one in ATTACKS.values()
    }


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] if one.costly else []) for name, one in ATTACKS.items()],
)
def test_a_hostile_file_is_refused_or_contained(name, place, listener):
    attack = ATTACKS[name]
    attack.build(place)
    before = files_below(place)
    cost = Cost()
    answer = sent(attack, place.path)
    cost.check()
    assert any(
        answer == READ if word == READ else sentence(word, attack) in answer for word in attack.words
    ), answer
    assert files_below(place) == before
    assert not [folder for folder in beside(place) if (folder / CANARY).exists()]
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_cost_beyond_its_limit_is_told():
    """A measure that never bites is no measure."""
    cost = Cost()
    held = bytearray(GROWN + 50 * MB)
    with pytest.raises(AssertionError, match="grew"):
        cost.check()
    assert held


# --- Sending -----------------------------------------------------------------------------------


def sent(attack: Attack, path: Path) -> str:
    """What the sender is told; `READ` where the file was taken."""
    with path.open("rb") as content:
        upload = File(content, name=attack.name)
        try:
            if Path(files.clean_name(attack.name)).suffix in READ_HERE:
                assert texts.text_of(upload).text.strip()
            else:
                files.admit(upload)
        except Incomplete as refused:
            return str(refused.fields["file"])
    return READ


def sentence(word: str, attack: Attack) -> str:
    """The sentence of a refusal, or for plain texts the word of it that says which."""
    told = texts._SENTENCES.get(word) or files._SENTENCES.get(word)
    return str(told).split("%(")[-1].partition(")s")[2] if told else word


# --- Measuring ---------------------------------------------------------------------------------


class Cost:
    """What the way in costs from here on: of this process and of the children that it has waited for."""

    def __init__(self):
        Path("/proc/self/clear_refs").write_text("5")  # forgets the highest memory of this process so far
        self.memory, self.at = highest(), time.monotonic()
        self.processor, self.largest_child = spent(), largest_child()

    def check(self):
        assert spent() - self.processor < SECONDS
        assert time.monotonic() - self.at < WALL_SECONDS
        assert highest() - self.memory <= GROWN, f"grew by {(highest() - self.memory) // MB} MB"
        # The largest of all children is known, and each begins as a copy of this process.
        assert largest_child() <= max(CHILD, self.largest_child, highest())


def highest() -> int:
    """The most memory that this process has held, in bytes."""
    return 1024 * int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def largest_child() -> int:
    return 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def spent() -> float:
    """Seconds of the processor."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def files_below(place: Place) -> set[Path]:
    return {path for path in place.path.parent.rglob("*") if not path.is_dir()}


def beside(place: Place) -> set[Path]:
    """Every folder that a climbing name could reach."""
    return {
        *place.canary.parents,
        *(place.path.parent / "temp" / "a").parents,
        ROOT,
        *ROOT.parents,
        Path.cwd(),
    }
