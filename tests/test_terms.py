"""How the work under a directive is followed: set by the clerk, said to everybody, obeyed by the forms."""

import pytest
from django.utils import translation

from directives import tracking
from directives.models import Directive
from directives.templatetags.tracking import terms

from .drafting_world import World, desk_url, fields_of
from .factories import Office, assignments_of
from .screens import page, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def test_the_clerk_sets_them_on_the_desk(client):
    world = World()
    client.force_login(world.clerk)
    draft = world.draft()
    fields = fields_of(client.get(desk_url(draft)))
    for name in ("evidence_required", "extension_by_leader", "extension_limit"):
        del fields[name]
    client.post(desk_url(draft), fields | {"collecting_unit": world.unit.pk, "act": "save"})
    kept = Directive.objects.get(pk=draft.pk)
    assert (kept.evidence_required, kept.extension_by_leader, kept.extension_limit) == (False, False, None)
    assert kept.collecting_unit == world.unit
    text = page(client, f"/van-ban/{draft.pk}/xem-truoc/")
    assert "không bắt buộc minh chứng; gia hạn không giới hạn số lần" in text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["báo cáo phải có minh chứng", "gia hạn nhiều nhất 1 lần, lãnh đạo quyết định"]),
        ({"extension_limit": 0}, ["báo cáo phải có minh chứng", "không cho gia hạn"]),
        (
            {"evidence_required": False, "extension_limit": 2, "extension_by_leader": False},
            [
                "không bắt buộc minh chứng",
                "gia hạn nhiều nhất 2 lần, chuyên viên theo dõi cũng quyết định được",
            ],
        ),
    ],
)
def test_they_are_said_in_words(fields, expected):
    with translation.override("vi"):
        assert terms(Directive(**fields)) == expected


def test_whoever_reads_the_document_reads_them():
    office = Office(rooms=2)
    directive = office.issue(tasks=1, to=office.rooms[:1], collecting_unit=office.rooms[1])
    for person in (office.leader, office.heads[office.rooms[0]]):
        text = page(sign_in(person), f"/van-ban/{directive.pk}/")
        assert f"đầu mối tổng hợp: {office.rooms[1].name}" in text


def test_where_no_more_time_is_given_nobody_is_offered_to_ask():
    office = Office(rooms=1)
    row = assignments_of(office.issue(tasks=1, extension_limit=0))[0]
    for person in (office.head_of(row), office.leader):
        assert not {"request_extension", "extend"} & set(tracking.open_verbs(person, row))
