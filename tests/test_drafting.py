"""Drafting: a pasted text becomes a draft, two clerks work on it, and the paper follows its tasks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives import drafting, issuing, rendering
from directives.drafting import paper
from directives.drafting.paper import Piece
from directives.enums import Purpose
from directives.errors import NotAllowed, Stale
from directives.models import Directive
from tests import factories
from tests.drafting_world import REPORTED, SEED, World, queries
from units.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def headed(*names, notation="SGTVT-VP"):
    """The source document with the names of its superior and issuer above it, as a whole paper prints them."""
    return "\n".join(names) + SEED.replace("SGTVT-VP\nV/v", f"{notation}\nV/v")


# --- From a text to a draft ---------------------------------------------------------------------


class TestIntake:
    def test_the_source_document_becomes_four_tasks_two_groups_five_citations(self, world):
        draft = world.draft()
        assert [task.label for task in draft.tasks.all()] == ["1", "2", "3", "4"]
        assert [line.group for line in draft.addressees.filter(salutation=True)] == [
            world.rooms,
            world.services,
        ]
        assert [c.code for c in draft.citations.all()] == [
            "254-KH/TU", "57-KL/TW", "1001/UBND-KGVX", "203/KH-UBND", "4259/SGTVT-VP",
        ]  # fmt: skip
        assert (draft.kind, draft.notation, draft.number, draft.issued_on) == ("letter", "SGTVT-VP", "", None)
        assert (draft.signer_title, draft.signer_name, draft.place) == (
            "GIÁM ĐỐC",
            "Nguyễn Phong",
            "Quảng Ngãi",
        )

    def test_recipients_keep_their_words_their_purpose_and_whom_they_mean(self, world):
        below = world.draft().addressees.filter(salutation=False)
        assert [(line.text, line.purpose, line.printed_purpose, line.unit) for line in below] == [
            ("Như trên", Purpose.ACT, "", None),
            ("BTG Tỉnh ủy", Purpose.REPORT, "B/cáo", None),
            ("UBND tỉnh", Purpose.REPORT, "B/cáo", world.province),
            ("Lãnh đạo Sở", Purpose.INFORM, "", None),
            ("VT, VP.(vi)", Purpose.ARCHIVE, "Lưu", None),
        ]

    def test_source_is_kept_to_the_letter_and_the_body_is_what_stands_between_heading_and_foot(self, world):
        draft = world.draft()
        assert draft.source == SEED
        assert draft.body.startswith("Thực hiện Kế hoạch số 254-KH/TU")
        assert draft.body.endswith("nghiêm túc thực hiện nội dung Công văn này./.")
        assert "truyền thông chính sách tỉnh" in draft.body, "the sentence broken over a page is joined"

    def test_each_task_stands_in_the_body_where_its_span_says(self, world):
        draft = world.draft()
        for task in draft.tasks.all():
            assert draft.body[task.span_start : task.span_end] == f"{task.label}. {task.text}"

    def test_the_issuer_is_whose_name_is_printed(self, world):
        own = headed("UBND TỈNH QUẢNG NGÃI", "SỞ GIAO THÔNG VẬN TẢI").replace("/SGTVT-VP\n", "/UBND-VP\n")
        assert world.draft(own, incoming=True).issuer == world.unit
        assert world.draft(headed("UBND TỈNH QUẢNG NGÃI"), incoming=True).issuer == world.province

    def test_where_no_name_is_printed_the_notation_tells(self, world):
        assert world.draft(incoming=True).issuer == world.unit
        of_province = SEED.replace("/SGTVT-VP\n", "/UBND-VP\n")
        assert world.draft(of_province, incoming=True).issuer == world.province
        world.province.place = "Bình Thuận"
        world.province.save()
        assert world.draft(of_province, incoming=True).issuer is None

    def test_a_paper_of_somebody_unknown_has_no_issuer_whatever_its_notation(self, world):
        draft = world.draft(headed("UBND TỈNH BÌNH THUẬN", notation="KH-UBND"), incoming=True)
        assert (draft.issuer, draft.issuer_name) == (None, "UBND TỈNH BÌNH THUẬN")
        assert "BÌNH THUẬN" in rendering.layout_of(draft, [], today=date(2024, 3, 1)).issuer

    @pytest.mark.parametrize("names", [["SỞ GIAO THÔNG VẬN TẢI"], ["ỦY BAN NHÂN DÂN"], ["BAN QUẢN LÝ"]])
    def test_a_name_of_ours_at_another_place_is_not_ours(self, world, names):
        for unit in (world.province, world.unit):
            unit.place = "Quảng Ngãi"
            unit.save()
        for name in ("Ban Quản lý bến xe", "Ban Quản lý dự án"):
            factories.make_unit(name, parent=world.unit)
        text = headed(*names).replace("Quảng Ngãi, ngày", "Bình Định, ngày")
        assert world.draft(text, incoming=True).issuer is None

    def test_an_own_paper_made_from_anothers_stands_at_home(self, world):
        world.unit.place = "Quảng Ngãi"
        world.unit.save()
        text = headed("UBND TỈNH BÌNH ĐỊNH", "SỞ GIAO THÔNG VẬN TẢI").replace(
            "Quảng Ngãi, ngày", "Bình Định, ngày"
        )
        draft = world.draft(text, incoming=False)
        assert (draft.parent_issuer_name, draft.place) == ("UBND tỉnh Quảng Ngãi", "Quảng Ngãi")

    def test_a_department_under_another_province_is_not_ours(self, world):
        draft = world.draft(headed("UBND TỈNH BÌNH THUẬN", "SỞ GIAO THÔNG VẬN TẢI"), incoming=True)
        assert (draft.issuer, draft.issuer_name) == (None, "SỞ GIAO THÔNG VẬN TẢI")

    def test_an_article_about_a_paper_leaves_its_issuer_to_the_drafter(self, world):
        assert world.draft(REPORTED, incoming=True).issuer is None

    def test_an_incoming_document_keeps_its_printed_number_and_day(self, world):
        text = (
            headed("UBND TỈNH QUẢNG NGÃI", notation="UBND-KGVX")
            .replace("Số: /", "Số: 1001/")
            .replace("ngày tháng 3", "ngày 05 tháng 3")
        )
        kept = world.draft(text, incoming=True)
        assert (kept.number, kept.issued_on, kept.issuer) == ("1001", date(2024, 3, 5), world.province)
        own = world.draft(text, incoming=False)
        assert (own.number, own.issued_on, own.issuer) == ("", None, world.unit)

    def test_citations_find_the_documents_the_clerk_may_see(self, world):
        cited = self._recorded(world, "254", "KH/TU", "party", date(2024, 1, 19))
        assert world.draft().citations.get(code="254-KH/TU").cited == cited
        assert world.draft().citations.get(code="57-KL/TW").cited is None

    def test_a_foreign_office_s_document_is_not_disclosed_by_citing_it(self, world):
        elsewhere = factories.Office()
        draft = elsewhere.draft(number="203", notation_style="state", issued_on=date(2023, 11, 22))
        draft.notation = "KH-UBND"
        draft.save()
        issuing.record(draft, by=elsewhere.clerk)
        assert world.draft().citations.get(code="203/KH-UBND").cited is None

    def _recorded(self, world, number, notation, style, day):
        draft = world.draft()
        draft.number, draft.notation, draft.notation_style, draft.issued_on = number, notation, style, day
        draft.save()
        draft.tasks.update(due_on=None)
        return issuing.record(draft, by=world.clerk)

    def test_one_event_tells_who_drafted(self, world):
        draft = world.draft()
        (event,) = Event.objects.filter(chain=draft.chain_key)
        assert (event.verb, event.actor) == ("draft", world.clerk)

    def test_only_the_office_s_clerk_drafts(self, world):
        for person in (world.office.leader, factories.Office().clerk):
            with pytest.raises(NotAllowed):
                drafting.create_draft(SEED, by=person, office=world.unit)

    def test_the_number_of_queries_does_not_grow_with_the_text(self, world):
        orders = "\n".join(f"{n}. Tổ chức thực hiện nội dung số {n}." for n in range(4, 40))
        world.draft()
        few = queries(world.draft)
        assert queries(world.draft, SEED.replace("4. Tổ chức", f"{orders}\n40. Tổ chức")) == few


class TestReportedDocument:
    """The second source document: a news page about a plan, whose passages become tasks."""

    def test_it_is_kept_whole_and_a_passage_becomes_a_task_where_it_stands(self, world):
        draft = world.draft(REPORTED, incoming=True)
        assert (draft.kind, draft.code, draft.number, draft.notation) == ("plan", "", "4193", "KH-UBND")
        assert draft.issued_on == date(2020, 11, 24)
        assert draft.body.split()[:6] == REPORTED.split()[:6]
        body = draft.body
        passage = "Sở Thông tin và Truyền thông để tổng hợp, báo cáo UBND tỉnh"
        rows = [drafting.TaskRow(text=passage, undated_reason="Thường xuyên")]
        drafting.replace_tasks(draft, by=world.clerk, version=1, tasks=rows)
        task = draft.tasks.get()
        assert (draft.body, draft.source) == (body, REPORTED)
        assert draft.body[task.span_start : task.span_end] == passage

    def test_its_words_stay_as_printed_whatever_is_made_of_its_tasks(self, world):
        draft = world.draft(REPORTED, incoming=True)
        body = draft.body
        typed = drafting.Draft(
            tasks=[drafting.TaskRow(text="Lời của văn thư")], opening="Khác", closing="Khác"
        )
        drafting.save_draft(draft, by=world.clerk, version=1, changes=typed)
        assert draft.body == body
        assert (draft.tasks.get().text, draft.tasks.get().span_start) == ("Lời của văn thư", None)


class TestDoubts:
    def doubts(self, draft, *, awaited=False):
        sheet = drafting.sheet_of(draft)
        return [
            d.anchor for d in drafting.doubts_of(draft, sheet, today=date(2024, 3, 1)) if d.awaited == awaited
        ]

    def test_blank_number_and_day_wait_for_the_issue_and_deadlines_for_the_clerk(self, world):
        draft = world.draft()
        assert self.doubts(draft, awaited=True) == ["id_number", "id_issued_on"]
        assert self.doubts(draft) == [f"id_task-{n}-due_on" for n in range(4)]

    def test_a_doubt_goes_when_its_cause_goes(self, world):
        draft = world.draft()
        draft.tasks.filter(label="1").update(due_on=date(2024, 5, 31))
        draft.tasks.filter(label="2").update(undated_reason="Thường xuyên")
        draft.tasks.filter(label="3").update(due_on=date(2024, 2, 1))
        assert self.doubts(draft) == ["id_task-2-due_on", "id_task-3-due_on"]

    def test_a_recipient_nobody_knows_is_asked_about_but_như_trên_is_not(self, world):
        draft = world.draft(SEED.replace("Các đơn vị sự nghiệp trực thuộc Sở.", "Cục Không Có Ở Đây."))
        assert "id_addressee-1-target" in self.doubts(draft)
        assert "id_addressee-2-target" not in self.doubts(draft)


# --- The paper follows its tasks ----------------------------------------------------------------

words = st.text("abcđeê .,;\n", max_size=30)
item = st.text("xyzăơư 123.", min_size=1, max_size=20).filter(str.strip)


@st.composite
def edits(draw):
    """A body with its places, and any list of pieces made of old places and new texts."""
    count = draw(st.integers(0, 5))
    gaps = draw(st.lists(words, min_size=count + 1, max_size=count + 1))
    body, places = paper.compose(gaps, draw(st.lists(item, min_size=count, max_size=count)))
    kept = draw(st.permutations(range(count)))[: draw(st.integers(0, count))]
    pieces = [Piece(draw(item), old) for old in kept]
    for _ in range(draw(st.integers(0, 3))):
        pieces.insert(draw(st.integers(0, len(pieces))), Piece(draw(item)))
    return body, places, pieces


class TestPaper:
    @given(edits())
    def test_every_task_stands_where_its_place_says(self, edit):
        body, places = paper.rewrite(*edit)
        assert [body[a:b] for a, b in places] == [piece.text for piece in edit[2]]

    @given(edits())
    def test_nothing_outside_the_tasks_is_lost_or_changes_its_order(self, edit):
        before = " ".join(paper.gaps_of(*edit[:2])).split()
        assert " ".join(paper.gaps_of(*paper.rewrite(*edit))).split() == before

    @given(edits())
    def test_leaving_everything_as_it_is_changes_nothing(self, edit):
        body, places, _ = edit
        same = [Piece(body[a:b], at) for at, (a, b) in enumerate(places)]
        if places and body[: places[0][0]].rstrip() == body[: places[0][0]] != "":
            return
        assert paper.rewrite(body, places, same) == (body, places)

    @given(edits(), words, words)
    def test_opening_and_closing_are_replaced_and_nothing_else(self, edit, opening, closing):
        body, places = paper.rewrite(*edit, opening=opening, closing=closing)
        gaps = paper.gaps_of(body, places)
        assert gaps[0].strip() == opening.strip()
        if places:
            assert gaps[-1].strip() == closing.strip()

    @pytest.mark.parametrize(
        ("label", "line"), [("1", "1. x"), ("II", "II. x"), ("a", "a) x"), ("đ", "đ) x"), ("-", "- x"), ("Điều 3", "Điều 3. x"), ("1.2", "1.2. x"), ("", "x")]
    )  # fmt: skip
    def test_a_label_is_printed_with_its_own_punctuation(self, label, line):
        assert paper.printed(label, "x") == line

    def test_the_end_mark_of_the_document_survives_an_edit_of_its_last_task(self):
        assert paper.reprinted("4. cũ./.", "4", "mới") == "4. mới./."


class TestSaving:
    def rows(self, draft):
        return list(drafting.sheet_of(draft).tasks)

    def test_an_edited_task_changes_its_words_in_the_paper_and_no_others(self, world):
        draft = world.draft()
        rows = self.rows(draft)
        changed = drafting.TaskRow(**(vars(rows[1]) | {"text": "Nội dung mới"}))
        drafting.replace_tasks(draft, by=world.clerk, version=1, tasks=[rows[0], changed, *rows[2:]])
        assert "\n\n2. Nội dung mới\n\n3. Đẩy mạnh" in draft.body
        assert draft.body.endswith("nội dung Công văn này./.")
        assert draft.source == SEED

    def test_reordered_added_and_removed_tasks_keep_opening_and_closing(self, world):
        draft = world.draft()
        opening, closing = drafting.sheet_of(draft).opening, drafting.sheet_of(draft).closing
        first, second, _third, fourth = self.rows(draft)
        new = drafting.TaskRow(text="Việc mới", label="5")
        drafting.replace_tasks(draft, by=world.clerk, version=1, tasks=[second, first, new, fourth])
        sheet = drafting.sheet_of(draft)
        assert (sheet.opening, sheet.closing) == (opening, closing)
        assert [row.label for row in sheet.tasks] == ["2", "1", "5", "4"]
        for task in draft.tasks.all():
            assert draft.body[task.span_start : task.span_end] == f"{task.label}. {task.text}"

    def test_a_task_made_from_a_passage_takes_the_passage_s_place(self, world):
        draft = world.draft(
            "Tình hình thông tin đối ngoại năm nay.\n\nNếu có vướng mắc thì Sở là nơi trả lời."
        )
        passage = "Sở là nơi trả lời."
        body = draft.body
        assert not draft.tasks.exists()
        drafting.replace_tasks(draft, by=world.clerk, version=1, tasks=[drafting.TaskRow(text=passage)])
        task = draft.tasks.get()
        assert draft.body == body
        assert draft.body[task.span_start : task.span_end] == passage

    def test_nesting_follows_the_levels(self, world):
        draft = world.draft()
        rows = [
            drafting.TaskRow(**(vars(row) | {"level": level}))
            for row, level in zip(self.rows(draft), [0, 1, 2, 1], strict=True)
        ]
        drafting.replace_tasks(draft, by=world.clerk, version=1, tasks=rows)
        one, two, three, four = draft.tasks.all()
        assert (one.parent, two.parent, three.parent, four.parent) == (None, one, two, one)
        drafting.replace_tasks(draft, by=world.clerk, version=2, tasks=[*self.rows(draft)[1:]])
        assert draft.tasks.count() == 3, "what hung under a removed task stays"

    def test_the_second_of_two_is_stale_and_writes_nothing(self, world):
        draft = world.draft()
        theirs, mine = Directive.objects.get(pk=draft.pk), Directive.objects.get(pk=draft.pk)
        drafting.save_draft(
            theirs, by=world.clerk, version=1, changes=drafting.Draft(columns={"title": "Một"})
        )
        with pytest.raises(Stale):
            drafting.save_draft(
                mine, by=world.clerk, version=1, changes=drafting.Draft(columns={"title": "Hai"}, tasks=[])
            )
        kept = Directive.objects.get(pk=draft.pk)
        assert (kept.title, kept.version, kept.tasks.count()) == ("Một", 2, 4)

    def test_saving_what_is_kept_already_writes_nothing_and_tells_nothing(self, world):
        draft = world.draft()
        drafting.save_draft(draft, by=world.clerk, version=1, changes=drafting.sheet_of(draft))
        assert draft.version == 1
        assert Event.objects.filter(chain=draft.chain_key).count() == 1

    def test_each_save_leaves_one_event_with_before_and_after(self, world):
        draft = world.draft()
        drafting.save_draft(
            draft, by=world.clerk, version=1, changes=drafting.Draft(columns={"title": "Mới"})
        )
        event = Event.objects.filter(chain=draft.chain_key).latest("sequence")
        assert (event.verb, event.after["title"]) == ("edit", "Mới")
        assert event.before["title"].startswith("triển khai")

    def test_a_leader_and_a_foreign_clerk_do_not_write(self, world):
        draft = world.draft()
        for person in (world.office.leader, factories.Office().clerk):
            with pytest.raises(NotAllowed):
                drafting.save_draft(
                    draft, by=person, version=1, changes=drafting.Draft(columns={"title": "x"})
                )
