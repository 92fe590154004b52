"""Whatever is pasted into the drafting screen or typed into its fields, it answers and never breaks."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from units.once import FIELD, new_key

from .hostile import World, posted, some_of, told, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


PASTES = {
    "nothing": "", "spaces": " \n\t ", "two megabytes": "Kính gửi: Sở Y tế\n1. Báo cáo.\n" * 70_000, "binary": "%PDF-1.7\x00\x01\x02" * 500,
    "a zero": "Công văn\x00số 1", "direction": "\u202eKính gửi\u202c" * 100, "script": "<script>alert(1)</script>", "half a pair": "\ud83d" * 3,
    "brackets": "(" * 5000 + "1." * 5000, "digits": "9" * 200_000, "dates": "ngày 31/02/99999 tháng 13 năm 0000. Số: 99999999999999/²-٣",
}  # fmt: skip


@pytest.mark.parametrize("paste", PASTES)
def test_no_paste_breaks_the_drafting(world, paste):
    client = world.client("clerk", breaks=False)
    text = PASTES[paste].encode(errors="surrogatepass")
    body = urlencode({FIELD: new_key(), "purpose": "own", "office": world.office.unit.pk, "text": text})
    answer = client.post(
        "/quan-tri/directives/directive/add/", body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert client.get(answer["Location"]).status_code == 200


def test_no_field_of_the_drafting_screen_breaks_it(world):
    client, draft = world.client("clerk", breaks=False), world.draft
    address = reverse("admin:directives_directive_change", args=[draft.pk])
    values = ("\x00", "²", "9" * 30, "9" * 5000, "-5", "01/01/0001", "31/12/9999", "x" * 5000)
    faults = []
    for name in [*typed(draft), "issued_on", "number", "opening", "closing", "task-0-level", "task-0-due_on", "task-0-leads",
                 "task-0-recurrence", "citation-0-dated_on", "collecting_unit", "passage", "all_due_on"]:  # fmt: skip
        for value in some_of(values, name):
            draft.refresh_from_db()
            faults += [(name, value[:40]) for _ in posted(client, address, typed(draft, **{name: value}))]
    for act in (
        "task-up-²",
        "task-up-" + "9" * 5000,
        "task-",
        "-",
        "task-fill",
        "preview",
        "task-remove-99",
        "\x00",
    ):
        faults += posted(client, address, typed(draft, act=act))
    for act in ("save", "preview", "submit", "record"):
        faults += posted(client, address, {"act": act})
    assert not faults, told(faults)


def test_one_task_sent_twice_does_not_break_the_draft(world):
    client, draft = world.client("clerk", breaks=False), world.draft
    task = draft.tasks.first()
    room = world.office.rooms[0].name
    twice = {
        f"task-{n}-{field}": value
        for n in (0, 1)
        for field, value in (("pk", task.pk), ("leads", room), ("text", "Việc"))
    }
    address = reverse("admin:directives_directive_change", args=[draft.pk])
    assert posted(client, address, typed(draft, **twice)) == []


@pytest.mark.parametrize("number", ["²", "٣", "0", "00", "9999999999", "12a"])
def test_no_printed_number_breaks_the_register(world, number):
    client, draft = world.client("clerk", breaks=False), world.draft
    draft.number, draft.issued_on = number, draft.created_at.date()
    draft.save()
    assert posted(client, reverse("directive-record", args=[draft.pk]), {}) == []
