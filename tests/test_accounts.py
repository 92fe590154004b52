"""Accounts and roles: who may act on them, what each act does, and what it leaves in the record."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import settings as portal_settings
from tests.factories import PASSWORD, give_role, make_unit, make_user
from tests.screens import send, sign_in
from units import accounts, clock, events, once, rules
from units.enums import Act, Role
from units.errors import Incomplete, NotAllowed, WrongState
from units.models import Event, Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("Sở Giao thông vận tải")


@pytest.fixture
def administrator(unit):
    return make_user(Role.ADMIN, unit, full_name="Người quản trị")


def verbs():
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


# --- One-time passwords ------------------------------------------------------------------------
def test_a_given_password_can_be_read_aloud():
    text = accounts.given_password().text
    assert len(text) == 19
    assert set(text) <= set(accounts.LETTERS) | {"-"}
    assert not set("0o1il") & set(accounts.LETTERS)


def test_given_passwords_differ_and_do_not_print_themselves():
    first, second = accounts.given_password(), accounts.given_password()
    assert first.text != second.text
    assert first.text not in repr(first)


def test_passwords_are_kept_with_argon2():
    assert portal_settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_new_account_must_change_its_password_within_seven_days(administrator):
    given = accounts.given_password()
    user = accounts.create_account(User(username="moi", post="Chuyên viên"), by=administrator, given=given)
    user.refresh_from_db()
    assert user.check_password(given.text)
    assert user.must_change_password
    assert timedelta(days=6) < user.password_expires_at - clock.now() <= timedelta(days=7)
    assert given.text not in user.password
    assert identify_hasher(user.password)


def test_the_record_says_what_was_done_but_no_secret_and_no_private_address(administrator):
    given = accounts.given_password()
    user = User(username="moi", full_name="Lê Thị Mới", email="moi@example.vn", phone="0905123456")
    accounts.create_account(user, by=administrator, given=given)
    accounts.reset_password(user, by=administrator, given=given)
    kept = str(list(Event.objects.values()))
    assert verbs() == [Act.CREATE_ACCOUNT, Act.RESET_PASSWORD]
    for secret in (given.text, user.password, "moi@example.vn", "0905123456"):
        assert secret not in kept


# --- Verbs -------------------------------------------------------------------------------------
ACTS = {
    "create": lambda user, role, by: accounts.create_account(
        User(username="x", post="y"), by=by, given=accounts.given_password()
    ),
    "change": lambda user, role, by: accounts.change_account(user, by=by),
    "reset": lambda user, role, by: accounts.reset_password(user, by=by, given=accounts.given_password()),
    "deactivate": lambda user, role, by: accounts.deactivate(user, by=by),
    "activate": lambda user, role, by: accounts.activate(user, by=by),
    "give": lambda user, role, by: accounts.give_role(
        Membership(user=user, unit=role.unit, role=Role.CLERK), by=by
    ),
    "end": lambda user, role, by: accounts.end_role(role, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_an_administrator_acts_on_accounts(act, role, unit):
    user = make_user(Role.STAFF, unit)
    held = Membership.objects.get(user=user)
    with pytest.raises(NotAllowed):
        ACTS[act](user, held, make_user(role, unit))
    assert not Event.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_an_administrator_acts_and_the_chain_stays_whole(act, unit, administrator):
    user = make_user(Role.STAFF, unit)
    ACTS[act](user, Membership.objects.get(user=user), administrator)
    assert list(events.faults()) == []


def test_an_act_that_changes_nothing_leaves_no_event(unit, administrator):
    user = make_user(Role.STAFF, unit)
    accounts.change_account(user, by=administrator)
    accounts.activate(user, by=administrator)
    accounts.change_role(Membership.objects.get(user=user), by=administrator)
    assert verbs() == []


def test_a_deactivated_person_is_out_at_once(unit, administrator, client):
    user = make_user(Role.STAFF, unit)
    client.force_login(user)
    assert client.get(reverse("unit-list")).status_code == 200
    accounts.deactivate(user, by=administrator)
    assert client.get(reverse("unit-list")).status_code == 302
    accounts.activate(user, by=administrator)
    assert client.get(reverse("unit-list")).status_code == 200


def test_an_administrator_does_not_close_the_own_account(administrator):
    with pytest.raises(NotAllowed):
        accounts.deactivate(administrator, by=administrator)


def test_the_last_administrator_stays(unit, administrator):
    with pytest.raises(WrongState):
        accounts.end_role(Membership.objects.get(user=administrator), by=administrator)
    assert list(rules.administrators()) == [administrator.pk]
    second = make_user(Role.ADMIN, unit)
    accounts.deactivate(administrator, by=second)
    assert list(rules.administrators()) == [second.pk]
    with pytest.raises(WrongState):
        accounts.deactivate(second, by=None)


def test_a_closed_account_gets_no_new_password(unit, administrator):
    user = make_user(Role.STAFF, unit, is_active=False)
    with pytest.raises(WrongState):
        accounts.reset_password(user, by=administrator, given=accounts.given_password())


def test_a_role_is_in_force_between_its_days(unit, administrator):
    user, today = make_user(), clock.today()
    coming = Membership(user=user, unit=unit, role=Role.HEAD, starts_on=today + timedelta(days=1))
    accounts.give_role(coming, by=administrator)
    assert not rules.memberships(User.objects.get(pk=user.pk))
    held = Membership(user=user, unit=unit, role=Role.STAFF, starts_on=today - timedelta(days=9))
    accounts.give_role(held, by=administrator)
    assert [m.role for m in rules.memberships(User.objects.get(pk=user.pk))] == [Role.STAFF]
    accounts.end_role(held, by=administrator)
    assert not rules.memberships(User.objects.get(pk=user.pk))
    assert verbs() == [Act.GIVE_ROLE, Act.GIVE_ROLE, Act.END_ROLE]


def test_a_role_that_ends_before_it_begins_is_refused_with_the_models_sentence(unit, administrator):
    today = clock.today()
    wrong = Membership(
        user=make_user(), unit=unit, role=Role.STAFF, starts_on=today, ends_on=today - timedelta(days=1)
    )
    with pytest.raises(Incomplete, match="Ngày thôi giữ vai trò"):
        accounts.give_role(wrong, by=administrator)


# --- Signing in --------------------------------------------------------------------------------
def sign_in_with(client, username, password):
    return client.post(reverse("account_login"), {"login": username, "password": password})


@pytest.mark.usefixtures("forgotten_attempts")
@pytest.mark.parametrize(("days", "signed_in"), [(6, True), (8, False)])
def test_a_given_password_is_over_after_seven_days(client, administrator, days, signed_in):
    given = accounts.given_password()
    accounts.create_account(User(username="moi", post="Chuyên viên"), by=administrator, given=given)
    with clock.travel(clock.now() + timedelta(days=days)):
        response = sign_in_with(client, "moi", given.text)
    assert (settings.SESSION_COOKIE_NAME in client.cookies) == signed_in
    assert ("hết hiệu lực" in response.content.decode()) != signed_in


@pytest.mark.usefixtures("forgotten_attempts")
def test_a_given_password_opens_nothing_but_the_page_that_changes_it(client, administrator, unit):
    given = accounts.given_password()
    user = accounts.create_account(User(username="moi", post="Chuyên viên"), by=administrator, given=given)
    give_role(user, Role.STAFF, unit)
    sign_in_with(client, "moi", given.text)
    assert client.get(reverse("unit-list")).url == reverse("account_change_password")
    own = "mot-mat-khau-cua-rieng-toi"
    client.post(
        reverse("account_change_password"), {"oldpassword": given.text, "password1": own, "password2": own}
    )
    assert client.get(reverse("unit-list")).status_code == 200


# --- Screens -----------------------------------------------------------------------------------
def test_a_new_account_shows_its_password_once(administrator):
    client = sign_in(administrator)
    response = send(client, reverse("admin:units_user_add"), username="moi", post="Chuyên viên")
    page = reverse("admin:units_user_given_passwords")
    assert response.url == page
    user = User.objects.get(username="moi")
    shown = client.get(page).content.decode()
    text = next(
        word for word in shown.replace("<", " ").replace(">", " ").split() if user.check_password(word)
    )
    assert text not in client.get(page).content.decode()


def test_a_second_click_on_the_new_account_gives_the_same_answer(administrator):
    client, url = sign_in(administrator), reverse("admin:units_user_add")
    data = {"username": "moi", "post": "Chuyên viên", once.FIELD: once.new_key()}
    first, second = client.post(url, data), client.post(url, data)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert verbs() == [Act.CREATE_ACCOUNT]


def test_a_password_is_reset_without_mail(administrator, unit, mailoutbox):
    user, client = make_user(Role.STAFF, unit), sign_in(administrator)
    theirs = sign_in(user)
    url = reverse("admin:units_user_reset_password", args=[user.pk])
    assert client.get(url).status_code == 200
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    response = send(client, url)
    assert client.get(response.url).status_code == 200
    assert not User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert theirs.get(reverse("unit-list")).status_code == 302
    assert mailoutbox == []


def test_an_account_is_closed_and_opened_from_its_page(administrator, unit):
    user, client = make_user(Role.STAFF, unit), sign_in(administrator)
    for name, active in (("deactivate", False), ("activate", True)):
        url = reverse(f"admin:units_user_{name}", args=[user.pk])
        assert client.get(url).status_code == 405
        assert send(client, url).status_code == 302
        assert User.objects.get(pk=user.pk).is_active == active


def test_no_page_shows_a_hash(administrator, unit):
    user, client = make_user(Role.STAFF, unit), sign_in(administrator)
    for url in (reverse("admin:units_user_change", args=[user.pk]), reverse("admin:units_user_changelist")):
        assert user.password not in client.get(url).content.decode()


def test_a_form_cannot_give_what_it_does_not_show(administrator, unit):
    user, client = make_user(Role.STAFF, unit), sign_in(administrator)
    before = user.password
    extra = {"password": "x", "is_active": "", "is_superuser": "on", "must_change_password": "on"}
    send(
        client,
        reverse("admin:units_user_change", args=[user.pk]),
        username=user.username,
        post="Kế toán",
        **extra,
    )
    user.refresh_from_db()
    assert (user.post, user.password, user.is_active, user.must_change_password) == (
        "Kế toán",
        before,
        True,
        False,
    )
    assert verbs() == [Act.CHANGE_ACCOUNT]


def test_of_a_role_given_only_post_and_last_day_change(administrator, unit):
    user, client = make_user(Role.STAFF, unit), sign_in(administrator)
    held = Membership.objects.get(user=user)
    today = clock.today()
    send(
        client,
        reverse("admin:units_membership_change", args=[held.pk]),
        role=Role.ADMIN,
        user=administrator.pk,
        post="Phó phòng",
        ends_on=f"{today:%d/%m/%Y}",
    )
    held.refresh_from_db()
    assert (held.role, held.user, held.post, held.ends_on) == (Role.STAFF, user, "Phó phòng", today)
    assert verbs() == [Act.END_ROLE]


def test_people_are_found_without_marks(administrator):
    make_user(full_name="Nguyễn Đức Hòa", username="ndh")
    client = sign_in(administrator)
    found = client.get(reverse("admin:units_user_changelist"), {"q": "nguyen duc hoa"}).content.decode()
    assert "ndh" in found
    assert administrator.username not in found


# --- The first administrator -------------------------------------------------------------------
def test_a_fresh_installation_gets_its_first_administrator(capsys):
    assert not User.objects.exists()
    call_command("create_administrator", "quantri", unit="UBND", unit_name="Ủy ban nhân dân tỉnh")
    user = User.objects.get()
    assert user.check_password(capsys.readouterr().out.split()[-1])
    assert user.must_change_password
    assert rules.can_manage_accounts(user)
    assert verbs() == [Act.CREATE_ACCOUNT, Act.CREATE_UNIT, Act.GIVE_ROLE]


def test_without_a_unit_nothing_is_made():
    with pytest.raises(CommandError, match="--unit-name"):
        call_command("create_administrator", "quantri")
    assert not User.objects.exists()
