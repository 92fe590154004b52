"""The rows of the drafting screen: moved, cut and joined, and never a word of them lost."""

from collections import Counter

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directives import drafting
from directives.drafting.paper import END_MARK
from directives.forms.cutting import cut, joined
from directives.forms.rows import rearranged
from tests.drafting_world import World, desk_url, fields_of, work


def sent(rows, **others):
    data = QueryDict(mutable=True)
    data.update({"task-count": str(len(rows))} | others)
    for at, row in enumerate(rows):
        data.update({f"task-{at}-{name}": value for name, value in row.items()})
    return data


def rows_of(data):
    return [
        {name.split("-", 2)[2]: data[name] for name in data if name.startswith(f"task-{at}-")}
        for at in range(int(data["task-count"]))
    ]


def values(data, field):
    return [row.get(field, "") for row in rows_of(data)]


class TestSplit:
    def test_each_paragraph_becomes_a_row_of_the_same_units_and_day(self):
        row = {
            "pk": "7",
            "label": "2",
            "level": "1",
            "text": "Rà soát.\r\n\r\n  Báo cáo.\r\nLưu hồ sơ.",
            "leads": "Thanh tra Sở",
            "due_on": "31/5/2030",
            "deliverable": "Báo cáo",
        }
        data = rearranged(sent([row]), "task-split-0")
        assert values(data, "text") == ["Rà soát.", "Báo cáo.", "Lưu hồ sơ."]
        assert values(data, "label") == ["2", "", ""]
        assert values(data, "pk") == ["7", "", ""]
        assert values(data, "level") == ["1"] * 3
        assert values(data, "leads") == ["Thanh tra Sở"] * 3
        assert values(data, "due_on") == ["31/5/2030"] * 3
        assert values(data, "deliverable") == ["Báo cáo", "", ""]

    def test_at_the_cursor_where_it_stands_within_the_text(self):
        data = sent([{"text": "Một\r\nhai ba bốn"}], at="8")
        assert values(rearranged(data, "task-split-0"), "text") == ["Một\nhai", "ba bốn"]

    @pytest.mark.parametrize("at", ["", "0", "999", "-1", "²", "9" * 40])
    def test_a_cursor_at_an_edge_or_nonsense_leaves_the_paragraphs(self, at):
        assert values(rearranged(sent([{"text": "Một\nhai"}], at=at), "task-split-0"), "text") == [
            "Một",
            "hai",
        ]

    def test_one_paragraph_or_none_stays_one_row(self):
        for text in ("Một câu.", "", " \r\n "):
            assert len(rows_of(rearranged(sent([{"text": text}]), "task-split-0"))) == 1

    def test_what_hung_under_the_row_hangs_under_its_last_part(self):
        rows = [{"text": "A\nB", "level": "0"}, {"text": "con", "level": "1"}]
        data = rearranged(sent(rows), "task-split-0")
        assert list(zip(values(data, "text"), values(data, "level"), strict=True)) == [
            ("A", "0"),
            ("B", "0"),
            ("con", "1"),
        ]

    def test_never_more_rows_than_a_page_holds(self):
        rows = [{"text": "A\nB"}] + [{"text": "x"}] * 999
        assert len(rows_of(rearranged(sent(rows), "task-split-0"))) == 1000


class TestMerge:
    def test_texts_units_and_what_hangs_under_both_come_together(self):
        rows = [
            {
                "label": "1",
                "level": "0",
                "text": "Rà soát.",
                "leads": "Thanh tra Sở",
                "supports": "Văn phòng",
            },
            {"level": "1", "text": "con một"},
            {"label": "2", "level": "0", "text": "Báo cáo.", "leads": "thanh tra sở; Phòng KT", "pk": "9"},
            {"level": "1", "text": "con hai"},
        ]
        data = rearranged(sent(rows), "task-merge-2")
        assert values(data, "text") == ["Rà soát.\nBáo cáo.", "con một", "con hai"]
        assert values(data, "level") == ["0", "1", "1"]
        assert values(data, "leads")[0] == "Thanh tra Sở; Phòng KT"
        assert values(data, "supports")[0] == "Văn phòng"
        assert values(data, "label")[0] == "1"

    def test_a_sentence_that_had_been_cut_goes_on_in_its_line(self):
        assert joined({"text": "Rà soát các"}, {"text": "văn bản."})["text"] == "Rà soát các văn bản."

    def test_of_two_deadlines_the_upper_stays_and_the_other_is_said_beside_it(self):
        one = joined(
            {"text": "A", "due_on": "31/5/2030", "due_text": "trước ngày 31/5/2030"},
            {"text": "B", "due_on": "30/6/2030", "recurrence": "monthly"},
        )
        assert one["due_on"] == "31/5/2030"
        assert one["due_text"] == "trước ngày 31/5/2030; 30/6/2030"
        assert one["recurrence"] == "monthly"

    def test_a_deadline_only_the_lower_has_is_the_deadline(self):
        assert (
            joined({"text": "A", "due_on": ""}, {"text": "B", "due_on": "30/6/2030"})["due_on"] == "30/6/2030"
        )

    def test_a_heading_joined_to_a_task_is_a_task(self):
        heading, task = {"text": "I", "is_heading": "on"}, {"text": "Rà soát."}
        assert "is_heading" not in joined(heading, task)
        assert joined(heading, {"text": "II", "is_heading": "on"})["is_heading"] == "on"
        assert joined({"text": ""}, heading)["is_heading"] == "on", "a blank row says nothing"

    @pytest.mark.parametrize("at", [0, 1])
    def test_without_a_sister_above_nothing_happens(self, at):
        rows = [{"text": "A", "level": "0"}, {"text": "con", "level": "1"}]
        assert rows_of(rearranged(sent(rows), f"task-merge-{at}")) == rows


