"""Texts cut off, shuffled, taken apart, in capitals, with flipped bytes: no exception, no hang, every span inside.

`make test-long` breaks them at the full counts; with CORPUS set to a folder, its texts too.
"""

import os
import random
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .samples import ALL, ARTICLE, LETTER
from .shapes import SHAPES
from .test_properties import check

FEW, FULL = 8, 200
# Ample for the longest text on a slow machine; whatever hangs takes minutes.
SECONDS = 3
OWN = (
    {"the letter": LETTER, "the article": ARTICLE}
    | {f"sample {at}": text for at, text in enumerate(ALL[2:])}
    | SHAPES
)
CORPUS = os.environ.get("CORPUS")
FOREIGN = (
    {path.stem: path.read_text("utf-8") for path in sorted(Path(CORPUS).glob("*.txt"))} if CORPUS else {}
)
TEXTS = OWN | FOREIGN

Damage = Callable[[str, random.Random], str]


def cut_off(text: str, draw: random.Random) -> str:
    return text[: draw.randrange(len(text))]


def cut_in(text: str, draw: random.Random) -> str:
    return text[draw.randrange(len(text)) :]


def shuffled(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    draw.shuffle(lines)
    return "\n".join(lines)


def flipped(text: str, draw: random.Random) -> str:
    """One byte in fifty, as a bad disk or a wrong decoding leaves it."""
    content = bytearray(text.encode())
    for at in draw.sample(range(len(content)), max(1, len(content) // 50)):
        content[at] ^= 1 << draw.randrange(8)
    return content.decode(errors="replace")


def taken_apart(text: str, draw: random.Random) -> str:
    return cut_off(unicodedata.normalize("NFD", text), draw)


def in_capitals(text: str, draw: random.Random) -> str:
    return cut_off(text.upper(), draw)


DAMAGES = (cut_off, cut_in, shuffled, flipped, taken_apart, in_capitals)


def broken(text: str, damage: Damage, times: int) -> Iterator[str]:
    """The text damaged so often, the same on every run."""
    draw = random.Random(damage.__name__)
    return (damage(text, draw) for _ in range(times))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", OWN)
def test_a_damaged_text_is_read(name, damage):
    read(broken(TEXTS[name], damage, FEW))


@pytest.mark.long
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_damaged_text_is_read_however_often(name, damage):
    read(broken(TEXTS[name], damage, FULL))


@pytest.mark.parametrize(
    "form",
    [str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)],
    ids=["as given", "upper", "lower", "NFD"],
)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_another_form_is_read(name, form):
    read([form(TEXTS[name])])


def read(texts) -> None:
    for text in texts:
        began = time.process_time()
        check(text)
        assert time.process_time() - began < SECONDS
