"""A number that is wrong is said to be so before the Office sends it, and is answered; no number is typed over."""

import pytest

from directives import correcting, rules
from directives.enums import Decision, Duty
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Assignment, Correction
from units.enums import Role
from units.models import Event

from .factories import Office, assignments_of, give_role, make_user
from .screens import page, send, sign_in

pytestmark = pytest.mark.django_db
LIST = "/cho-xu-ly/dinh-chinh/"


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def room(office):
    rows = assignments_of(office.issue(tasks=3))
    office.accept(next(row for row in rows if row.unit_id == office.rooms[0].pk))
    return office.rooms[0]


def ask(office, room, /, **changes):
    told = {
        "office": office.unit,
        "line": "hoan-thanh",
        "reason": "Đã xong cả 3 việc",
        "expected": 3,
    } | changes
    return correcting.ask_correction(room, by=told.pop("by", office.heads[room]), **told)


def test_what_the_page_shows_is_kept_with_what_the_unit_says(office, room):
    asked = ask(office, room)
    assert (asked.shown, asked.expected, asked.decision) == (1, 3, Decision.PENDING)
    event = Event.objects.get(verb="ask_correction")
    assert event.after == {"line": "hoan-thanh", "shown": 1, "expected": 3, "reason": "Đã xong cả 3 việc"}


def test_support_is_not_counted_with_what_the_page_leads_with(office, room):
    Assignment.objects.filter(unit=room, task__position=2).update(duty=Duty.SUPPORT)
    assert ask(office, room, line="tat-ca").shown == 2


def put_right(office, room):
    """Another of the room's tasks is done, so that the number moves."""
    office.accept(Assignment.objects.filter(unit=room).exclude(state="accepted").first())


def test_nothing_is_called_corrected_that_still_says_the_same(office, room):
    asked = ask(office, room)
    with pytest.raises(Incomplete) as refused:
        correcting.answer_correction(asked, by=office.monitor, decision=Decision.GRANTED, answer="Đã sửa")
    assert list(refused.value.fields) == ["answer"]
    put_right(office, room)
    correcting.answer_correction(asked, by=office.monitor, decision=Decision.GRANTED, answer="Đã sửa")


MISSING = {
    "no reason": ({"reason": " "}, "reason"),
    "no number": ({"line": ""}, "line"),
    "a number nobody knows": ({"line": "khac"}, "line"),
    "no office": ({"office": None}, "office"),
    "the same number": ({"expected": 1}, "expected"),
}


