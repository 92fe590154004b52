"""Units: the tree and its paths, dated names, groups, the directory, and who may do what in the admin."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import Office, make_unit, make_user
from tests.screens import send, sign_in, unit_form
from units import clock, structure
from units.enums import Act, Role, UnitKind
from units.errors import WrongState
from units.models import Event, Unit, UnitGroup, UnitName

pytestmark = pytest.mark.django_db

DAY = date(2024, 7, 1)


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def administrator(office):
    return make_user(Role.ADMIN, office.unit)


# --- Paths -------------------------------------------------------------------------------------
def wrong_paths():
    units = Unit.objects.select_related("parent")
    return [u for u in units if u.path != f"{u.parent.path if u.parent else ''}{u.pk:06d}/"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    parents=st.lists(st.integers(0, 8), min_size=8, max_size=8),
    moves=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 8)), max_size=6),
)
def test_every_path_is_the_superiors_path_and_the_own_number(parents, moves):
    units = []
    for n, parent in enumerate(parents):
        units.append(make_unit(parent=units[parent] if parent < n else None))
    for place, target in moves:
        unit = Unit.objects.get(pk=units[place].pk)
        unit.parent = Unit.objects.get(pk=units[target].pk) if target < 8 else None
        if unit.parent and unit.parent.is_under(unit.path):
            with pytest.raises(WrongState):
                structure.keep(unit, by=None)
        else:
            structure.keep(unit, by=None)
    assert wrong_paths() == []
    assert len(set(Unit.objects.values_list("path", flat=True))) == Unit.objects.count()


def test_paths_gone_wrong_are_settled(office):
    for unit in Unit.objects.all():
        Unit.objects.filter(pk=unit.pk).update(path=f"new-{unit.code}")
    structure.settle_paths()
    assert wrong_paths() == []


def test_a_move_under_the_own_branch_is_refused_with_a_sentence(office, administrator):
    client = sign_in(administrator)
    url = reverse("admin:units_unit_change", args=[office.unit.pk])
    page = send(client, url, **unit_form(office.unit, parent=office.room.pk)).content.decode()
    assert "trong chính nhánh của nó" in page
    assert Unit.objects.get(pk=office.unit.pk).parent is None


def test_a_branch_moves_with_everything_below(office, administrator):
    client, other = sign_in(administrator), make_unit("Bộ Xây dựng")
    url = reverse("admin:units_unit_change", args=[office.unit.pk])
    assert send(client, url, **unit_form(office.unit, parent=other.pk)).status_code == 302
    assert wrong_paths() == []
    assert Unit.objects.get(pk=office.rooms[0].pk).is_under(other.path)
    event = Event.objects.get()
    assert (event.verb, event.before, event.after) == (
        Act.CHANGE_UNIT,
        {"parent": None},
        {"parent": other.code},
    )


# --- Names -------------------------------------------------------------------------------------
def test_a_rename_keeps_the_name_before():
    unit = make_unit("Ban Quản lý bến xe", starts_on=date(2010, 1, 1))
    structure.rename(unit, "Trung tâm Quản lý bến xe", by=None, starts_on=DAY)
    assert unit.name == "Trung tâm Quản lý bến xe"
    assert unit.name_on(DAY) == "Trung tâm Quản lý bến xe"
    assert unit.name_on(DAY - timedelta(days=1)) == "Ban Quản lý bến xe"


def test_a_coming_name_waits_for_its_day():
    unit, tomorrow = make_unit("Ban Quản lý bến xe"), clock.today() + timedelta(days=1)
    structure.rename(unit, "Trung tâm Quản lý bến xe", by=None, starts_on=tomorrow)
    assert unit.name == "Ban Quản lý bến xe"
    UnitName.objects.take_effect(tomorrow)
    assert Unit.objects.get(pk=unit.pk).name == "Trung tâm Quản lý bến xe"


def test_names_never_overlap():
    unit = make_unit("Một")
    for n, name in enumerate(["Hai", "Ba", "Bốn"]):
        structure.rename(unit, name, by=None, starts_on=date(2020 + n, 1, 1))
    rows = list(unit.names.order_by("starts_on").values_list("name", "starts_on", "ends_on"))
    assert [row[0] for row in rows] == ["Một", "Hai", "Ba", "Bốn"]
    assert [row[2] for row in rows] == [*[row[1] for row in rows[1:]], None]


def test_names_are_dated_in_the_admin(administrator):
    unit, client = make_unit("Sở Giao thông vận tải"), sign_in(administrator)
    url = reverse("admin:units_unit_change", args=[unit.pk])
    names = {
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "Sở Xây dựng",
        "names-0-starts_on": "01/3/2025",
    }
    assert send(client, url, **unit_form(unit) | names).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Sở Xây dựng"
    assert unit.name_on(DAY) == "Sở Giao thông vận tải"
    assert Event.objects.get().verb == Act.CHANGE_NAMES
    again = names | {"names-TOTAL_FORMS": 2, "names-1-name": "Sở X", "names-1-starts_on": "01/3/2025"}
    assert "cùng bắt đầu từ một ngày" in send(client, url, **unit_form(unit) | again).content.decode()


# --- Search ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "pqlkchtgt",
        "ket cau",
        "KẾT CẤU ha tang",
        "P. QLKCHT",
        "kcht",
        "hạ tầng",
        "sgtvt kcht",
        "truc thuoc cu",
    ],
)
def test_a_unit_is_found_without_marks_by_initials_code_and_past_name(text):
    unit = make_unit("Phòng Quản lý kết cấu hạ tầng giao thông", code="SGTVT-KCHT", short_name="P. QLKCHT")
    UnitName.objects.create(unit=unit, name="Phòng trực thuộc cũ", starts_on=date(2001, 1, 1), ends_on=DAY)
    make_unit("Thanh tra Sở")
    assert list(Unit.objects.search(text)) == [unit]


# --- Groups ------------------------------------------------------------------------------------
def test_a_group_is_a_list_or_a_rule(office):
    inspectors = make_unit("Cảng vụ", parent=office.unit, kind=UnitKind.PUBLIC_SERVICE)
    gone = make_unit("Phòng cũ", parent=office.unit, ends_on=DAY)
    by_rule = UnitGroup.objects.create(
        name="Các phòng", owner=office.unit, children_of=office.unit, kind=UnitKind.DIVISION
    )
    everybody = UnitGroup.objects.create(name="Tất cả", owner=office.unit, children_of=office.unit)
    by_list = UnitGroup.objects.create(name="Chọn", owner=office.unit)
    by_list.listed.set([office.room, gone])
    rooms = {office.room, *office.rooms}
    assert set(by_rule.members_on(clock.today())) == rooms
    assert set(everybody.members_on(clock.today())) == rooms | {inspectors}
    assert set(by_list.members_on(clock.today())) == {office.room}
    assert set(by_list.members_on(DAY - timedelta(days=1))) == {office.room, gone}


@pytest.mark.parametrize(
    ("both", "saved"),
    [({}, False), ({"listed"}, True), ({"children_of"}, True), ({"listed", "children_of"}, False)],
)
def test_the_admin_takes_a_list_or_a_rule_but_not_both(office, administrator, both, saved):
    values = {"listed": [office.room.pk], "children_of": office.unit.pk}
    data = {name: values[name] for name in both}
    send(
        sign_in(administrator),
        reverse("admin:units_unitgroup_add"),
        name="Các phòng",
        owner=office.unit.pk,
        position=0,
        **data,
    )
    assert UnitGroup.objects.exists() == saved


def test_the_admin_says_whom_a_group_means_today(office, administrator):
    group = UnitGroup.objects.create(name="Các phòng", owner=office.unit, children_of=office.unit)
    page = (
        sign_in(administrator).get(reverse("admin:units_unitgroup_change", args=[group.pk])).content.decode()
    )
    assert "3 đơn vị" in page
    assert office.rooms[1].name in page


def test_a_name_decided_today_for_tomorrow_is_there_tomorrow():
    unit = make_unit("Sở Giao thông vận tải")
    tomorrow = clock.today() + timedelta(days=1)
    UnitName.objects.create(unit=unit, name="Sở Xây dựng", starts_on=tomorrow)
    call_command("settle_names")
    unit.refresh_from_db()
    assert unit.name == "Sở Giao thông vận tải"
    with clock.travel(clock.now() + timedelta(days=1)):
        call_command("settle_names")
    unit.refresh_from_db()
    assert unit.name == "Sở Xây dựng"


@pytest.mark.postgres
def test_paths_are_settled_by_how_many_units_there_are_now():
    """Where PostgreSQL holds the table to be all but empty, it looks for each superior in the whole of it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET reltuples = 1, relpages = 60 WHERE oid = 'units_unit'::regclass")
        Unit.objects.bulk_create(Unit(code=f"DV{n}", name="Phòng", path=f"new-{n}/") for n in range(300))
        structure.settle_paths()
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'units_unit'::regclass")
        assert cursor.fetchone()[0] >= 300
