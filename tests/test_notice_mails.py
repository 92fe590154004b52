"""The mails, sent to a real mail server and read as a mail program reads them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from directives import notices, tracking
from directives.enums import NoticeKind
from directives.models import Assignment, Notice
from units.enums import Role
from units.models import User

from .factories import PASSWORD, assignments_of, give_role
from .notices_world import WEDNESDAY, Desk, letterbox, on, part, run, subject

pytestmark = pytest.mark.django_db
THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def desk():
    return Desk(rooms=2)


@pytest.fixture
def box(settings):
    with letterbox(settings) as server:
        yield server


def test_a_digest_reads_well_in_a_mail_program(desk, box):
    directive = desk.due(-5, tasks=2, title="V/v bảo đảm trật tự an toàn giao thông")
    run()
    (letter,) = box.to(desk.head)
    assert subject(letter) == "Thông Suốt 25/11/2026: Quá hạn 2"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        text = part(letter, kind)
        assert directive.code in text
        assert "bảo đảm trật tự an toàn giao thông" in text
        assert "2. Nội dung nhiệm vụ 2" in text
        assert "Quá hạn 5 ngày · 20/11/2026" in text
    assert text.count(f">{directive}</a>") == 1, "grouped by document"
    assert not re.search("<script|<style| style=", part(letter, "html"))


def test_every_link_opens_its_page_after_signing_in(desk, box):
    (late, back) = assignments_of(desk.due(-5, tasks=2))
    with on(WEDNESDAY, 7):
        desk.send_back(back)
        desk.urge(late)
        desk.issue(to=desk.rooms[:1])
    run()
    (letter,) = box.to(desk.head)
    links = set(re.findall(r"http://testserver(/[^\s\"<]*)", part(letter, "plain")))
    assert links == {
        link.replace("&amp;", "&")
        for link in re.findall(r'href="http://testserver([^"]*)"', part(letter, "html"))
    }
    assert {f"/nhiem-vu/{late.pk}/", f"/nhiem-vu/{back.pk}/", "/thong-bao/"} < links
    for link in links:
        client = Client()
        asked = client.get(link)
        assert asked.status_code == 302, link
        signed_in = client.post(asked.url, {"login": desk.head.username, "password": PASSWORD})
        assert (signed_in.status_code, signed_in.url) == (302, link)
        assert client.get(link).status_code == 200


def test_forty_events_for_one_person_are_one_mail(desk, box):
    works = assignments_of(desk.due(20, tasks=40))
    with on(WEDNESDAY, 7):
        for n, work in enumerate(works):
            desk.urge(work) if n % 2 else desk.send_back(work)
    run()
    run(WEDNESDAY, 9)
    (letter,) = box.to(desk.head)
    assert subject(letter) == "Thông Suốt 25/11/2026: Đôn đốc 20 · Báo cáo bị trả lại 20"
    assert "Và 28 việc nữa của văn bản này." in part(letter, "plain")
    assert Notice.objects.filter(person=desk.head).count() == 40


def test_a_person_with_two_roles_gets_one_mail(desk, box):
    give_role(desk.head, Role.HEAD, desk.rooms[1])
    give_role(desk.head, Role.MONITOR, desk.unit)
    desk.due(-5, to=desk.rooms)
    run()
    (letter,) = box.to(desk.head)
    assert subject(letter) == "Thông Suốt 25/11/2026: Quá hạn 2"


def test_what_was_said_stands_in_the_mail(desk, box):
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 9):
        desk.urge(work, "Báo cáo trước 10 giờ & <gấp>")
    run(WEDNESDAY, 9, 15)
    (letter,) = box.to(desk.head)
    assert "“Báo cáo trước 10 giờ & <gấp>”" in part(letter, "plain")
    assert "“Báo cáo trước 10 giờ &amp; &lt;gấp&gt;”" in part(letter, "html")


def test_one_digest_a_day_and_what_cannot_wait_besides(desk, box):
    (work, _other) = assignments_of(desk.due(-5, tasks=2))
    run(WEDNESDAY, 7)
    with on(WEDNESDAY, 9):
        desk.report(work)
    run(WEDNESDAY, 9, 15)  # an hour later something else awaits the monitor
    assert len(box.to(desk.head)) == len(box.to(desk.monitor)) == 1
    with on(WEDNESDAY, 10):
        tracking.send_back(Assignment.objects.get(pk=work.pk), by=desk.monitor, reason="Thiếu")
    run(WEDNESDAY, 10, 15)
    assert [subject(letter).partition(": ")[2] for letter in box.to(desk.head)] == [
        "Quá hạn 2",
        "Báo cáo bị trả lại 1",
    ]
    run(THURSDAY, 7)
    assert len(box.to(desk.head)) == 3


def test_in_english_for_whoever_reads_english(desk, box):
    User.objects.filter(pk=desk.head.pk).update(language="en")
    desk.due(-5)
    run()
    (letter,) = box.to(desk.head)
    assert subject(letter) == "Thông Suốt 25 Nov 2026: Overdue 1"
    text = part(letter, "plain")
    assert "Dear " in text
    assert "Overdue by 5 days" in text
    assert "Kính gửi" not in text
    assert '<html lang="en">' in part(letter, "html")
    assert '<html lang="vi">' in part(box.to(desk.deputy)[0], "html")


def test_whoever_does_not_want_a_kind_has_it_in_the_inbox_alone(desk, box):
    wanted = set(NoticeKind) - {NoticeKind.OVERDUE}
    notices.set_mailed_kinds(by=desk.head, wanted=wanted)
    desk.due(-5)
    desk.due(1)
    run()
    (letter,) = box.to(desk.head)
    assert subject(letter) == "Thông Suốt 25/11/2026: Nhắc hạn 1 ngày 1"
    assert sorted(Notice.objects.filter(person=desk.head).values_list("kind", "by_mail")) == [
        ("due_1", True),
        ("overdue", False),
    ]


def test_without_an_address_the_inbox_alone(desk, box):
    User.objects.filter(pk=desk.head.pk).update(email="")
    desk.due(-5)
    run()
    assert {letter["To"] for letter in box.letters} == {desk.deputy.email, desk.leader.email}
    assert Notice.objects.get(person=desk.head).by_mail is False


def test_a_dry_run_sends_none(desk, box):
    desk.due(-5)
    assert run(dry_run=True).delivery.sent == 3
    assert box.raw == []


def test_a_refused_address_stops_nobody_and_is_not_tried_again(desk, box):
    desk.due(-5)
    box.refuses = f"{desk.head.email} 550 no such person"
    assert (run().delivery.sent, run(WEDNESDAY, 9).delivery.sent) == (2, 0)
    box.refuses = ""
    run(WEDNESDAY, 10)
    assert box.to(desk.head) == []


def test_an_address_that_is_busy_is_tried_again(desk, box):
    desk.due(-5)
    box.refuses = f"{desk.head.email} 450 come again"
    delivery = run().delivery
    assert (delivery.sent, delivery.refused) == (2, 1)
    box.refuses = ""
    run(WEDNESDAY, 9)
    assert len(box.to(desk.head)) == 1


def test_when_the_mail_server_is_down_the_next_run_goes_on(desk, settings):
    with letterbox(settings):
        pass  # a port on which nobody listens any more
    desk.due(-5)
    outcome = run()
    assert outcome.delivery.trouble
    assert sum(outcome.made.values()) == 3
    with letterbox(settings) as box:
        assert sum(run(WEDNESDAY, 14).made.values()) == 0
        assert len(box.letters) == 3


def test_a_digest_that_could_not_go_is_not_sent_the_day_after(desk, settings):
    with letterbox(settings):
        pass
    desk.due(-5)
    run()
    with letterbox(settings) as box:
        run(THURSDAY)
        assert len(box.letters) == 3
        assert {subject(letter).partition(":")[0] for letter in box.letters} == {"Thông Suốt 26/11/2026"}
