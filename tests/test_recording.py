"""Recording papers of others: who issued them, what the record would do, and each paper once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from directives import drafting, issuing, readiness, rules, tracking
from directives.enums import DirectiveState
from directives.errors import Incomplete, NotAllowed
from directives.models import Assignment, Directive
from tests import factories
from tests.drafting_world import SEED, World, desk_url, work
from units import clock, once, structure
from units.models import Event, Unit

pytestmark = pytest.mark.django_db

PAPER = (
    "UBND TỈNH BÌNH THUẬN\n"
    + SEED.replace("Số: /SGTVT-VP", "Số: 816/UBND-KGVX").replace("ngày tháng 3", "ngày 05 tháng 3")
)  # fmt: skip


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.clerk)
    return client


def incoming(world, text=PAPER):
    return world.draft(text, incoming=True)


def known(world, text=PAPER):
    """The paper as a draft whose issuer was found."""
    draft = incoming(world, text)
    version = drafting.Draft(columns={"issuer": world.province})
    return drafting.save_draft(draft, by=world.clerk, version=draft.version, changes=version)


def review(directive):
    return reverse("directive-record", args=[directive.pk])


def press(client, directive, name="record", **fields):
    url = reverse(f"directive-{name}", args=[directive.pk])
    return client.post(url, {"form_key": once.new_key()} | fields)


class TestIssuer:
    def test_an_unknown_issuer_is_a_doubt_and_keeps_the_paper_from_the_book(self, clerk, world):
        draft = incoming(world)
        doubts = drafting.doubts_of(draft, drafting.sheet_of(draft), today=date(2024, 3, 9))
        assert doubts[0].anchor == "id_issuer"
        assert "UBND TỈNH BÌNH THUẬN" in doubts[0].reason
        assert "issuer" in readiness.missing_for_record(draft)
        answer = work(clerk, draft, "record")
        assert "thieu=record" in answer["Location"]
        assert "Hãy chọn cơ quan ban hành" in clerk.get(answer["Location"]).content.decode()

    def test_a_clerk_names_a_body_nobody_listed_and_the_next_paper_finds_it(self, clerk, world):
        draft = incoming(world)
        work(clerk, draft, new_issuer="Ủy ban nhân dân  tỉnh Bình Thuận")
        draft.refresh_from_db()
        assert (draft.issuer.name, draft.issuer.parent) == ("Ủy ban nhân dân tỉnh Bình Thuận", None)
        assert Event.objects.filter(verb="create_unit", actor=world.clerk).count() == 1
        assert incoming(world).issuer == draft.issuer

    def test_the_same_name_twice_is_one_body(self, world):
        first = structure.add_correspondent("Bộ Xây dựng", by=world.clerk)
        assert structure.add_correspondent("BỘ XÂY DỰNG", by=world.clerk) == first
        assert structure.add_correspondent("Ban Xúc Dược", by=world.clerk).code == "BXD-2"

    def test_only_a_clerk_adds_one(self, world):
        with pytest.raises(NotAllowed):
            structure.add_correspondent("Bộ Xây dựng", by=world.office.leader)

    def test_a_save_that_is_refused_adds_nothing(self, clerk, world):
        draft = incoming(world)
        before = Unit.objects.count()
        drafting.save_draft(
            draft, by=world.clerk, version=1, changes=drafting.Draft(columns={"title": "Khác"})
        )
        answer = work(clerk, draft, new_issuer="Bộ Xây dựng", version="1")
        assert (answer.status_code, Unit.objects.count()) == (409, before)

    def test_a_chosen_issuer_and_a_new_name_contradict_each_other(self, clerk, world):
        draft = incoming(world)
        answer = work(clerk, draft, new_issuer="Bộ Xây dựng", issuer=str(world.province.pk))
        assert answer.status_code == 422
        assert "Đã chọn cơ quan ban hành" in answer.content.decode()


class TestReview:
    def test_it_says_what_the_record_would_do_and_does_nothing(self, clerk, world):
        draft = known(world)
        answer = work(clerk, draft, "record")
        assert answer["Location"] == review(draft)
        page = clerk.get(review(draft)).content.decode()
        assert "816/UBND-KGVX" in page
        assert "Còn 4 chỗ cần kiểm tra" in page
        assert Directive.objects.get().state == DirectiveState.DRAFT
        assert press(clerk, draft).status_code == 302
        assert Directive.objects.get().state == DirectiveState.ISSUED

    def test_tasks_nobody_owes_and_places_nobody_knows_are_named(self, clerk, world):
        text = PAPER.replace("Các phòng chuyên môn, nghiệp vụ Sở", "Cục Hàng hải").replace(
            "Các đơn vị sự nghiệp trực thuộc Sở", "Cục Đường bộ"
        )
        draft = known(world, text)
        page = clerk.get(review(draft)).content.decode()
        assert "Nhiệm vụ 1 không giao cho đơn vị nào" in page
        assert "“Cục Hàng hải” không có trong danh mục đơn vị" in page
        assert "Vào sổ, không giao việc" in page

    def test_a_deadline_that_has_passed_is_said_before(self, clerk, world):
        draft = known(world)
        draft.tasks.filter(label="1").update(due_on=date(2024, 4, 1))
        assert "đã qua hạn" in clerk.get(review(draft)).content.decode()

    def test_a_draft_saved_since_is_not_recorded(self, clerk, world):
        draft = known(world)
        assert press(clerk, draft, version=draft.version - 1).status_code == 409
        assert Directive.objects.get().state == DirectiveState.DRAFT

    def test_what_is_in_the_book_already_leads_to_its_page(self, clerk, world):
        draft = known(world)
        press(clerk, draft)
        assert clerk.get(review(draft))["Location"] == reverse("directive-detail", args=[draft.pk])


class TestOnce:
    def test_the_second_entry_of_a_paper_is_refused_at_the_number_with_the_way_to_the_first(
        self, clerk, world
    ):
        first = issuing.record(known(world), by=world.clerk)
        second = known(world)
        assert set(readiness.missing_for_record(second)) == {"number"}
        back = work(clerk, second, "record")
        at_the_desk = clerk.get(back["Location"]).content.decode()
        assert reverse("directive-detail", args=[first.pk]) in at_the_desk
        page = clerk.get(review(second)).content.decode()
        assert reverse("directive-detail", args=[first.pk]) in page
        assert press(clerk, second).status_code == 422

    def test_a_record_revoked_as_a_mistake_leaves_the_paper_free(self, world):
        first = issuing.record(known(world), by=world.clerk)
        issuing.revoke(first, by=world.office.leader, reason="Vào sổ nhầm")
        second = issuing.record(known(world), by=world.clerk)
        assert second.code == first.code

    def test_an_own_number_recorded_by_mistake_goes_to_the_paper_that_bears_it(self, world):
        first = issuing.record(own_paper(world), by=world.clerk)
        with pytest.raises(Incomplete):
            issuing.record(own_paper(world, title="Khác"), by=world.clerk)
        issuing.revoke(first, by=world.office.leader, reason="Vào sổ nhầm")
        second = issuing.record(own_paper(world, title="Khác"), by=world.clerk)
        first.refresh_from_db()
        assert (first.ordinal, second.ordinal) == (None, 700)


def own_paper(world, **columns):
    draft = world.draft()
    columns |= {"number": "700", "issued_on": date(2024, 3, 5)}
    changes = drafting.Draft(columns=columns)
    return drafting.save_draft(draft, by=world.clerk, version=draft.version, changes=changes)


class TestNotation:
    def test_another_bodys_notation_is_doubted_and_never_issued(self, world):
        draft = world.draft(SEED.replace("SGTVT-VP\n", "UBND-KGVX\n"))
        draft.tasks.update(due_on=clock.today() + timedelta(days=30))
        doubt = drafting.doubts_of(draft, drafting.sheet_of(draft), today=clock.today())
        reasons = {one.anchor: one.reason for one in doubt}
        assert "SGTVT" in reasons["id_notation"]
        with pytest.raises(Incomplete) as refused:
            issuing.submit(draft, by=world.clerk)
        assert world.province.name in refused.value.fields["notation"]

    def test_a_boards_own_abbreviation_is_only_doubted(self, world):
        draft = world.draft(SEED.replace("SGTVT-VP\n", "BCĐ\n"))
        draft.tasks.update(due_on=clock.today() + timedelta(days=30))
        assert issuing.submit(draft, by=world.clerk).state == DirectiveState.SUBMITTED


class TestDiscard:
    def test_a_discarded_draft_leaves_the_lists_and_comes_back_whole(self, clerk, world):
        draft = world.draft()
        press(clerk, draft, "discard")
        title = draft.title[:30]
        assert title not in clerk.get("/van-ban/").content.decode()
        assert title in clerk.get("/van-ban/?tinh-trang=discarded").content.decode()
        assert "Soạn tiếp" not in clerk.get("/").content.decode()
        page = clerk.get(reverse("directive-preview", args=[draft.pk])).content.decode()
        assert "Khôi phục bản nháp" in page
        assert press(clerk, draft, "restore")["Location"] == desk_url(draft)
        assert draft.tasks.count() == 4

    def test_it_cannot_be_worked_on_or_submitted(self, clerk, world):
        draft = issuing.discard(world.draft(), by=world.clerk)
        assert clerk.get(desk_url(draft))["Location"] == reverse("directive-preview", args=[draft.pk])
        assert press(clerk, draft, "submit").status_code == 409
        assert not Assignment.objects.exists()


class TestFound:
    def test_a_draft_is_listed_and_found_by_the_number_it_is_printed_with(self, clerk, world):
        incoming(world)
        for address in ("/van-ban/", reverse("admin:directives_directive_changelist")):
            page = clerk.get(address, {"q": "816/UBND-KGVX"}).content.decode()
            assert "816/UBND-KGVX" in page.replace('value="816/UBND-KGVX"', ""), address


class TestGivenByTheRecorder:
    def test_the_office_that_records_a_paper_decides_on_its_own_units_reports(self, world):
        issued = issuing.record(known(world), by=world.clerk)
        row = Assignment.objects.filter(directive=issued, unit=world.office.rooms[0]).first()
        head = world.office.heads[world.office.rooms[0]]
        day = clock.today()
        tracking.report(row, by=head, text="Đã làm", evidence=[tracking.Document("1/BC", day)])
        row.refresh_from_db()
        assert rules.can_accept(world.office.monitor, row)
        assert tracking.accept(row, by=world.office.monitor).state == "accepted"

    def test_nobody_records_work_for_others(self, world):
        elsewhere = factories.Office()
        text = PAPER.replace(
            "- Các đơn vị sự nghiệp trực thuộc Sở.",
            f"- Các đơn vị sự nghiệp trực thuộc Sở;\n- {elsewhere.unit.name}.",
        )
        issued = issuing.record(known(world, text), by=world.clerk)
        assert not issued.recipients.filter(unit=elsewhere.unit).exists()
        units = {row.unit for row in Assignment.objects.filter(directive=issued)}
        assert units
        assert all(unit.is_under(world.unit.path) for unit in units)


class TestNormativeActs:
    def test_the_year_of_the_code_stays(self, world):
        text = PAPER.replace("Số: 816/UBND-KGVX", "Số: 28/2025/QĐ-TTg")
        draft = incoming(world, text)
        assert (draft.number, draft.notation) == ("28", "2025/QĐ-TTg")