@pytest.mark.parametrize(("changes", "field"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_told_at_its_field(office, room, changes, field):
    with pytest.raises(Incomplete) as refused:
        ask(office, room, **changes)
    assert list(refused.value.fields) == [field]
    assert not Correction.objects.exists()


def test_one_number_is_asked_about_once_until_it_is_answered(office, room):
    first = ask(office, room)
    with pytest.raises(Incomplete):
        ask(office, room, reason="Lần nữa")
    correcting.answer_correction(first, by=office.monitor, decision=Decision.REFUSED, answer="Số đúng")
    ask(office, room, reason="Lần nữa")
    assert Correction.objects.count() == 2


def test_who_may_ask_and_who_may_answer(office, room):
    stranger = Office(rooms=1)
    staff = make_user(Role.STAFF, room)
    for person in (staff, office.monitor, office.heads[office.rooms[1]], stranger.heads[stranger.rooms[0]]):
        with pytest.raises(NotAllowed):
            ask(office, room, by=person)
    asked = ask(office, room)
    for person in (staff, office.heads[room], office.clerk, stranger.monitor):
        with pytest.raises(NotAllowed):
            correcting.answer_correction(asked, by=person, decision=Decision.GRANTED, answer="Được")


def test_the_list_is_the_rule_itself(office, room):
    sits_inside = make_user(Role.MONITOR, office.unit)
    give_role(sits_inside, Role.HEAD, room)
    asked = ask(office, room)
    auditor = make_user(Role.AUDITOR, office.unit)
    everybody = [office.monitor, office.leader, office.clerk, office.heads[room], sits_inside, auditor]
    listed = {
        user.pk
        for user in everybody
        if Correction.objects.filter(rules.answerable_corrections(user), pk=asked.pk).exists()
    }
    assert listed == {user.pk for user in everybody if rules.can_answer_correction(user, asked)}
    assert listed == {office.monitor.pk, office.leader.pk}
    seen = {
        user.pk
        for user in everybody
        if Correction.objects.filter(rules.visible_corrections(user), pk=asked.pk).exists()
    }
    assert seen == listed | {office.heads[room].pk, sits_inside.pk, auditor.pk}


def test_of_two_answers_the_second_is_told(office, room):
    asked = ask(office, room)
    again = Correction.objects.get(pk=asked.pk)
    put_right(office, room)
    correcting.answer_correction(asked, by=office.monitor, decision=Decision.GRANTED, answer="Đã sửa")
    with pytest.raises(WrongState):
        correcting.answer_correction(again, by=office.leader, decision=Decision.REFUSED, answer="Không")
    assert Event.objects.filter(verb="answer_correction").count() == 1


# --- On the screen ------------------------------------------------------------------------------


def test_asked_on_the_units_page_and_answered_in_the_queue(office, room):
    head, monitor = sign_in(office.heads[room]), sign_in(office.monitor)
    figures = f"/thong-ke/don-vi/{room.pk}/"
    assert "Đề nghị đính chính số liệu" in page(head, figures)
    assert "Đề nghị đính chính số liệu" not in page(monitor, figures)
    asking = f"{figures}dinh-chinh/"
    send(head, asking, office=office.unit.pk, line="hoan-thanh", expected="3", reason="Đã xong cả 3 việc")
    assert "Chờ trả lời" in page(head, asking)
    queue = page(monitor, LIST)
    assert "đang hiện" in queue
    assert "Đã xong cả 3 việc" in queue
    asked = Correction.objects.get()
    answer = f"/dinh-chinh/{asked.pk}/tra-loi/"
    empty = send(monitor, answer, decision="dong-y", answer=" ")
    assert empty.status_code == 422
    assert "Hãy ghi nội dung trả lời." in empty.content.decode()
    untrue = send(monitor, answer, decision="dong-y", answer="Đã sửa theo <biên bản>")
    assert untrue.status_code == 422
    assert ">Đã sửa theo &lt;biên bản&gt;</textarea>" in untrue.content.decode()
    put_right(office, room)
    send(monitor, answer, decision="dong-y", answer="Đã xác nhận hai báo cáo còn lại")
    assert "Đã xác nhận hai báo cáo còn lại" in page(head, asking)
    assert "Không có đề nghị đính chính nào" in page(monitor, LIST)


def test_a_bad_form_keeps_what_was_typed(office, room):
    answer = send(
        sign_in(office.heads[room]),
        f"/thong-ke/don-vi/{room.pk}/dinh-chinh/",
        expected="nhiều",
        reason="Vì sai",
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Vì sai" in text
    assert 'value="nhiều"' in text


def test_the_queue_counts_them(office, room):
    ask(office, room)
    client = sign_in(office.monitor)
    counted = client.get("/cho-xu-ly/").context["frame"].waiting
    assert counted["corrections"] == 1
    assert counted["queue"] == 1


def test_strangers_find_nothing(office, room):
    asked = ask(office, room)
    stranger = sign_in(Office(rooms=1).monitor)
    assert stranger.get(f"/thong-ke/don-vi/{room.pk}/dinh-chinh/").status_code == 404
    assert send(stranger, f"/dinh-chinh/{asked.pk}/tra-loi/", answer="x").status_code == 404
    assert "Đã xong cả 3 việc" not in page(stranger, LIST)


def test_the_list_costs_the_same_for_one_and_many(office, room, django_assert_max_num_queries):
    for line in ("tat-ca", "hoan-thanh", "chua-hoan-thanh"):
        ask(office, room, line=line, expected=77)
    client = sign_in(office.monitor)
    with django_assert_max_num_queries(6):
        assert client.get(LIST).status_code == 200


def test_what_was_shown_then_is_not_told_as_what_is_shown_now(office, room):
    """While it waits both are told, in one query for all; once it is answered, what was shown then."""
    asked = ask(office, room)
    ask(office, room, line="tat-ca", expected=7)
    put_right(office, room)
    head, monitor = sign_in(office.heads[room]), sign_in(office.monitor)
    own = f"/thong-ke/don-vi/{room.pk}/dinh-chinh/"
    for told in (page(monitor, LIST), page(head, own)):
        assert "lúc đề nghị hiện 1, đơn vị cho là 3; nay <b>2</b>" in told
        assert "đang hiện 3, đơn vị cho là 7</p>" in told
    assert correcting.numbers_now([asked]) == {asked.pk: correcting.number_now(asked)}
    correcting.answer_correction(asked, by=office.monitor, decision=Decision.GRANTED, answer="Đã sửa")
    assert "lúc đề nghị hiện 1, đơn vị cho là 3</p>" in page(head, own)
