"""Every pattern of the package, on its own, against long stretches of what it looks for: linear, whatever is pasted."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from directives import parsing
from tests.counts import LONG
from units.naming import plain_letters

SIZE, PART = 100_000 if LONG else 50_000, 4
# Of one letter a quarter is enough: whatever is quadratic begins anew at each.
LETTERS = SIZE if LONG else SIZE // 2
# So fast no pattern is that is not linear, in seconds for a letter. On a slow machine it must show it: of a text so many
# times as long it may take twice as many times as long, where a quadratic one takes as many times more again.
PACE, GROWTH = 5e-6, 2 * PART
SCRAPS = [
    "1",
    ".",
    " ",
    "(",
    "\n",
    "a",
    "ngày tháng năm ",
    "Số: 1/",
    "Nơi nhận: ",
    "Sở A, ",
    "phối hợp với ",
    "trước ngày 1/1/",
]
MORE = [
    "9.", "1.1.", "0/", ")", "-", "–", "|", "\t", "_", ":", ";", ",", "Đ", "01/01/", "quý IV/", "12-KH/TU ", "KH/", "Điều 1. ", "a) ", "I. ",
    "Kính gửi: ", "Lưu: VT", "TM. ", "KT. CHỦ TỊCH ", "Giao Sở A ", "các Sở: ", "Đơn vị chủ trì: ", "Chủ trì: a", "; ", "\n a", "hoàn thành ",
    "trong vòng 5 ngày ", "báo cáo ", "hằng năm ", "của ", "ban hành ", "Luật ", "Quyết định số ", "Căn cứ ", "(a) , ", "x   ", "Aa ", "AA ",
    "**", "\\", "e\u0301", "<br>", "\u00a0", "\u2028", "ngày 1 tháng 1 năm ",
]  # fmt: skip


def compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of all modules, also those kept in tuples and tables."""
    for info in pkgutil.iter_modules(parsing.__path__, f"{parsing.__name__}."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for at, pattern in enumerate(_patterns(value)):
                yield f"{info.name.rpartition('.')[2]}.{name}.{at}", pattern


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _patterns(part)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


PATTERNS = dict(compiled())


def test_a_pattern_that_is_not_linear_is_found_out():
    assert not grows_evenly(re.compile(r"a*b"), "a" * 10_000)
    assert grows_evenly(re.compile(r"a{1,99}b"), "a" * 10_000)


@pytest.mark.parametrize(
    ("pattern", "scrap"),
    [(r"Nơi nhận:.*\n", "Nơi nhận: "), (r"Sở [^;]*;", "Sở A, "), (r"a*b", "a"), (r"\d+\.", "1")],
)
def test_the_bait_finds_it_out(pattern, scrap):
    """By how its time grows, which no machine is too fast for."""
    assert scrap in SCRAPS
    assert not grows_evenly(re.compile(pattern), scrap * (10_000 // len(scrap)))


def test_whatever_is_not_fast_must_grow_evenly():
    check(re.compile(r"a{1,99}b"), ["a"], pace=0)
    with pytest.raises(AssertionError, match="^a\n"):
        check(re.compile(r"a*b"), ["a"], pace=0)


def test_patterns_are_found():
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name):
    check(PATTERNS[name], SCRAPS)


@pytest.mark.long
@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear_in_whatever_it_looks_for(name):
    check(PATTERNS[name], MORE)


def check(pattern: re.Pattern[str], scraps: list[str], pace: float = PACE) -> None:
    """Patterns in plain letters get their bait so."""
    for scrap in scraps:
        bait = scrap * ((SIZE if len(scrap) > 1 else LETTERS) // len(scrap))
        text = plain_letters(bait) if pattern.pattern.isascii() else bait
        assert spent(pattern, text) < pace * len(text) or grows_evenly(pattern, text), scrap


def grows_evenly(pattern: re.Pattern[str], text: str) -> bool:
    """By the best of five, as whatever else runs only makes it slower; turn by turn, as a shared machine changes its pace."""
    turns = [(spent(pattern, text), spent(pattern, text[: len(text) // PART])) for _ in range(5)]
    whole, part = map(min, zip(*turns, strict=True))
    return whole < GROWTH * part


def spent(pattern: re.Pattern[str], text: str) -> float:
    """Seconds of the processor, since tests share the machine."""
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began
