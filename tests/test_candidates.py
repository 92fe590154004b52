"""Names that nobody goes by, or several do: a few units to choose from at the field, and one press sets them."""

import pytest
from django.urls import reverse

from directives import drafting
from directives.distribution import units_of
from directives.models import Directive
from tests import factories
from tests.drafting_world import World, desk_url, fields_of, queries, work

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

PLAN = """Số: /SGTVT-VP
V/v rà soát biển báo

Kính gửi:
- {to};
- Trung tâm Đăng kiểm xe cơ giới.

Giám đốc Sở yêu cầu:
1. Phòng Tài chính chủ trì, phối hợp với {support} rà soát biển báo.
2. Phòng Tài chính báo cáo kết quả.
3. {lead} tổng hợp, báo cáo.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Lê Văn Mẫu
"""


@pytest.fixture
def world():
    return World()


@pytest.fixture
def finance(world):
    return factories.make_unit("Phòng Kế hoạch - Tài chính", parent=world.unit, code="SGTVT-KHTC")


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


@pytest.fixture
def inspectors(world):
    return factories.make_unit("Thanh tra Sở", parent=world.unit, code="SGTVT-TTR", short_name="TTr")


def plan(world, **names):
    given = {"to": "Phòng Tài chính", "support": "Văn phòng Sở", "lead": "Văn phòng Sở"} | names
    return world.draft(PLAN.format(**given))


def offered(answer, field):
    questions = answer.context["questions"].get(f"id_{field}", [])
    return [(choice.name, choice.superior) for question in questions for choice in question.choices]


def act_of(answer, field, name):
    questions = answer.context["questions"][f"id_{field}"]
    return next(one.act for question in questions for one in question.choices if one.name == name)


class TestCandidates:
    def names(self, world, text):
        candidates = drafting.Candidates(drafting.Directory(world.unit))
        return [target.text for target in candidates.of(text)]

    @pytest.mark.parametrize("written", ["Phòng Tài chính Kế hoạch", "P. Tài chính - Kế toán Kế hoạch"])
    def test_a_room_by_most_of_its_words(self, world, finance, written):
        assert self.names(world, written) == [finance.name]

    def test_a_room_by_initials_inside_its_own(self, world):
        room = factories.make_unit("Phòng Quản lý kết cấu hạ tầng giao thông", parent=world.unit, code="X-1")
        assert self.names(world, "P. KCHT") == [room.name]

    @pytest.mark.parametrize(
        "written", ["các cơ quan, đơn vị liên quan", "Bộ Quốc phòng", "", "!!", "Văn phòng Sở", "TTDKXCG"]
    )
    def test_what_is_known_or_like_nobody_asks_nothing(self, world, finance, written):
        assert self.names(world, written) == []

    def test_two_of_one_name_are_told_apart_by_their_superiors(self, world):
        communes = [
            factories.make_unit(name, parent=world.province, code=name[-2:]) for name in ("Xã An", "Xã Ba")
        ]
        for commune in communes:
            factories.make_unit("Phòng Kinh tế", parent=commune, code=f"{commune.code}-KT")
        directory = drafting.Directory(world.unit)
        assert not directory.find("Phòng Kinh tế").is_known, "none of them is nearer"
        candidates = drafting.Candidates(directory)
        found = [candidates.superior(target) for target in candidates.of("Phòng Kinh tế")]
        assert found == ["Xã An", "Xã Ba"]


class TestScreen:
    def test_each_unknown_name_offers_units_at_its_field(self, clerk, world, finance):
        answer = clerk.get(desk_url(plan(world)))
        for field in ("addressee-0-target", "task-0-leads", "task-1-leads"):
            assert offered(answer, field) == [(finance.name, world.unit.name)]
        assert set(answer.context["questions"]) == {
            "id_addressee-0-target", "id_task-0-leads", "id_task-1-leads",
        }  # fmt: skip
        assert "“Phòng Tài chính” có phải là:" in answer.content.decode()

    def test_one_press_sets_the_unit_wherever_the_paper_says_so(self, clerk, world, finance):
        draft = plan(world)
        page = clerk.get(desk_url(draft))
        act = act_of(page, "task-1-leads", finance.name)
        shown = clerk.post(desk_url(draft), fields_of(page) | {"act": act, "title": "đang gõ"})
        assert shown.context["questions"] == {}
        assert shown.context["forms"].heading["title"].value() == "đang gõ"
        assert Directive.objects.get().version == 1, "nothing is kept before the drafter saves"
        clerk.post(desk_url(draft), fields_of(shown) | {"act": "save"})
        first, second, _ = draft.tasks.all()
        assert [line.unit for line in second.units.all()] == [finance]
        assert {line.unit for line in first.units.all()} == {finance, world.office.room}
        assert draft.addressees.first().unit == finance
        assert draft.addressees.first().text == "Phòng Tài chính", "the paper keeps its words"

    def test_a_supporting_unit_is_asked_for_too(self, clerk, world, finance):
        factories.make_unit("Trung tâm Đăng kiểm xe máy", parent=world.unit)
        draft = plan(world, support="Trung tâm Đăng kiểm xe")
        page = clerk.get(desk_url(draft))
        assert {name for name, _ in offered(page, "task-0-supports")} == {
            "Trung tâm Đăng kiểm xe cơ giới", "Trung tâm Đăng kiểm xe máy",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "act",
        [
            "pick-u999999-task-0-leads-0", "pick-u1-task-0-leads-99", "pick-u1-task-999-leads-0", "pick-", "pick-u1-x-0-y-0",
            "pick-g7-task-0-leads-0",
        ],
    )  # fmt: skip
    def test_a_button_of_another_page_changes_nothing(self, clerk, world, finance, act):
        draft = plan(world)
        before = fields_of(clerk.get(desk_url(draft)))
        after = fields_of(work(clerk, draft, act))
        assert {**after, "form_key": ""} == {**before, "form_key": ""}

    def test_the_page_costs_the_same_for_one_unknown_name_and_for_many(self, clerk, world, finance):
        many = PLAN.replace("3. {lead}", "3. Phòng Hạ tầng kế hoạch báo cáo.\n4. {lead}")
        names = {"to": "Phòng Khác", "support": "P. Lạ, Văn phòng Sở", "lead": "P. Đâu"}
        drafts = [plan(world), world.draft(many.format(**names))]
        costs = [queries(clerk.get, desk_url(draft)) for draft in drafts]
        assert costs[1] <= costs[0]


