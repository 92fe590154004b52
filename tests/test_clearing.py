"""What stands in the way of work: it lies with one at a time, who answers it or sends it on, and everybody sees where."""

from datetime import timedelta

import pytest
from django.urls import reverse

from directives import rules, tracking
from directives.compliance import desk, waiting_count
from directives.errors import Incomplete, NotAllowed, Stale, WrongState
from directives.models import Assignment, Forwarding, Notice, ProgressNote
from units import clock
from units.enums import Role
from units.models import Event, User

from .factories import Office, assignments_of, make_unit, make_user
from .notices_world import Desk, on, run, told
from .screens import act, page, send, sign_in

pytestmark = pytest.mark.django_db

LIST = "/cho-xu-ly/vuong-mac/"


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def collector(office):
    return office.rooms[1]


@pytest.fixture
def row(office, collector):
    directive = office.issue(tasks=1, due_in=10, to=office.rooms[:1], collecting_unit=collector)
    return assignments_of(directive)[0]


def stuck(office, row, words="Thiếu kinh phí"):
    return tracking.note_progress(row, by=office.head_of(row), obstacle=words)


def again(note):
    """As a screen loads it."""
    found = ProgressNote.objects.select_related("assignment__directive", "assignment__issuer", "holder")
    return found.get(pk=note.pk)


def sent(note, *, by, unit, word="Đề nghị xem xét", **fields):
    return tracking.forward_obstacle(again(note), by=by, unit=unit, word=word, **fields)


def holders(office, note):
    people = [office.clerk, office.monitor, office.leader, *office.heads.values()]
    fresh = [User.objects.get(pk=person.pk) for person in people]
    return {
        user for user in fresh if ProgressNote.objects.filter(rules.held_obstacles(user), pk=note.pk).exists()
    }


# --- With whom it lies -------------------------------------------------------------------------


def test_it_goes_to_the_collecting_unit_which_answers_once(office, row, collector):
    head = office.heads[collector]
    note = stuck(office, row)
    assert holders(office, note) == {head}
    with pytest.raises(NotAllowed):
        tracking.answer_obstacle(again(note), by=office.monitor, answer="Không đến lượt")
    tracking.answer_obstacle(again(note), by=head, answer="Sẽ tổng hợp báo cáo")
    with pytest.raises(WrongState):
        tracking.answer_obstacle(again(note), by=head, answer="Lần nữa")
    assert ProgressNote.objects.get().answer == "Sẽ tổng hợp báo cáo"


def test_without_one_it_goes_to_whoever_gave_the_work(office):
    (row,) = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))
    assert holders(office, stuck(office, row)) == {office.monitor, office.leader}


def test_the_collecting_unit_answers_nothing_to_itself(office, collector):
    directive = office.issue(tasks=1, to=[collector], collecting_unit=collector)
    assert stuck(office, assignments_of(directive)[0]).holder_id == office.unit.pk


def test_nothing_is_sent_where_nobody_is(office, row, collector):
    office.heads[collector].memberships.update(ends_on=clock.today() - timedelta(days=1))
    note = stuck(office, row)
    assert note.holder_id == office.unit.pk
    with pytest.raises(Incomplete):
        sent(note, by=office.monitor, unit=collector)


def test_it_is_sent_on_to_the_office_to_its_leader_or_to_a_unit_and_stays_open(office, row, collector):
    note, other = stuck(office, row), office.rooms[2]
    sent(note, by=office.heads[collector], unit=office.unit)
    assert holders(office, note) == {office.monitor, office.leader}
    sent(note, by=office.monitor, unit=office.unit, to_leader=True, word="Vượt thẩm quyền")
    assert holders(office, note) == {office.leader}
    with pytest.raises(NotAllowed):
        tracking.answer_obstacle(again(note), by=office.monitor, answer="x")
    sent(note, by=office.leader, unit=other, word="Phòng này bố trí")
    assert holders(office, note) == {office.heads[other]}
    assert ProgressNote.objects.get().answered_at is None
    tracking.answer_obstacle(again(note), by=office.heads[other], answer="Đã bố trí")
    way = [(one.sender, one.receiver, one.to_leader) for one in Forwarding.objects.order_by("pk")]
    assert way == [
        (collector, office.unit, False),
        (office.unit, office.unit, True),
        (office.unit, other, False),
    ]
    assert Event.objects.filter(verb="forward_obstacle").count() == 3
    assert f"{other.name}: Phòng này bố trí" in Event.objects.filter(verb="forward_obstacle").last().note


