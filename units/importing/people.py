"""People with their posts and roles from a table: one row for each role, so a person may have several."""

from collections.abc import Set

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units import accounts, clock
from units.enums import Role
from units.models import Membership, Unit, User

from .lines import Line, Verdict
from .tables import Column, Table, UnreadableError, chosen_from, read_date, understand


def read_username(text: str) -> str:
    username = User.normalize_username(text)
    try:
        User._meta.get_field("username").run_validators(username)
    except ValidationError:
        raise UnreadableError(
            _("“%(text)s” có ký tự không dùng được (chỉ chữ, số, @ . + - _).") % {"text": text}
        ) from None
    return username


def read_email(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise UnreadableError(_("“%(text)s” không phải địa chỉ thư điện tử.") % {"text": text}) from None
    return text


COLUMNS = (
    Column("username", gettext_lazy("Tên đăng nhập"), ("ten dang nhap", "tai khoan"), read_username, required=True, longest=150),
    Column("full_name", gettext_lazy("Họ và tên"), ("ho va ten", "ho ten"), longest=150),
    Column("post", gettext_lazy("Chức vụ"), ("chuc vu", "chuc danh"), longest=200),
    Column("unit", gettext_lazy("Mã đơn vị"), ("ma don vi",), required=True, longest=50),
    Column("role", gettext_lazy("Vai trò"), ("vai tro",), chosen_from(Role), required=True),
    Column("starts_on", gettext_lazy("Từ ngày"), ("tu ngay",), read_date),
    Column("ends_on", gettext_lazy("Đến ngày"), ("den ngay", "den het ngay"), read_date),
    Column("email", gettext_lazy("Thư điện tử"), ("thu dien tu", "email", "e mail"), read_email),
    Column("phone", gettext_lazy("Điện thoại"), ("dien thoai", "so dien thoai"), longest=30),
)  # fmt: skip
LABELS = {column.key: column.label for column in COLUMNS}
PERSON = ("full_name", "post", "email", "phone")
ROLE = ("post", "ends_on")


def judge(table: Table, *, coming: Set[str] = frozenset()) -> list[Line]:
    """A line with its verdict for each row. `coming` are codes of units of the same import. Three queries."""
    lines = [_line(number, cells, table.columns) for number, cells in table.rows]
    codes = set(Unit.objects.values_list("code", flat=True)) | coming
    users = {user.username: user for user in User.objects.all()}
    held = _held()
    _find_contradictions(lines)
    for line in lines:
        _check(line, codes)
        _compare(line, users, held)
    return lines


def write(lines: list[Line], *, by, given) -> None:
    """Make the accounts and give the roles, one verb for each: about ten queries for a new person."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    users = {user.username: user for user in User.objects.filter(username__in={line.key for line in lines})}
    held = _held()
    for line in lines:
        if line.verdict in {Verdict.NEW, Verdict.CHANGED}:
            user = users[line.key] = _person(line, users.get(line.key), by, given)
            _role(line, user, units[line.data["unit"]], _held_by(line, held), by)


# --- Judging -----------------------------------------------------------------------------------
def _line(number, cells, present) -> Line:
    label = cells.get("full_name") or cells.get("post") or cells.get("username", "")
    line = Line(_("Người"), number, cells.get("username", ""), label)
    understand(line, cells, COLUMNS, present)
    line.key = line.data.get("username", line.key)
    if not (cells.get("full_name") or cells.get("post")):
        line.faults.append(_("Thiếu họ và tên (hoặc ít nhất chức vụ)."))
    return line


def _find_contradictions(lines):
    """The same role twice, or one user name for two names."""
    roles: dict[tuple, int] = {}
    names: dict[str, Line] = {}
    for line in lines:
        first = names.setdefault(line.key, line)
        line.leads = first is line
        if first.data.get("full_name") != line.data.get("full_name"):
            said = {"username": line.key, "number": first.number}
            line.faults.append(_("“%(username)s” mang họ tên khác ở dòng %(number)d.") % said)
        if _which(line) in roles:
            line.faults.append(_("Vai trò này đã có ở dòng %(number)d.") % {"number": roles[_which(line)]})
        roles.setdefault(_which(line), line.number)


def _check(line, codes):
    unit = line.data.get("unit")
    if unit and unit not in codes:
        line.faults.append(_("Không có đơn vị mang mã “%(code)s”.") % {"code": unit})
    starts_on, ends_on = _first_day(line), line.data.get("ends_on")
    if ends_on and ends_on < starts_on:
        line.faults.append(_("Đến ngày không được trước từ ngày."))


def _compare(line, users, held):
    """A person is known by the user name, a role by person, unit and role while it lasts."""
    user, membership = users.get(line.key), _held_by(line, held)
    line.known = user is not None
    line.makes_account = not line.known and not line.faults
    if user is None:
        return
    line.changes = [str(LABELS[key]) for key in _differing(line, user, PERSON if line.leads else ())]
    if membership is None:
        line.changes.append(_("thêm vai trò"))
    else:
        line.changes += [str(LABELS[key]) for key in _differing(line, membership, ROLE)]
    line.changes = list(dict.fromkeys(line.changes))


def _differing(line, obj, keys):
    return [key for key in keys if key in line.data and line.data[key] != getattr(obj, key)]


def _held() -> dict[tuple, Membership]:
    """Roles in force or to come, and the ended ones too: a table taken in again must not give them anew."""
    rows = Membership.objects.select_related("user", "unit").order_by("starts_on")
    return {(row.user.username, row.unit.code, row.role): row for row in rows}


def _held_by(line, held):
    """The role the row speaks of, unless that one had ended before the row's begins."""
    membership = held.get(_which(line))
    begins = line.data.get("starts_on")
    if membership and begins and membership.ends_on and membership.ends_on < begins:
        return None
    return membership


def _which(line) -> tuple:
    return line.key, line.data.get("unit"), line.data.get("role")


def _first_day(line):
    return line.data.get("starts_on") or clock.today()


# --- Writing -----------------------------------------------------------------------------------
def _person(line, user, by, given):
    details = {key: line.data[key] for key in PERSON if key in line.data}
    if user is None:
        user = User(username=line.key, **details)
        return accounts.create_account(user, by=by, given=given[line.key])
    if line.leads:
        _take(details, user)
        accounts.change_account(user, by=by)
    return user


def _role(line, user, unit, membership, by):
    details = {key: line.data[key] for key in ROLE if key in line.data}
    if membership is None:
        new = Membership(user=user, unit=unit, role=line.data["role"], starts_on=_first_day(line), **details)
        accounts.give_role(new, by=by)
    else:
        _take(details, membership)
        accounts.change_role(membership, by=by)


def _take(details, obj):
    for key, value in details.items():
        setattr(obj, key, value)
