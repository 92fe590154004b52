"""The numbers that Word counts by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.extraction.word.numbering import Numbering, number
from directives.extraction.word.package import Tree
from directives.extraction.word.styles import ListPlace, Styles

from .word_files import num, pattern, whole


def tree(xml):
    built = Tree()
    built.feed(xml.encode())
    return built.close()


def labels(numbering, *places, styles=None):
    counted = Numbering(tree(whole("numbering", numbering)), styles or Styles(None))
    return [counted.label(ListPlace(str(list_id), level)) for list_id, level in places]


OFFICIAL = pattern(0, "upperRoman:%1.", "decimal:%2.", "lowerLetter:%3)") + num(1, 0)


def test_levels_of_a_directive_restart_under_each_heading():
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (1, 2)]
    assert labels(OFFICIAL, *places) == ["I.", "1.", "2.", "a)", "b)", "II.", "1.", "a)"]


def test_a_number_holds_the_ones_above_it():
    written = pattern(0, "decimal:%1.", "decimal:%1.%2.") + num(1, 0)
    assert labels(written, (1, 0), (1, 1), (1, 0), (1, 1), (1, 1)) == ["1.", "1.1.", "2.", "2.1.", "2.2."]


def test_legal_numbers_are_digits_at_every_level():
    written = pattern(0, "upperRoman:%1.", "decimal:%1.%2:<w:isLgl/>") + num(1, 0)
    assert labels(written, (1, 0), (1, 0), (1, 1)) == ["I.", "II.", "2.1"]


def test_words_around_the_number_are_kept():
    assert labels(pattern(0, "decimal:Điều %1.") + num(1, 0), (1, 0), (1, 0)) == ["Điều 1.", "Điều 2."]


def test_lists_on_one_pattern_go_on_unless_one_says_where_it_starts():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    written = pattern(0, "decimal:%1.") + num(1, 0) + num(2, 0) + num(3, 0, override)
    assert labels(written, (1, 0), (2, 0), (3, 0), (3, 0)) == ["1.", "2.", "5.", "6."]


def test_a_level_that_never_restarts_counts_through():
    written = pattern(0, "decimal:%1.", 'lowerLetter:%2):<w:lvlRestart w:val="0"/>') + num(1, 0)
    assert labels(written, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1.", "a)", "2.", "b)"]


@pytest.mark.parametrize(
    ("sign", "mark"), [("-", "-"), ("–", "-"), ("+", "+"), ("\uf0b7", "•"), ("", "-"), ("o", "•")]
)
def test_bullets(sign, mark):
    assert labels(pattern(0, f"bullet:{sign}") + num(1, 0), (1, 0)) == [mark]


def test_a_pattern_may_point_to_a_list_style():
    styles = Styles(
        tree(
            '<styles><style styleId="L" type="numbering"><pPr><numPr><numId val="1"/></numPr></pPr></style></styles>'
        )
    )
    linked = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>' + num(2, 9)
    assert labels(OFFICIAL + linked, (2, 0), (2, 1), styles=styles) == ["I.", "1."]


def test_an_unknown_list_or_level_shows_nothing():
    assert labels(OFFICIAL, (7, 0), (1, 12)) == ["", ""]


def test_forms():
    written = [
        number(4, form)
        for form in ("decimal", "upperRoman", "lowerRoman", "lowerLetter", "decimalZero", "none")
    ]
    assert written == ["4", "IV", "iv", "d", "04", ""]
    assert [number(n, "lowerLetter") for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]


@given(st.integers(-10, 10**7), st.sampled_from(["upperRoman", "lowerLetter", "decimalZero", "chicago"]))
def test_a_number_is_short_whatever_was_counted(count, form):
    assert len(number(count, form)) <= 21