def test_whoever_gave_the_work_takes_it_to_themselves(office, row):
    note = stuck(office, row)
    sent(note, by=office.monitor, unit=office.unit, word="Văn phòng trả lời")
    tracking.answer_obstacle(again(note), by=office.monitor, answer="Đã rõ")
    assert ProgressNote.objects.get().answered_by == office.monitor


def test_who_has_let_it_go_sends_it_nowhere(office, row, collector):
    note = stuck(office, row)
    sent(note, by=office.heads[collector], unit=office.unit)
    for person in (office.heads[collector], office.head_of(row), office.clerk):
        with pytest.raises(NotAllowed):
            sent(note, by=User.objects.get(pk=person.pk), unit=office.rooms[2])


@pytest.mark.parametrize("to", [None, "self", "holder", "foreign"])
def test_where_it_cannot_go(office, row, collector, to):
    foreign = make_unit()
    make_user(Role.HEAD, foreign)
    unit = {None: None, "self": row.unit, "holder": collector, "foreign": foreign}[to]
    with pytest.raises(Incomplete) as refusal:
        sent(stuck(office, row), by=office.heads[collector], unit=unit)
    assert list(refusal.value.fields) == ["to"]


def test_a_word_goes_with_it(office, row, collector):
    with pytest.raises(Incomplete) as refusal:
        sent(stuck(office, row), by=office.heads[collector], unit=office.unit, word=" ")
    assert list(refusal.value.fields) == ["word"]


def test_of_two_who_send_it_on_at_once_the_second_is_told(office, row, collector):
    note = stuck(office, row)
    seen = again(note)
    sent(note, by=office.monitor, unit=office.unit)
    with pytest.raises(Stale):
        tracking.forward_obstacle(seen, by=office.monitor, unit=office.rooms[2], word="x")
    assert Forwarding.objects.count() == 1


# --- The way there -----------------------------------------------------------------------------


@pytest.fixture
def outsider():
    """A collecting unit under the office that owes nothing itself: it sees no row of the document."""
    office = Office(rooms=2)
    directive = office.issue(tasks=2, due_in=10, to=office.rooms[:1], collecting_unit=office.rooms[1])
    rows = assignments_of(directive)
    return office, rows, office.heads[office.rooms[1]]


def test_the_head_of_the_collecting_unit_finds_the_way(outsider):
    office, rows, head = outsider
    assert "obstacle-list" not in page(sign_in(head), "/")
    assert f'href="{LIST}"' not in page(sign_in(head), "/don-vi/")
    stuck(office, rows[0])
    head = User.objects.get(pk=head.pk)
    assert not Assignment.objects.filter(rules.visible_assignments(head)).exists()
    assert desk(head, clock.today()).to_clear == 1
    assert waiting_count(head)["obstacles"] == 1
    first = page(sign_in(head), "/")
    assert "Có 1 việc cần làm" in first
    assert "1 phần việc có vướng mắc chờ trả lời" in first
    assert f'href="{LIST}"' in page(sign_in(head), "/don-vi/")
    shown = page(sign_in(head), LIST)
    assert "Thiếu kinh phí" in shown
    assert "Phần của hàng chờ" not in shown, "who has no queue sees none of its parts"


