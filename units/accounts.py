"""Accounts and roles: every act of an administrator on them is one function here, with its event.

`by` is the administrator, or None when the machine's operator acts from the console.
"""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from units import clock, events, leaving, rules
from units.enums import Act
from units.errors import Incomplete, NotAllowed, WrongState
from units.models import Membership, User

# Read aloud and typed by hand: no 0 and o, no 1, i and l. Sixteen of 31 letters are 79 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4
VALID_FOR = timedelta(days=7)

DETAILS = ("username", "full_name", "post", "email", "phone")
# The record is kept for ever; it says that these changed, not what they were.
PRIVATE = {"email", "phone"}
HIDDEN = "…"
ROLE_DETAILS = ("post", "starts_on", "ends_on", "principal")


@dataclass(frozen=True)
class GivenPassword:
    """A one-time password: the text is shown once, the hash is kept."""

    text: str = field(repr=False)
    hash: str = field(repr=False)


def given_password() -> GivenPassword:
    """A new one-time password. Hashing takes tens of milliseconds: make it before a transaction, not in it."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    text = "-".join(groups)
    return GivenPassword(text, make_password(text))


# --- Accounts ----------------------------------------------------------------------------------
def create_account(user, *, by, given: GivenPassword):
    """Save a new person with a password that must be changed at the first sign-in, within seven days."""
    _may_manage(by)
    _give(user, given)
    _check(user)
    with transaction.atomic():
        user.save(force_insert=True)
        events.write(Act.CREATE_ACCOUNT, by=by, obj=user, after=_said(user, DETAILS))
    return user


def change_account(user, *, by):
    """Save what was changed on the person's details; no event when nothing was."""
    _may_manage(by)
    _check(user)
    with transaction.atomic():
        before, after = _difference(User.objects.get(pk=user.pk), user, DETAILS)
        if after:
            user.save(update_fields=DETAILS)
            events.write(Act.CHANGE_ACCOUNT, by=by, obj=user, before=before, after=after)
    return user


def reset_password(user, *, by, given: GivenPassword):
    """Replace the password by a one-time one. Ends every session of the person."""
    _may_manage(by)
    if not user.is_active:
        raise WrongState(_("Tài khoản đã ngừng hoạt động. Hãy mở lại trước khi cấp mật khẩu."))
    _give(user, given)
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password", "password_expires_at"])
        events.write(Act.RESET_PASSWORD, by=by, obj=user)
    return user


def choose_password(user, password):
    """A password of one's own: the given one, and the duty to change it, are gone in the same save."""
    user.set_password(password)
    user.must_change_password = False
    user.password_expires_at = None
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password", "password_expires_at"])
        events.write(Act.CHANGE_PASSWORD, by=user, obj=user)
    return user


def deactivate(user, *, by):
    """Close the account: nobody signs in with it, the record keeps it. Ends every session of the person."""
    _may_manage(by)
    if by and by.pk == user.pk:
        raise NotAllowed(_("Không tự ngừng tài khoản của mình được. Hãy nhờ người quản trị khác."))
    return _set_active(user, False, Act.DEACTIVATE, by)


def activate(user, *, by):
    """Open a closed account again, with the password it had."""
    _may_manage(by)
    return _set_active(user, True, Act.ACTIVATE, by)


# --- Roles -------------------------------------------------------------------------------------
def give_role(membership, *, by):
    """Save a new role of a person in a unit; it is in force from its day on, without a new sign-in."""
    _may_manage(by)
    _check(membership)
    with transaction.atomic():
        membership.save(force_insert=True)
        after = {"role": membership.role, "unit": membership.unit.code, **_said(membership, ROLE_DETAILS)}
        events.write(Act.GIVE_ROLE, by=by, obj=membership.user, after=after)
    return membership


def change_role(membership, *, by):
    """Save another post or another last day; person, unit, role and first day stay as they were given."""
    _may_manage(by)
    _check(membership)
    with _an_administrator_stays():
        before, after = _difference(Membership.objects.get(pk=membership.pk), membership, ROLE_DETAILS)
        if after:
            membership.save(update_fields=ROLE_DETAILS)
            _record_role(
                Act.END_ROLE if after.get("ends_on") else Act.CHANGE_ROLE, membership, before, after, by
            )
        if after.get("ends_on") and membership.ends_on < clock.today():
            leaving.left.send(sender=Membership, user=membership.user, by=by)
    return membership


def end_role(membership, *, by, on=None):
    """The role ends after `on` (yesterday: from now on it gives nothing)."""
    yesterday = clock.today() - timedelta(days=1)
    membership.ends_on = max(on or yesterday, membership.starts_on)
    return change_role(membership, by=by)


# --- Steps -------------------------------------------------------------------------------------
def _may_manage(by):
    if by is not None and not rules.can_manage_accounts(by):
        raise NotAllowed


def _give(user, given):
    user.password = given.hash
    user.must_change_password = True
    user.password_expires_at = clock.now() + VALID_FOR


def _set_active(user, active, act, by):
    with _an_administrator_stays():
        if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
            events.write(act, by=by, obj=user, before={"is_active": not active}, after={"is_active": active})
            if not active:
                leaving.left.send(sender=User, user=user, by=by)
        user.is_active = active
    return user


@contextmanager
def _an_administrator_stays():
    """A transaction that may not take the last administrator away.

    The chain is locked first, so two acts at once cannot each leave the other's administrator.
    """
    with transaction.atomic():
        events.lock()
        before = rules.administrators().exists()
        yield
        if before and not rules.administrators().exists():
            raise WrongState(_("Phải còn ít nhất một người quản trị hệ thống đăng nhập được."))


def _record_role(act, membership, before, after, by):
    which = {"role": membership.role, "unit": membership.unit.code}
    events.write(act, by=by, obj=membership.user, before=which | before, after=which | after)


def _check(obj):
    """The model's own checks, with their sentences, as a refusal."""
    try:
        obj.full_clean()
    except ValidationError as invalid:
        fields = {name: " ".join(sentences) for name, sentences in invalid.message_dict.items()}
        raise Incomplete(fields.get(NON_FIELD_ERRORS), fields=fields) from invalid


def _difference(stored, wanted, names):
    old, new = _said(stored, names), _said(wanted, names)
    changed = [name for name in names if getattr(stored, name) != getattr(wanted, name)]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def _said(obj, names):
    """The values as the record keeps them: another person by the user name."""
    values = {name: getattr(obj, name) for name in names}
    return {name: _said_of(name, value) for name, value in values.items()}


def _said_of(name, value):
    if name in PRIVATE and value:
        return HIDDEN
    return value.username if isinstance(value, User) else value
