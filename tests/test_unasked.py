"""More fields than a form has: what is sent beside what a screen asks for changes nothing."""

import pytest
from django.urls import reverse

from units.once import FIELD, new_key

from .hostile import World, typed

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.fixture
def world():
    return World()


UNASKED = {
    "state": "issued", "office": "1", "created_by": "1", "code": "1/X", "ordinal": "1", "period": "2020", "register": "1", "issued_at": "2020-01-01",
    "signed_by": "1", "signed_at": "2020-01-01", "signed_on_paper": "on", "recorded_on": "2020-01-01", "source": "khác", "body": "khác", "search": "khác",
    "is_active": "", "is_superuser": "on", "is_staff": "on", "must_change_password": "", "password": "x", "password_expires_at": "2099-01-01",
    "date_joined": "2001-01-01", "last_login": "2001-01-01", "role": "leader", "user": "1", "unit": "1", "starts_on": "2001-01-01", "path": "000001/",
    "accepted_at": "2020-01-01", "reported_on": "2001-01-01", "reported_by": "1", "due_on": "2099-01-01", "first_due_on": "2099-01-01", "outcome": "accepted",
    "duty": "support", "is_returned": "on", "reported_at": "2001-01-01", "decided_by": "1", "reporter_name": "khác", "uploaded_by": "1",
}  # fmt: skip


def values(row, names):
    return {
        name: value
        for name, value in type(row).objects.filter(pk=row.pk).values()[0].items()
        if name.removesuffix("_id") in names
    }


def test_a_draft_takes_no_column_that_is_not_on_the_screen(world):
    client, draft = world.client("clerk"), world.draft
    before = values(draft, UNASKED.keys() - {"search", "body"})
    address = reverse("admin:directives_directive_change", args=[draft.pk])
    assert (
        client.post(address, {FIELD: new_key()} | UNASKED | typed(draft, title="V/v mới")).status_code == 302
    )
    assert values(draft, UNASKED.keys() - {"search", "body"}) == before
    draft.refresh_from_db()
    assert (draft.title, draft.body) != ("V/v", "khác")


def test_a_report_takes_what_a_report_has(world):
    row, client = world.rows[2], world.client("head")
    before = values(row, {"due_on", "first_due_on", "duty", "accepted_at", "is_returned", "unit", "period"})
    sent = {FIELD: new_key(), **UNASKED, "text": "Xong", "code": "1/BC", "dated_on": "2024-01-01"}
    assert client.post(reverse("assignment-report", args=[row.pk]), sent).status_code == 303
    assert (
        values(row, {"due_on", "first_due_on", "duty", "accepted_at", "is_returned", "unit", "period"})
        == before
    )
    told = row.reports.get()
    assert (told.outcome, told.reported_by, told.reporter_name) == (
        "pending",
        world.people["head"],
        world.people["head"].display_name,
    )
    assert told.decided_by is None


def test_an_account_and_a_role_take_what_their_pages_ask(world):
    client, person = world.client("admin"), world.office.monitor
    kept = UNASKED.keys() & {field.name for field in person._meta.fields}
    before = values(person, kept)
    sent = {FIELD: new_key(), **UNASKED, "username": person.username, "full_name": "Tên mới"}
    assert client.post(reverse("admin:units_user_change", args=[person.pk]), sent).status_code == 302
    assert values(person, kept) == before
    held = person.memberships.first()
    before = values(held, {"user", "role", "unit", "starts_on"})
    assert (
        client.post(
            reverse("admin:units_membership_change", args=[held.pk]),
            {FIELD: new_key(), **UNASKED, "post": "Mới"},
        ).status_code
        == 302
    )
    assert values(held, {"user", "role", "unit", "starts_on"}) == before


def test_no_column_can_be_asked_for_letter_by_letter(world):
    """A list narrowed by a column that it does not show would tell a password's hash, one letter at a time."""
    page = reverse("admin:units_user_changelist")
    for lookup in (
        "password__startswith",
        "password__gt",
        "phone__contains",
        "email__regex",
        "memberships__role",
    ):
        assert world.client("admin").get(f"{page}?{lookup}=a").status_code == 400
    assert world.client("admin").get(f"{page}?is_active__exact=1").status_code == 200
