"""Two clerks on one draft: whatever each changes, nothing that only one of them touched is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from directives.drafting import AddresseeRow, Draft, TaskRow, marks_of, merged

BASE = Draft(
    columns={"title": "Trích yếu", "place": "Quảng Ngãi", "number": ""},
    tasks=[TaskRow(pk=pk, label=str(pk), text=f"Việc {pk}") for pk in range(1, 5)],
    addressees=[AddresseeRow(text="Các phòng")],
    citations=[],
    opening="Mở",
    closing="Kết",
)


def changed(draft, changes):
    """What one clerk does: (part, new words) for columns, passages and tasks; None removes a task."""
    for part, words in changes.items():
        if part in draft.columns:
            draft = replace(draft, columns={**draft.columns, part: words or ""})
        elif part in ("opening", "closing"):
            draft = replace(draft, **{part: words or ""})
        else:
            rows = [replace(row, text=words or "") if row.pk == part else row for row in draft.tasks]
            draft = replace(draft, tasks=[row for row in rows if words is not None or row.pk != part])
    return draft


changes = st.dictionaries(
    st.sampled_from(["title", "place", "opening", "closing", 1, 2, 3, 4]),
    st.none() | st.text("abc ", min_size=1, max_size=4),
)


@given(changes, changes)
def test_each_touch_of_one_stays_and_where_both_touched_the_second_is_shown(first, second):
    current, typed = changed(BASE, first), changed(BASE, second)
    touched = {part for part in second if changed(BASE, {part: second[part]}) != BASE}
    expected = changed(current, {part: second[part] for part in second if part in touched})
    result = merged(current, typed, marks_of(BASE))
    assert (result.columns, result.opening, result.closing) == (
        expected.columns,
        expected.opening,
        expected.closing,
    )
    # What the first removed and the second worked on comes back as the second has it.
    revived = {part for part in touched if first.get(part, "") is None and second[part] is not None}
    texts = {row.pk: row.text for row in result.tasks}
    assert texts == {row.pk: row.text for row in expected.tasks} | {
        part: second[part] for part in revived if isinstance(part, int)
    }


def test_a_task_the_other_added_stands_where_it_was_added():
    added = TaskRow(pk=9, text="Việc thêm")
    current = replace(BASE, tasks=[*BASE.tasks[:2], added, *BASE.tasks[2:]])
    typed = changed(BASE, {1: "Sửa"})
    assert [row.pk for row in merged(current, typed, marks_of(BASE)).tasks] == [1, 2, 9, 3, 4]


def test_a_new_row_of_ones_own_stays_and_so_do_lists_the_other_changed():
    current = replace(BASE, addressees=[*BASE.addressees, AddresseeRow(text="Thanh tra")])
    typed = replace(BASE, tasks=[*BASE.tasks, TaskRow(text="Việc mới")])
    result = merged(current, typed, marks_of(BASE))
    assert [row.text for row in result.tasks][-1] == "Việc mới"
    assert [row.text for row in result.addressees] == ["Các phòng", "Thanh tra"]


def test_without_marks_everything_typed_counts():
    typed = changed(BASE, {"title": "Của tôi"})
    current = changed(BASE, {"place": "Nơi khác"})
    assert merged(current, typed, {}).columns == typed.columns