TEXTS = st.text(alphabet="aBđ .;\n", max_size=12)
ROWS = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "level": st.sampled_from("012"),
        "label": st.sampled_from(["1", "a", "II"]),
        "leads": st.sampled_from(["Sở A", "sở a; Phòng B", "C; D"]),
        "due_on": st.sampled_from(["31/5/2030", "30/6/2030"]),
        "due_text": st.sampled_from(["quý II", "trong 5 ngày"]),
        "undated_reason": st.sampled_from(["Thường xuyên", "Không nêu"]),
        "deliverable": st.sampled_from(["Báo cáo", "Kế hoạch"]),
    },
)
ACTS = st.tuples(
    st.sampled_from(["up", "down", "in", "out", "remove-no", "split", "merge", "renumber"]),
    st.integers(0, 5),
    st.integers(0, 12),
)


def letters(data):
    return Counter("".join("".join(values(data, "text")).split()))


def names(data, *fields):
    found = ";".join(value for field in fields for value in values(data, field))
    return {name.strip().casefold() for name in found.split(";")} - {""}


@given(st.lists(ROWS, max_size=5), st.lists(ACTS, max_size=8))
def test_no_sequence_of_steps_loses_a_word(rows, acts):
    data = sent(rows)
    before, said = letters(data), {f: names(data, f) for f in ("leads", "undated_reason", "deliverable")}
    days = names(data, "due_on", "due_text")
    for verb, at, cursor in acts:
        data["at"] = str(cursor)
        data = rearranged(data, f"task-{verb}-{at}")
    assert letters(data) == before
    assert {field: names(data, field) for field in said} == said
    assert names(data, "due_on", "due_text") == days


@given(TEXTS, st.integers(0, 14))
def test_what_is_cut_and_joined_again_says_the_same(text, at):
    parts = cut({"text": text}, at)
    whole = parts[0]
    for part in parts[1:]:
        whole = joined(whole, part)
    assert "".join(whole["text"].split()) == "".join(text.split())


@pytest.mark.django_db
class TestOnThePaper:
    @pytest.fixture
    def world(self):
        return World()

    @pytest.fixture
    def clerk(self, world, client):
        client.force_login(world.clerk)
        return client

    def words(self, draft):
        draft.refresh_from_db()
        return Counter(draft.body.replace(END_MARK, " ").split())

    def press(self, client, draft, act, **changes):
        """The button of a row, then the save of what it gave."""
        data = fields_of(work(client, draft, act, **changes))
        answer = client.post(desk_url(draft), data | {"act": "save"})
        assert answer.status_code == 302
        draft.refresh_from_db()

    def test_a_task_that_is_cut_is_printed_once_and_in_its_place(self, clerk, world):
        draft = world.draft()
        before, text = self.words(draft), draft.tasks.get(label="2").text
        at = text.index(" ", 40)
        self.press(clerk, draft, "task-split-1", at=str(at))
        assert self.words(draft) == before
        assert [task.label for task in draft.tasks.all()] == ["1", "2", "", "3", "4"]
        assert f"2. {text[:at]}\n\n{text[at + 1 :]}" in draft.body
        for task in draft.tasks.all():
            assert task.text in draft.body[task.span_start : task.span_end]

    def test_joined_tasks_are_printed_once(self, clerk, world):
        draft = world.draft()
        before = self.words(draft)
        self.press(clerk, draft, "task-merge-2")
        assert before - self.words(draft) == Counter(["3."])
        assert self.words(draft) - before == Counter()
        assert [task.label for task in draft.tasks.all()] == ["1", "2", "4"]

    def test_a_part_whose_words_stand_elsewhere_too_stays_behind_its_task(self, clerk, world):
        draft = world.draft()
        part = "một số nội dung"
        assert part in draft.body, "the opening says it already"
        text = draft.tasks.get(label="1").text
        draft.tasks.filter(label="1").update(text=f"{text} {part}")
        first = draft.tasks.get(label="1")
        draft.body = draft.body.replace(text, first.text, 1)
        draft.save()
        grown = len(part) + 1
        for task in draft.tasks.all():
            task.span_start += grown if task.label != "1" else 0
            task.span_end += grown
            task.save()
        self.press(clerk, draft, "task-split-0", at=str(len(text)))
        assert f"{text}\n\n{part}\n" in draft.body

    @pytest.mark.parametrize(("act", "last"), [("task-split-1", "Báo cáo kết quả."), ("task-merge-1", None)])
    def test_the_end_mark_stays_at_the_end(self, clerk, world, act, last):
        text = "Kính gửi: Thanh tra Sở\n\nSở yêu cầu:\n\n1. Tổ chức rà soát các văn bản.\n\n2. Xây dựng kế hoạch năm 2030./.\n"
        draft = world.draft(text)
        assert draft.body.endswith("2030./.")
        changes = {"task-1-text": f"Xây dựng kế hoạch năm 2030.\n{last}"} if last else {}
        self.press(clerk, draft, act, **changes)
        assert draft.body.count(END_MARK) == 1
        assert draft.body.endswith(f"{last}{END_MARK}" if last else f"năm 2030{END_MARK}")

    def test_two_savings_of_a_split_and_a_merge_give_the_first_paper_back(self, clerk, world):
        draft = world.draft()
        before, text = draft.body, draft.tasks.get(label="2").text
        self.press(clerk, draft, "task-split-1", at=str(text.index(" ", 40)))
        self.press(clerk, draft, "task-merge-2")
        draft.refresh_from_db()
        assert Counter(draft.body.split()) == Counter(before.split())
        assert drafting.sheet_of(draft).tasks[1].text.split() == text.split()
