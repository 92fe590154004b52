"""The screens of tracking: what a unit owes, one assignment, a report from the phone, the Office's queue."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.safestring import SafeString

from directives import tracking
from directives.enums import Duty
from directives.models import Assignment, Task
from directives.views.tracking.blanks import DRAWN_KEY, NOBODY, Blanks, form_of
from units.enums import Role

from .factories import Office, assignments_of, give_role, make_user
from .screens import act, issue_earlier, page

pytestmark = pytest.mark.django_db

LIST = "/nhiem-vu/"


@pytest.fixture
def office():
    office = Office(rooms=2)
    # Made-up names carry running numbers: a digit of the issuer's would be found as one of the document's number.
    office.unit.name, office.unit.notation = "Sở Xây dựng", "SXD"
    office.unit.save()
    return office


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1))[0]


@pytest.fixture
def head(client, office, row):
    person = office.head_of(row)
    client.force_login(person)
    return person


# --- What the unit owes ------------------------------------------------------------------------


def test_groups_come_in_the_order_of_urgency(client, office):
    late = issue_earlier(office, 20, tasks=1, due_in=10)
    soon, later = office.issue(tasks=1, due_in=3), office.issue(tasks=1, due_in=40)
    undated, told = office.issue(tasks=1, due_in=None), office.issue(tasks=1, due_in=1)
    for assignment in assignments_of(told):
        office.report(assignment)
    client.force_login(office.heads[office.rooms[0]])
    text = page(client, LIST)
    words = ["Quá hạn <", "Đến hạn trong 7 ngày tới <", "Sau đó <", "Không có thời hạn <", "Chờ xác nhận <"]
    assert [text.index(word) for word in words] == sorted(text.index(word) for word in words)
    codes = [text.index(f"{directive}</a>") for directive in (late, soon, later, undated, told)]
    assert codes == sorted(codes)


def test_lateness_is_told_in_working_days_too(client, office):
    issue_earlier(office, 20, tasks=1, due_in=6)
    client.force_login(office.heads[office.rooms[0]])
    text = page(client, LIST)
    assert "Quá hạn 14 ngày" in text
    assert "ngày làm việc)" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_six_queries(client, office, rows, django_assert_num_queries):
    issue_earlier(office, 20, tasks=rows, due_in=10)
    client.force_login(office.heads[office.rooms[0]])
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_every_card_has_the_form_that_its_own_page_would_draw(rf, office, row, head):
    """Drawn once for all cards; each with its own number and its own key."""
    office.issue(tasks=2)
    asked = rf.get(LIST, {"q": f"<b>{NOBODY}"})
    asked.user, asked.resolver_match = head, resolve(LIST)
    drawn, keys = Blanks(asked), set()
    for required in (True, False):
        for one in Assignment.objects.filter(unit=row.unit_id).select_related("directive", "task"):
            one.directive.evidence_required = required
            shown = {"assignment": one, "form": form_of(one), "next": asked.get_full_path()}
            alone = render_to_string("tracking/report_form.html", shown, asked)
            assert told(drawn.of(one)) == told(alone).replace(str(NOBODY), str(one.pk))
            assert isinstance(drawn.of(one), SafeString)
            keys |= set(DRAWN_KEY.findall(drawn.of(one)))
    assert len(keys) == Assignment.objects.filter(unit=row.unit_id).count() * 2


def told(form):
    """The form but for what each drawing has of its own."""
    return re.sub(r'(csrfmiddlewaretoken|form_key)" value="[^"]+', r"\1", form)


def test_only_the_own_units_work_is_listed(client, office, row):
    client.force_login(office.heads[office.rooms[1]])
    found = page(client, LIST)
    assert f"/nhiem-vu/{row.pk}/" not in found
    client.force_login(office.head_of(row))
    assert f"/nhiem-vu/{row.pk}/" in page(client, LIST)


def test_staff_read_and_do_not_report(client, office, row):
    client.force_login(make_user(Role.STAFF, row.unit))
    text = page(client, LIST)
    assert row.task.text in text
    assert "Báo cáo hoàn thành" not in text
    assert "Tiếp nhận" not in text
    assert client.get(reverse("assignment-report", args=[row.pk])).status_code == 403
    assert act(client, row, "report", text="Xong").status_code == 403


def test_a_returned_report_shows_its_reason(client, office, row, head):
    office.report(row)
    tracking.send_back(row, by=office.monitor, reason="Chưa kèm danh sách người dự")
    text = page(client, LIST)
    assert "Trả lại" in text
    assert "Chưa kèm danh sách người dự" in text


@pytest.mark.parametrize("asked", ["phổ biến kết luận", "pho bien", "KET LUAN 57 kl tw", "dang"])
def test_search_needs_no_marks(client, office, row, head, asked):
    Task.objects.filter(pk=row.task_id).update(text="Phổ biến Kết luận số 57-KL/TW của Đảng")
    other = office.issue(tasks=1)
    text = page(client, LIST, data={"q": asked})
    assert f"/nhiem-vu/{row.pk}/" in text
    assert f"{other}</a>" not in text


def test_search_finds_the_document_by_its_number(client, office, row, head):
    other = office.issue(tasks=1)
    text = page(client, LIST, data={"q": other.code.lower().replace("/", " ")})
    assert f"{other}</a>" in text
    assert f"/nhiem-vu/{row.pk}/" not in text


def test_the_list_is_narrowed_by_group_and_document(client, office, row, head):
    office.accept(row)
    other = office.issue(tasks=1)
    assert f"/nhiem-vu/{row.pk}/" not in page(client, LIST)
    assert f"/nhiem-vu/{row.pk}/" in page(client, LIST, data={"tinh-trang": "hoan-thanh"})
    assert f"{other}</a>" in page(client, LIST, data={"van-ban": other.pk})
    assert f"{other}</a>" not in page(client, LIST, data={"van-ban": row.directive_id})


@pytest.mark.parametrize(
    "odd", ["x_y_z", "2024-01-01_5_3", "1_2_3", "_", "1_9999-99-99_1", f"{10**30}_2024-01-01_1", "²", "\0"]
)
def test_an_address_changed_by_hand_is_no_error(client, office, row, head, odd):
    client.force_login(give_role(office.monitor, Role.HEAD, row.unit).user)
    for name in ["sau", "tinh-trang", "van-ban", "q", "chon"]:
        assert {client.get(address, {name: odd}).status_code for address in (LIST, "/cho-xu-ly/")} == {200}


def test_what_came_back_is_found_by_itself(client, office, row, head):
    other = office.issue(tasks=1)
    office.report(row)
    tracking.send_back(row, by=office.monitor, reason="Thiếu")
    text = page(client, LIST, data={"tinh-trang": "tra-lai"})
    assert f"/nhiem-vu/{row.pk}/" in text
    assert f"{other}</a>" not in text


@pytest.mark.parametrize("state", ["", "hoan-thanh"])
def test_a_long_list_is_turned_over_without_loss(client, office, state):
    directive = office.issue(tasks=45)
    room = office.rooms[0]
    if state:
        for assignment in [a for a in assignments_of(directive) if a.unit_id == room.pk]:
            office.accept(assignment)
    client.force_login(office.heads[room])
    seen, address = [], f"{LIST}?tinh-trang={state}"
    while address:
        text = page(client, address)
        seen += [
            part.split('"')[0]
            for part in text.split('<article class="task')[1:]
            for part in [part.split('id="')[1]]
        ]
        rest = text.split('rel="next" href="')[1:]
        address = LIST + rest[0].split('"')[0].replace("&amp;", "&") if rest else ""
    assert len(seen) == len(set(seen)) == 45


def test_nothing_owed_says_so_with_the_last_fact(client, office, row, head):
    office.accept(row)
    text = page(client, LIST)
    assert "Không còn nhiệm vụ nào đang mở" in text
    assert row.directive.code in text


def test_a_person_without_a_unit_owes_nothing(client, row):
    client.force_login(make_user())
    assert "Đơn vị chưa được giao nhiệm vụ nào" in page(client, LIST)


# --- One assignment ----------------------------------------------------------------------------


def cell_of(row):
    return reverse("cell", args=[row.directive_id, row.unit_id, row.task_id])


def test_one_assignment_tells_everything(client, office, row, head):
    office.report(row, text="Đã họp 21/21 người")
    tracking.send_back(row, by=office.monitor, reason="Thiếu biên bản")
    text = page(client, f"/nhiem-vu/{row.pk}/")
    for words in [
        row.task.text,
        "Đã họp 21/21 người",
        "12/BC-P",
        "Thiếu biên bản",
        "Trả lại báo cáo",
        row.directive.code,
    ]:
        assert words in text
    assert text.index("Trả lại báo cáo") < text.rindex("giao nhiệm vụ, thời hạn")


def test_the_cell_is_the_same_assignment_and_a_fragment_on_demand(client, office, row):
    client.force_login(office.monitor)
    assert "<html" in page(client, cell_of(row))
    for fragment in (
        page(client, cell_of(row), headers={"hx-request": "true"}),
        page(client, f"{cell_of(row)}?manh=1"),
    ):
        assert "<html" not in fragment
        assert row.unit_name in fragment
    assert client.get(f"{cell_of(row)}?ky=2026Q1").status_code == 404


def test_strangers_find_nothing(client, office, row):
    other = Office(rooms=1)
    people = [other.monitor, other.leader, other.heads[other.rooms[0]], office.heads[office.rooms[1]]]
    addresses = [
        f"/nhiem-vu/{row.pk}/",
        cell_of(row),
        f"/nhiem-vu/{row.pk}/bao-cao/",
        f"/nhiem-vu/{row.pk}/tra-lai/",
    ]
    for person in people:
        client.force_login(person)
        assert {client.get(address).status_code for address in addresses} == {404}
        verbs = ["acknowledge", "report", "withdraw", "accept", "send-back", "reopen", "cancel"]
        assert {act(client, row, verb, reason="x", text="x").status_code for verb in verbs} == {404}


@pytest.mark.parametrize("times", [1, 3])
def test_one_assignment_costs_the_same_however_much_happened(
    client, office, row, head, times, django_assert_num_queries
):
    for _ in range(times):
        office.report(row)
        tracking.send_back(row, by=office.monitor, reason="Thiếu")
    with django_assert_num_queries(9):
        client.get(f"/nhiem-vu/{row.pk}/")


def test_support_is_said(client, office, row, head):
    Assignment.objects.filter(pk=row.pk).update(duty=Duty.SUPPORT)
    assert "Phối hợp" in page(client, LIST)
