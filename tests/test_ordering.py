"""Item numbers: what stands out of turn is named, and counting anew keeps the style of each list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.drafting import out_of_turn, renumbered

FLAT = [0] * 9


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["1", "2", "3"], []),
        (["1", "3", "7"], []),  # items between that give no work
        (["1", "1", "3"], [1]),
        (["1", "3", "5", "4"], [3]),
        (["1", "2", "3", "1", "2"], []),  # the next part counts from 1 again
        (["1", "2", "3", "2"], [3]),
        (["I", "II", "III"], []),
        (["I", "III", "II"], [2]),
        (["a", "b", "d", "đ", "e"], []),
        (["h", "i", "k"], []),
        (["2.1", "2.2", "2.2"], [2]),
        (["Điều 3", "Điều 5", "Điều 4"], [2]),
        (["-", "-", "", "+"], []),
        (["1", "", "2"], []),
    ],
)
def test_a_number_out_of_turn_is_found(labels, found):
    assert list(out_of_turn(labels, FLAT[: len(labels)])) == found


def test_sisters_are_counted_by_themselves():
    assert out_of_turn(["I", "1", "2", "II", "1", "2"], [0, 1, 1, 0, 1, 1]) == {}
    assert list(out_of_turn(["I", "1", "1", "II", "1", "2"], [0, 1, 1, 0, 1, 1])) == [2]


@pytest.mark.parametrize(
    ("labels", "levels", "counted"),
    [
        (["1", "3", "5", "4"], [0, 0, 0, 0], ["1", "2", "3", "4"]),
        (["1", "", "3"], [0, 0, 0], ["1", "2", "3"]),
        (["II", "b", "c", "I"], [0, 1, 1, 0], ["I", "a", "b", "II"]),
        (["2.1", "2.5"], [0, 0], ["2.1", "2.2"]),
        (["Điều 2", "Điều 9"], [0, 0], ["Điều 1", "Điều 2"]),
        (["-", "-"], [0, 0], ["-", "-"]),
    ],
)
def test_counting_anew_keeps_the_style(labels, levels, counted):
    assert renumbered(labels, levels) == counted


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "7", "I", "IV", "a", "đ", "B", "2.3", "Điều 4", "-", "", "xx"]),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_what_was_counted_anew_stays_and_stands_in_turn(rows):
    labels, levels = [label for label, _ in rows], [level for _, level in rows]
    counted = renumbered(labels, levels)
    assert out_of_turn(counted, levels) == {}
    assert renumbered(counted, levels) == counted
    assert len(counted) == len(labels)
