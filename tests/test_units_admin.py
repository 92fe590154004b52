"""Who may what on the screens of the administrator."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import register
from directives.models import Register
from tests.factories import Office, give_role, make_unit, make_user
from tests.screens import NO_NAMES, page, send, sign_in, unit_form
from units import accounts, structure
from units.enums import Role
from units.errors import NotAllowed
from units.models import CalendarDay, Event, Membership, Unit, UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

DAY = date(2024, 7, 1)


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def administrator(office):
    return make_user(Role.ADMIN, office.unit)


# --- Who may what in the admin -----------------------------------------------------------------
EVERYTHING = {"changelist", "add", "change"}
PICKED = {"changelist", "view"}
NOTHING: set[str] = set()
ADMIN_TABLE = {
    # model: (administrator, clerk, everybody else)
    "unit": (EVERYTHING, PICKED, NOTHING),
    "unitgroup": (EVERYTHING, PICKED, NOTHING),
    "user": (EVERYTHING, NOTHING, NOTHING),
    "membership": (EVERYTHING, NOTHING, NOTHING),
    "calendarday": (EVERYTHING | {"delete"}, NOTHING, NOTHING),
    "event": (PICKED, NOTHING, NOTHING),
}


def world_of(model, office):
    made = {
        "unit": lambda: office.unit,
        "unitgroup": lambda: UnitGroup.objects.create(name="G", owner=office.unit, children_of=office.unit),
        "user": lambda: office.leader,
        "membership": lambda: give_role(office.leader, Role.STAFF, office.unit),
        "calendarday": lambda: CalendarDay.objects.create(day=DAY, kind="off"),
        "event": lambda: structure.rename(make_unit(), "X", by=None) and Event.objects.last(),
    }
    return made[model]()


def allowed(client, model, obj) -> set[str]:
    """What the screens of a model answer, by what they let a person do."""
    found = set()
    if client.get(reverse(f"admin:units_{model}_changelist")).status_code == 200:
        found.add("changelist")
    if client.get(reverse(f"admin:units_{model}_add")).status_code == 200:
        found.add("add")
    page = client.get(reverse(f"admin:units_{model}_change", args=[obj.pk]))
    if page.status_code == 200:
        found.add("change" if 'name="_save"' in page.content.decode() else "view")
    if client.get(reverse(f"admin:units_{model}_delete", args=[obj.pk])).status_code == 200:
        found.add("delete")
    return found


@pytest.mark.parametrize("model", ADMIN_TABLE)
@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_what_in_the_admin(model, role, office):
    obj = world_of(model, office)
    administrator, clerk, others = ADMIN_TABLE[model]
    expected = {Role.ADMIN: administrator, Role.CLERK: clerk}.get(role, others)
    assert allowed(sign_in(make_user(role, office.unit)), model, obj) == expected


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_what_is_not_shown_is_not_taken_either(role, office):
    client, before = sign_in(make_user(role, office.unit)), Unit.objects.count()
    send(client, reverse("admin:units_unit_add"), code="X", name="X", kind="other", position=0, **NO_NAMES)
    url = reverse("admin:units_unit_change", args=[office.unit.pk])
    send(client, url, **unit_form(office.unit, name="Đổi"))
    client.post("/quan-tri/units/unit/nhap/", {})
    assert Unit.objects.count() == before
    assert not Event.objects.filter(chain="administration").exists()


def test_what_was_kept_is_told_as_a_sentence_with_the_way_to_it(administrator, office):
    url = reverse("admin:units_unit_change", args=[office.unit.pk])
    client = sign_in(administrator)
    send(client, url, **unit_form(office.unit, name="Sở Nội vụ"))
    assert f'Đơn vị “<a href="{url}">Sở Nội vụ</a>” đã được thay đổi thành công.' in html.unescape(
        page(client, "/quan-tri/units/unit/")
    )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_the_verbs_ask_too(role, office):
    with pytest.raises(NotAllowed):
        structure.keep(Unit(code="X", name="X"), by=make_user(role, office.unit))


def test_a_clerk_picks_living_units_and_the_own_groups(office):
    gone = make_unit("Phòng đã giải thể", ends_on=DAY)
    UnitGroup.objects.create(name="Nhóm của ta", owner=office.unit, children_of=office.unit)
    UnitGroup.objects.create(name="Nhóm của người", owner=make_unit(), children_of=office.unit)
    client = sign_in(office.clerk)
    offered = {"app_label": "units", "model_name": "unit", "field_name": "parent", "term": "phong"}
    found = client.get(reverse("admin:autocomplete"), offered).json()["results"]
    assert office.rooms[0].name in {row["text"] for row in found}
    assert gone.name not in {row["text"] for row in found}
    groups = client.get(reverse("admin:units_unitgroup_changelist")).content.decode()
    assert "Nhóm của ta" in groups
    assert "Nhóm của người" not in groups


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.AUDITOR, None])
def test_others_are_offered_nothing(role, office):
    asked = {"app_label": "units", "model_name": "unit", "field_name": "parent", "term": "phong"}
    assert sign_in(make_user(role, office.unit)).get(reverse("admin:autocomplete"), asked).status_code in {
        302,
        403,
    }


def test_the_record_shows_the_administrations_chain_alone(office, administrator):
    office.issue()
    structure.rename(office.room, "Văn phòng mới", by=administrator)
    page = sign_in(administrator).get(reverse("admin:units_event_changelist")).content.decode()
    assert "Văn phòng mới" in page
    assert "V/v triển khai" not in page


def test_the_record_says_in_words_what_it_keeps_in_codes(office, administrator):
    client = sign_in(administrator)
    structure.rename(office.room, "Văn phòng mới", by=administrator, starts_on=DAY)
    structure.keep(CalendarDay(day=DAY, kind="work"), by=administrator)
    structure.keep(
        UnitGroup(name="Nhóm", owner=office.unit, children_of=office.unit, kind="division"), by=administrator
    )
    group = UnitGroup.objects.get(name="Nhóm")
    structure.change_list(group, [office.room], by=administrator)
    accounts.give_role(
        Membership(user=office.clerk, unit=office.room, role="staff", starts_on=DAY), by=administrator
    )
    book = Register(issuer=office.unit, name="Sổ riêng", kinds=["plan"])
    register.open_register(book, by=administrator, last=12)
    fields = {"issuer": office.room.pk, "name": "Sổ riêng", "kinds": ["plan", "notice"], "notation": "party",
              "period_rule": "year", "term_starts_on": "", "term_ends_on": ""}  # fmt: skip
    send(client, reverse("admin:directives_register_change", args=[book.pk]), **fields)
    shown = client.get(reverse("admin:units_event_changelist")).content.decode()
    body = re.sub(r"<[^>]+>", " ", shown.partition("<tbody>")[2].partition("</tbody>")[0])
    assert not set(re.findall(r"\b[a-z]+_[a-z_]+\b", body))
    for word in (
        "work",
        "division",
        "plan",
        "notice",
        "party",
        "year",
        "state",
        "staff",
        "last",
        "names",
        "listed",
    ):
        assert not re.search(rf"\b{word}\b", body), word
    for words in ("Mở sổ văn bản", "Sửa sổ văn bản", "số cuối của sổ giấy: 12", "Kế hoạch → Kế hoạch; Thông báo",
                  f"{office.unit.name} → {office.room.name}", "từ 01/7/2024"):  # fmt: skip
        assert words in body, words


def test_a_wrong_mail_address_is_said_with_the_way_out(administrator):
    sent = {"username": "moi", "full_name": "Lê Thị Mới", "post": "", "email": "khong phai", "phone": ""}
    answer = send(sign_in(administrator), reverse("admin:units_user_add"), **sent)
    assert "Thư điện tử: Địa chỉ này chưa đúng; hãy ghi như lan@donvi.gov.vn." in answer.content.decode()


def test_who_reads_no_documents_is_offered_no_search_among_them(office, administrator):
    home = reverse("admin:index")
    for person, offered in ((administrator, 0), (office.clerk, 1)):
        assert sign_in(person).get(home).content.decode().count('class="find"') == offered


@pytest.mark.parametrize("model", ["unit", "unitgroup", "user", "membership", "calendarday", "event"])
def test_lists_cost_the_same_for_one_and_for_three_rows(model, office, administrator):
    client, url = sign_in(administrator), reverse(f"admin:units_{model}_changelist")
    counts = []
    for n in (1, 3):
        for k in range(n):
            unit = make_unit(parent=office.unit)
            UnitGroup.objects.create(name=f"G{n}{k}", owner=unit, children_of=unit)
            give_role(make_user(), Role.STAFF, unit)
            CalendarDay.objects.create(day=DAY + timedelta(days=10 * n + k), kind="off")
            structure.rename(unit, f"Tên {n}{k}", by=administrator)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
