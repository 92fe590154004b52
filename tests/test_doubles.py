"""A task that stands in the body and again in the table of an annex: offered once, with both places marked."""

from datetime import date

import pytest

from directives import drafting, rendering
from directives.drafting.doubles import told_once
from directives.parsing import parse
from tests import factories
from tests.drafting_world import World, desk_url, work
from units.enums import UnitKind

HEAD = """ỦY BAN NHÂN DÂN TỈNH AN BÌNH

Số: 45/KH-UBND
An Bình, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Rà soát thủ tục hành chính năm 2024

Ủy ban nhân dân tỉnh yêu cầu các đơn vị thực hiện các nhiệm vụ sau:

"""
BODY = """1. Rà soát toàn bộ thủ tục hành chính thuộc thẩm quyền giải quyết của các sở, ban, ngành.

2. Sở Nội vụ xây dựng phương án đơn giản hóa thủ tục hành chính trình Ủy ban nhân dân tỉnh trước ngày 30/6/2024.

3. Tổ chức tập huấn nghiệp vụ kiểm soát thủ tục hành chính cho cán bộ, công chức cấp xã.

Nơi nhận:
- Các sở, ban, ngành (để thực hiện);
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Bình

PHỤ LỤC
Phân công nhiệm vụ
(Kèm theo Kế hoạch số 45/KH-UBND ngày 05/3/2024)

| TT | Nội dung nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn hoàn thành | Sản phẩm |
|---|---|---|---|---|---|
"""
ROWS = """| 1 | Rà soát toàn bộ thủ tục hành chính thuộc thẩm quyền giải quyết của các sở, ban, ngành | Sở Tư pháp | Sở Nội vụ | 31/5/2024 | Báo cáo |
| 2 | Xây dựng phương án đơn giản hóa thủ tục hành chính trình Ủy ban nhân dân tỉnh | Sở Tài chính | Sở Tư pháp | 31/7/2024 | Phương án |
| 3 | Tổ chức tập huấn nghiệp vụ kiểm soát thủ tục hành chính cho cán bộ, công chức cấp xã | Sở Nội vụ | | Quý III/2024 | |
"""
TEXT = HEAD + BODY + ROWS


def once(text):
    return told_once(parse(text)).tasks


class TestReading:
    def test_each_is_listed_once_and_completed_from_the_annex(self):
        first, second, third = once(TEXT)
        assert (first.leads, first.coordinating) == (("Sở Tư pháp",), ("Sở Nội vụ",))
        assert (first.deadline_on, first.deliverable) == (date(2024, 5, 31), "Báo cáo")
        assert (second.leads, second.deadline_on) == (("Sở Nội vụ",), date(2024, 6, 30)), (
            "the body's word stands"
        )
        assert (third.leads, third.deadline_on) == (("Sở Nội vụ",), date(2024, 9, 30))
        assert not any(task.from_table for task in (first, second, third))

    def test_the_doubts_follow_their_tasks(self):
        parsed = told_once(parse(TEXT))
        assert not [doubt for doubt in parsed.doubts if doubt.code == "task_repeated"]
        assert all(doubt.task is None or doubt.task < len(parsed.tasks) for doubt in parsed.doubts)

    @pytest.mark.parametrize(
        ("instead", "count"),
        [
            ("| 1 | Rà soát toàn bộ thủ tục hành chính thuộc thẩm quyền giải quyết của các sở, ban, ngành và các xã, phường, thị trấn | Sở Tư pháp | | 31/5/2024 | |\n", 4),
            ("| 1 | Báo cáo kết quả | Sở Tư pháp | | 31/5/2024 | |\n", 4),
            ("| 1 | Rà soát toàn bộ thủ tục hành chính | Sở Tư pháp | | 31/5/2024 | |\n", 4),
            (ROWS.splitlines(keepends=True)[0] + ROWS.splitlines(keepends=True)[0].replace("Tư pháp", "Y tế"), 5),
        ],
        ids=["says more", "short", "a part", "twice for two units"],
    )  # fmt: skip
    def test_a_row_that_is_not_surely_the_same_stays_a_task(self, instead, count):
        assert len(once(HEAD + BODY + instead)) == count

    def test_a_heading_of_the_annex_goes_with_its_last_row_and_stays_with_another(self):
        heading = "| I | CẢI CÁCH THỦ TỤC HÀNH CHÍNH | | | | |\n"
        assert len(once(HEAD + BODY + heading + ROWS)) == 3
        other = (
            "| 4 | Kiểm tra việc niêm yết công khai thủ tục hành chính | Thanh tra tỉnh | | 31/8/2024 | |\n"
        )
        tasks = once(HEAD + BODY + heading + ROWS + other)
        assert tasks[-1].leads == ("Thanh tra tỉnh",)
        assert tasks[-1].parent is None or tasks[tasks[-1].parent].is_heading

    def test_a_document_without_doubles_stays_as_read(self):
        parsed = parse(HEAD + BODY)
        assert told_once(parsed) == parsed


@pytest.mark.django_db
class TestOnTheDesk:
    @pytest.fixture
    def world(self):
        world = World()
        for name in ("Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính"):
            factories.make_unit(name, parent=world.province, kind=UnitKind.DEPARTMENT)
        return world

    def test_both_places_are_marked_and_lead_to_the_same_task(self, client, world):
        draft = world.draft(TEXT, incoming=True)
        client.force_login(world.clerk)
        page = client.get(desk_url(draft)).content.decode()
        assert draft.tasks.count() == 3
        for mark in ("s-n1", "s-n4"):
            assert f'<mark class="c" id="{mark}"><a href="#id_task-0-text">' in page
        marks = rendering.marks_of(parse(draft.source), drafting.sheet_of(draft))
        assert [m.sign for m in marks if m.target == "id_task-0-text"] == ["N1", "N1"]
        assert rendering.refs(marks)["id_task-0-text"].id == "s-n1"

    def test_the_paper_keeps_the_annex_as_printed(self, world):
        draft = world.draft(TEXT)
        for line in ROWS.splitlines():
            assert draft.body.count(line) == 1

    def test_a_contradiction_is_a_doubt_until_the_draft_follows_the_annex(self, client, world):
        draft = world.draft(TEXT, incoming=True)
        client.force_login(world.clerk)
        page = client.get(desk_url(draft)).content.decode()
        assert "phụ lục ghi chủ trì là “Sở Tài chính”." in page
        assert "phụ lục ghi thời hạn “31/7/2024”." in page
        assert page.count("phụ lục ghi") == 2
        work(client, draft, **{"task-1-leads": "Sở Nội vụ; Sở Tài chính", "task-1-due_on": "31/7/2024"})
        assert "phụ lục ghi" not in client.get(desk_url(draft)).content.decode()

    def test_a_draft_kept_with_both_rows_shows_each_at_its_own_place(self, world):
        draft = world.draft(TEXT)
        read = parse(TEXT)
        sheet = drafting.sheet_of(draft)
        both = drafting.Draft(tasks=[*sheet.tasks, drafting.TaskRow(read.tasks[3].text, label="1")])
        drafting.save_draft(draft, by=world.clerk, version=1, changes=both)
        marks = rendering.marks_of(read, drafting.sheet_of(draft))
        found = {mark.id: (mark.sign, mark.target) for mark in marks}
        assert found["s-n1"] == ("N1", "id_task-0-text")
        assert found["s-n4"] == ("N4", "id_task-3-text")