def test_whoever_raised_it_sees_where_it_lies(outsider):
    office, rows, head = outsider
    note = stuck(office, rows[0])
    sent(note, by=head, unit=office.unit, word="Vượt thẩm quyền")
    shown = page(sign_in(office.head_of(rows[0])), f"/nhiem-vu/{rows[0].pk}/")
    assert f"Đang ở: {office.unit.name}, từ" in shown
    assert f"{office.rooms[1].name} chuyển đến {office.unit.name}" in shown
    assert "Vượt thẩm quyền" in shown
    assert "Trả lời vướng mắc</a>" not in shown
    assert "Trả lời vướng mắc</a>" in page(sign_in(office.monitor), f"/nhiem-vu/{rows[0].pk}/")


def test_who_notes_it_is_told_where_it_went_and_the_list_says_who_answers(outsider):
    office, rows, head = outsider
    client, row = sign_in(office.head_of(rows[0])), rows[0]
    collector = office.rooms[1].name
    act(client, row, "progress", text="Đang làm")
    shown = page(client, "/nhiem-vu/")
    assert "Đã ghi tiến độ." in shown
    assert "Vướng mắc" not in shown
    act(client, row, "progress", obstacle="Thiếu kinh phí")
    shown = page(client, "/nhiem-vu/")
    assert f"Đã ghi tiến độ. Vướng mắc đã gửi đến {collector}." in shown
    assert shown.count(f"Vướng mắc chờ {collector} trả lời.") == 1
    note = ProgressNote.objects.get(obstacle="Thiếu kinh phí")
    sent(note, by=head, unit=office.unit, to_leader=True)
    assert f"Vướng mắc chờ lãnh đạo {office.unit.name} trả lời." in page(client, "/nhiem-vu/")
    tracking.answer_obstacle(again(note), by=office.leader, answer="Sẽ cấp thêm")
    assert "Vướng mắc chờ" not in page(client, "/nhiem-vu/")
    shown = page(client, f"/nhiem-vu/{row.pk}/")
    assert shown.index("chuyển đến") < shown.index("Sẽ cấp thêm") < shown.index(office.leader.display_name)


def test_it_is_sent_on_from_the_screen_once(outsider):
    office, rows, head = outsider
    note = stuck(office, rows[0])
    client, address = sign_in(head), reverse("obstacle-forward", args=[note.pk])
    assert f"Lãnh đạo {office.unit.name}" in page(client, address)
    answer = send(client, address, to="", word="")
    assert (answer.status_code, Forwarding.objects.count()) == (422, 0)
    answer = send(client, address, to="lanh-dao", word="Xin ý kiến")
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    note.refresh_from_db()
    assert (note.holder, note.leader_answers) == (office.unit, True)
    assert "Đã chuyển vướng mắc đến Lãnh đạo" in page(client, LIST)
    assert send(client, address, to="co-quan", word="x").status_code == 403


def test_a_stranger_finds_no_such_obstacle(outsider):
    office, rows, _head = outsider
    note = stuck(office, rows[0])
    for person in (make_user(), make_user(Role.HEAD, make_unit())):
        assert sign_in(person).get(reverse("obstacle-forward", args=[note.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 2])
def test_the_list_costs_the_same(outsider, count, django_assert_num_queries):
    office, rows, head = outsider
    for row in rows[:count]:
        sent(stuck(office, row), by=office.monitor, unit=office.unit)
    client = sign_in(office.monitor)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)


def test_its_head_is_told_in_the_morning_and_led_to_it(settings):
    desk = Desk(rooms=2)
    (row,) = assignments_of(desk.due(20, collecting_unit=desk.rooms[1]))
    other = desk.heads[desk.rooms[1]]
    with on():
        note = stuck(desk, row)
    run()
    assert (told(other), told(desk.monitor)) == (["asked"], [])
    notice = Notice.objects.get(person=other)
    client = sign_in(other)
    assert "Đề nghị, vướng mắc chờ trả lời" in page(client, "/thong-bao/")
    answer = client.post(reverse("notice-open", args=[notice.pk]))
    assert answer["Location"] == f"{LIST}?viec={row.pk}"
    with on():
        sent(note, by=other, unit=desk.unit, to_leader=True)
    Notice.objects.all().delete()
    run()
    assert (told(other), told(desk.leader), told(desk.monitor)) == ([], ["asked"], [])