class TestWithoutSome:
    @pytest.mark.parametrize(
        ("written", "without"),
        [
            ("Các phòng chuyên môn, nghiệp vụ Sở (trừ Thanh tra Sở)", {"Thanh tra Sở"}),
            ("các phòng chuyên môn, nghiệp vụ Sở, trừ TTr", {"Thanh tra Sở"}),
            ("Trưởng các phòng chuyên môn, nghiệp vụ Sở (không bao gồm Chánh Thanh tra Sở và Văn phòng Sở)", {"Thanh tra Sở", "Văn phòng Sở"}),
            ("Các phòng chuyên môn, nghiệp vụ Sở ngoại trừ TTr, Văn phòng Sở", {"Thanh tra Sở", "Văn phòng Sở"}),
        ],
    )  # fmt: skip
    def test_a_group_is_meant_without_the_units_named(self, world, inspectors, written, without):
        directory = drafting.Directory(world.unit)
        target = directory.find(written)
        names = {unit.name for unit in directory.units if unit.pk in target.excepted}
        assert (target.group, names) == (world.rooms, without)
        assert directory.find_all(directory.name(target)) == [target], "what the field shows is found again"

    def test_who_is_left_out_must_be_known(self, world):
        assert not drafting.Directory(world.unit).find(f"{world.rooms.name} (trừ Phòng Lạ)").is_known

    def test_nobody_left_out_receives_or_owes(self, clerk, world, inspectors):
        draft = plan(
            world,
            to="Các phòng chuyên môn, nghiệp vụ Sở (trừ Thanh tra Sở)",
            lead="Các phòng chuyên môn, nghiệp vụ Sở (trừ Văn phòng Sở, Thanh tra Sở)",
        )
        third = draft.tasks.last()
        assert [str(line) for line in third.units.all()] == [
            "Các phòng chuyên môn, nghiệp vụ Sở (trừ Văn phòng Sở, Thanh tra Sở)"
        ]
        page = clerk.get(desk_url(draft)).content.decode()
        assert "Các phòng chuyên môn, nghiệp vụ Sở (trừ Thanh tra Sở)" in page
        work(clerk, draft, **{"task-0-leads": "", "task-1-leads": "", "all_due_on": "31/12/2030"})
        draft.refresh_from_db()
        prospect = drafting.prospect_of(draft, draft.created_at.date())
        reached = {entry.unit for entry in prospect.acting}
        assert inspectors not in reached
        assert world.office.room in reached
        owed = next(row for row in draft.tasks.all() if row.label == "3")
        day = draft.created_at.date()
        assert world.office.room not in {unit for line in owed.units.all() for unit in units_of(line, day)}

    def test_what_is_left_out_can_be_changed_on_the_screen(self, clerk, world, inspectors):
        draft = plan(world, to="Các phòng chuyên môn, nghiệp vụ Sở (trừ Thanh tra Sở)")
        work(clerk, draft, **{"addressee-0-target": world.rooms.name})
        assert draft.addressees.first().excepted == []
        work(clerk, draft, **{"addressee-0-target": f"{world.rooms.name} trừ văn phòng sở"})
        assert draft.addressees.first().excepted == [world.office.room.pk]


class TestPrefix:
    @pytest.fixture
    def departments(self, world):
        names = ("Sở Tài chính", "Sở Nội vụ")
        return [factories.make_unit(name, parent=world.province) for name in names]

    def test_each_office_of_a_list_becomes_a_line_of_its_own(self, clerk, world, departments):
        draft = plan(
            world,
            to="Các Sở: Tài chính, Nội vụ, Nông nghiệp và Môi trường",
            support="các Sở: Tài chính, Nội vụ",
        )
        lines = [(line.text, line.unit) for line in draft.addressees.filter(salutation=True)]
        assert lines[:3] == [
            ("Sở Tài chính", departments[0]),
            ("Sở Nội vụ", departments[1]),
            ("Sở Nông nghiệp và Môi trường", None),
        ]
        supports = [line.unit for line in draft.tasks.first().units.all() if line.duty == "support"]
        assert supports == departments
        page = clerk.get(desk_url(draft)).content.decode()
        assert 'href="#id_addressee-0-text"' in page, "the mark in the source leads to the first of them"

    def test_a_list_of_which_nobody_is_known_stays_as_printed(self, world):
        draft = plan(world, to="các Bộ: Công an, Tài chính")
        assert draft.addressees.first().text == "các Bộ: Công an, Tài chính"


def test_the_preview_and_the_issue_read_the_same(clerk, world, inspectors):
    draft = plan(world, to="Các phòng chuyên môn, nghiệp vụ Sở (trừ Thanh tra Sở)")
    page = clerk.get(reverse("directive-preview", args=[draft.pk])).content.decode()
    assert "(trừ Thanh tra Sở)" in page
