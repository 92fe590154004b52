"""Whom a printed name means: units and groups, however an office writes them."""

import pytest

from directives import drafting
from tests import factories
from tests.drafting_world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


class TestNames:
    @pytest.mark.parametrize(
        "written",
        ["Trung tâm Đăng kiểm xe cơ giới", "trung tam dang kiem xe co gioi", "TTDKXCG", "ttđkxcg", "Giám đốc Trung tâm Đăng kiểm xe cơ giới"],
    )  # fmt: skip
    def test_a_unit_is_found_without_marks_by_initials_and_by_its_head(self, world, written):
        assert drafting.Directory(world.unit).find(written).unit == world.centre

    @pytest.mark.parametrize(
        "written", ["KHTC", "P. KHTC", "Phòng KHTC", "Trưởng phòng KHTC", "kế hoạch - tài chính", "phòng kế hoạch tài chính"]
    )  # fmt: skip
    def test_a_room_is_found_by_what_it_is_called_in_the_house(self, world, written):
        room = factories.make_unit("Phòng Kế hoạch - Tài chính", parent=world.unit, code="SGTVT-KHTC")
        assert drafting.Directory(world.unit).find(written).unit == room

    @pytest.mark.parametrize(
        "written", ["Sở Giao thông vận tải Quảng Ngãi", "Sở GTVT tỉnh Quảng Ngãi", "sở gtvt quảng ngãi"]
    )
    def test_an_office_is_found_with_its_province(self, world, written):
        world.unit.place = "Quảng Ngãi"
        world.unit.save()
        assert drafting.Directory(world.unit).find(written).unit == world.unit

    def test_a_unit_is_at_its_own_place_and_not_at_its_superiors(self, world):
        world.province.place, world.unit.place = "Hà Nội", "Quảng Ngãi"
        world.province.save()
        world.unit.save()
        directory = drafting.Directory(world.unit)
        assert directory.issuer_of("", world.unit.name, place="Quảng Ngãi") == world.unit
        assert directory.issuer_of("", world.unit.name, place="Hà Nội") is None
        assert directory.issuer_of("", world.centre.name, place="Quảng Ngãi") == world.centre

    def test_a_short_name_of_the_own_house_comes_before_anothers(self, world):
        own = factories.make_unit("Phòng Hành chính", parent=world.unit, code="SGTVT-VP")
        factories.make_unit("Văn phòng Sở Xây dựng", short_name="VP", code="SXD-VP")
        assert drafting.Directory(world.unit).find("vp").unit == own

    def test_first_words_that_two_units_share_mean_neither(self, world):
        for name in ("Ban Quản lý bến xe", "Ban Quản lý dự án"):
            factories.make_unit(name, parent=world.unit)
        assert drafting.Directory(world.unit).find("Ban Quản lý").unit is None

    def test_a_short_name_of_two_rooms_means_neither(self, world):
        for code, name in (("SGTVT-KH", "Phòng Kế hoạch"), ("SGTVT-KH2", "Phòng Khoa học")):
            factories.make_unit(name, parent=world.unit, code=code)
        assert drafting.Directory(world.unit).find("Phòng KH").unit is None

    @pytest.mark.parametrize(
        "written", ["các phòng chuyên môn, nghiệp vụ Sở", "Trưởng các phòng chuyên môn nghiệp vụ sở"]
    )
    def test_a_group_is_found_by_the_words_of_the_paper(self, world, written):
        assert drafting.Directory(world.unit).find(written).group == world.rooms

    def test_the_nearest_of_units_that_share_a_name_is_meant_and_each_can_be_named(self, world):
        elsewhere = factories.Office()
        directory = drafting.Directory(world.unit)
        assert directory.find("Văn phòng Sở").unit == world.office.room
        other = drafting.Target("", unit=elsewhere.room)
        assert directory.find(directory.name(other)).unit == elsewhere.room
