"""What stands beside the paper: what it will give, when it was signed, how it ended; for whoever may read it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import events, issuing
from directives.enums import Duty, Purpose, Relation
from directives.models import Addressee, Citation, Directive, Task, TaskUnit
from directives.templatetags.wording import moment
from tests.factories import Office, make_unit
from tests.screens import ago
from units import clock
from units.enums import UnitKind

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_who_signs_sees_what_will_be_given(client):
    office = Office(rooms=2)
    draft = office.draft(tasks=2)
    first, second = draft.tasks.all()
    TaskUnit.objects.create(task=first, unit=office.rooms[0], duty=Duty.LEAD)
    TaskUnit.objects.create(task=first, unit=office.rooms[1], duty=Duty.SUPPORT)
    Task.objects.filter(pk=second.pk).update(due_on=None, undated_reason="Thường xuyên")
    Addressee.objects.create(directive=draft, text="Đơn vị lạ", purpose=Purpose.ACT, position=9)
    issuing.submit(draft, by=office.clerk)
    client.force_login(office.leader)
    page = words(client.get(reverse("directive-preview", args=[draft.pk])))
    assert "Xem 4 phần việc sẽ giao" in page
    for room in office.rooms:
        assert f"{room.name} · 2 nhiệm vụ" in page
    led = f"chủ trì: {office.rooms[0].name} · phối hợp: {office.rooms[1].name} · Hạn {clock.printed_day(first.due_on)}"
    assert led in page
    assert "Mọi đơn vị nhận · Thường xuyên" in page
    assert "“Đơn vị lạ” không có trong danh mục đơn vị" in page
    assert page.count("“Đơn vị lạ”") == 1, "told once, by what it means"
    assert "Người ký: không tìm thấy họ tên người ký." in page, (
        "the doubts in words: the draft does not open for the leader"
    )
    issuing.sign(draft, by=office.leader)
    issuing.issue(draft, by=office.clerk)
    assert "sẽ giao" not in client.get(reverse("directive-preview", args=[draft.pk])).text


def test_what_will_be_given_takes_the_same_queries_for_one_task_and_for_three(client):
    office = Office(rooms=3)
    counts = []
    for tasks in (1, 3):
        draft = office.draft(tasks=tasks)
        for task in draft.tasks.all():
            TaskUnit.objects.create(task=task, unit=office.rooms[0], duty=Duty.LEAD)
        issuing.submit(draft, by=office.clerk)
        client.force_login(office.leader)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("directive-preview", args=[draft.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_moment_of_the_state_and_the_moment_of_the_signature(client):
    office = Office(rooms=1)
    with ago(3):
        directive = office.issue(tasks=1)
    issuing.revoke(directive, by=office.leader, reason="Ban hành nhầm")
    client.force_login(office.leader)
    page = client.get(reverse("directive-preview", args=[directive.pk])).text
    ended = events.ending_of(directive).at
    assert f"<b>Đã thu hồi</b> {moment(ended)} · ký lúc {moment(directive.signed_at)}: " in page


def test_a_revoked_document_says_when_and_why_and_what_was_dropped(client):
    office = Office(rooms=2)
    directive = office.issue(tasks=1)
    issuing.revoke(directive, by=office.leader, reason="Ban hành nhầm\nTheo ý kiến UBND tỉnh")
    client.force_login(office.leader)
    page = client.get(reverse("directive-detail", args=[directive.pk]))
    said = words(page)
    assert f"Văn bản đã thu hồi {moment(events.ending_of(directive).at)}" in said
    assert "Ban hành nhầm<br>Theo ý kiến UBND tỉnh" in page.text
    assert "Đã thôi giao 2 đơn vị" in said
    assert "Chưa giao đơn vị nào" not in said


def test_a_letterhead_in_capitals_is_told_by_the_unit_s_own_name(client):
    province = make_unit(
        "Ủy ban nhân dân tỉnh Quảng Ngãi", short_name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE
    )
    office = Office(rooms=1)
    above, own = office.issue(tasks=1), office.issue(tasks=1)
    Citation.objects.create(
        directive=own, relation=Relation.BASED_ON, cited=above, kind="Công văn", code=above.code, position=1
    )
    for printed, told in [
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "UBND tỉnh"),
        ("", "UBND tỉnh"),
        ("Ủy ban hành chính tỉnh Nghĩa Bình", "Ủy ban hành chính tỉnh Nghĩa Bình"),
    ]:
        Directive.objects.filter(pk=above.pk).update(issuer=province, issuer_name=printed)
        client.force_login(office.leader)
        page = client.get(reverse("directive-detail", args=[own.pk]))
        assert f'<span class="lv">{told} · ' in page.text
