"""Units, their names, groups and the calendar: every act of an administrator on them, with its event.

`by` is the administrator, or None when the machine's operator acts from the console.
"""

from datetime import date
from itertools import chain, count

from django.db import connection, transaction
from django.db.models import Case, CharField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, LPad
from django.utils.translation import gettext as _

from units import clock, events, rules
from units.enums import Act
from units.errors import NotAllowed, WrongState
from units.models import CalendarDay, Unit, UnitGroup, UnitName
from units.naming import abbreviations, same_name

UNIT_FIELDS = (
    "code", "identifier", "legacy_identifier", "kind", "parent", "name", "short_name", "notation", "place",
    "position", "starts_on", "ends_on",
)  # fmt: skip
GROUP_FIELDS = ("name", "owner", "children_of", "kind", "position")
DAY_FIELDS = ("day", "kind", "note")

KEPT = {
    Unit: (UNIT_FIELDS, Act.CREATE_UNIT, Act.CHANGE_UNIT),
    UnitGroup: (GROUP_FIELDS, Act.CREATE_GROUP, Act.CHANGE_GROUP),
    CalendarDay: (DAY_FIELDS, Act.CREATE_DAY, Act.CHANGE_DAY),
}

# The first day of a name nobody dated.
BEGINNING = date(1900, 1, 1)


def keep(obj, *, by):
    """Save a new or changed unit, group or calendar day; no event when nothing changed.

    Locks the administration's chain first: two branches moved at once would leave wrong paths.
    """
    _may_manage(by)
    fields, create, change = KEPT[type(obj)]
    with transaction.atomic():
        events.lock()
        if obj.pk is None:
            _save(obj)
            events.write(create, by=by, obj=obj, after=_values(obj, fields))
        else:
            _change(obj, fields, change, by)
    return obj


def add_correspondent(name, *, by) -> Unit:
    """The body of this name that stands under nobody here: the one known already, else a new one.

    Two clerks at once find the same: the administration's chain is locked first.
    """
    if not rules.can_add_correspondent(by):
        raise NotAllowed
    with transaction.atomic():
        events.lock()
        known = next((unit for unit in Unit.objects.filter(parent=None) if same_name(unit.name, name)), None)
        if known:
            return known
        unit = Unit(name=name, code=_free_code(abbreviations(name).upper()[:40]))
        _save(unit)
        events.write(Act.CREATE_UNIT, by=by, obj=unit, after=_values(unit, UNIT_FIELDS))
    return unit


def change_list(group, units, *, by):
    """Make `units` the list of the group."""
    _may_manage(by)
    with transaction.atomic():
        before = _codes(group)
        group.listed.set(units)
        after = _codes(group)
        if before != after:
            note = {"before": {"listed": before}, "after": {"listed": after}}
            events.write(Act.CHANGE_GROUP, by=by, obj=group, **note)


def rename(unit, name, short_name="", *, by, starts_on=None):
    """Give the unit a new name from a day (today) on; the name before it is kept with its dates."""
    _may_manage(by)
    with transaction.atomic():
        before = names_of(unit)
        day, names = starts_on or clock.today(), {"name": name, "short_name": short_name}
        unit.names.update_or_create(starts_on=day, defaults=names)
        return settle_names(unit, before, by=by)


def settle_names(unit, before, *, by):
    """After dated names were added or changed: close the gaps, take over today's name, write the event.

    `before` is what `names_of` said earlier. The first dated name makes the one used until then dated too.
    """
    _may_manage(by)
    if names_of(unit) == before:
        return unit
    with transaction.atomic():
        if not before:
            _keep_former_name(unit)
        _close_each_at_the_next(unit)
        unit.names.take_effect()
        unit.refresh_from_db()
        note = {"before": {"names": before}, "after": {"names": names_of(unit)}}
        events.write(Act.CHANGE_NAMES, by=by, obj=unit, **note)
    return unit


def names_of(unit) -> list[list[str]]:
    """The dated names as the record keeps them."""
    rows = unit.names.order_by("starts_on").values_list("name", "short_name", "starts_on", "ends_on")
    return [[str(value) if value else "" for value in row] for row in rows]


def remove_day(day, *, by):
    """Forget a declared day: it is an ordinary one again."""
    _may_manage(by)
    with transaction.atomic():
        events.write(Act.REMOVE_DAY, by=by, obj=day, before=_values(day, DAY_FIELDS))
        day.delete()


def check_parent(unit, parent):
    """Refuse a unit that would stand under itself."""
    if parent and unit.pk and parent.is_under(unit.path):
        raise WrongState(_("Không chuyển đơn vị vào trong chính nhánh của nó được."))


def settle_paths():
    """Make every path its superior's path and its own number. A statement for each level that was wrong.

    For imports; the paths of one moved branch are kept by `Unit.save`.
    """
    above = Unit.objects.filter(pk=OuterRef("parent")).values("path")
    right = Concat(Coalesce(Subquery(above), Value("")), _own_number(), Value("/"))
    _count_anew()
    while Unit.objects.exclude(path=right).update(path=right):
        pass


def _count_anew():
    """PostgreSQL plans by what it counted last: of thousands just put in it knows nothing, and would read them all to find
    the superior of each."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Unit._meta.db_table}")


def _own_number():
    """Six digits or more, as `Unit.save` writes them."""
    digits = Cast("pk", CharField())
    return Case(When(pk__lt=1_000_000, then=LPad(digits, 6, Value("0"))), default=digits)


# --- Steps -------------------------------------------------------------------------------------
def _may_manage(by):
    if by is not None and not rules.can_manage_units(by):
        raise NotAllowed


def _change(obj, fields, act, by):
    before = _values(type(obj).objects.get(pk=obj.pk), fields)
    after = _values(obj, fields)
    changed = [name for name in fields if before[name] != after[name]]
    if changed:
        _save(obj)
        note = {
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        }
        events.write(act, by=by, obj=obj, **note)


def _save(obj):
    if isinstance(obj, Unit):
        _read_paths_again(obj)
        check_parent(obj, obj.parent)
    obj.save()


def _free_code(wanted):
    taken = set(Unit.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    codes = chain([wanted], (f"{wanted}-{n}" for n in count(2)))
    return next(code for code in codes if code and code not in taken)


def _read_paths_again(unit):
    """Somebody may have moved the unit or its parent since the form was shown."""
    if unit.pk:
        unit.path = Unit.objects.values_list("path", flat=True).get(pk=unit.pk)
    if unit.parent:
        unit.parent.refresh_from_db(fields=["path"])


def _keep_former_name(unit):
    """The name used until the first dated one was never dated: from the unit's first day to that name's."""
    first = unit.names.order_by("starts_on").first()
    starts_on = unit.starts_on or BEGINNING
    if starts_on < first.starts_on and (unit.name, unit.short_name) != (first.name, first.short_name):
        UnitName.objects.create(unit=unit, name=unit.name, short_name=unit.short_name, starts_on=starts_on)


def _close_each_at_the_next(unit):
    names = list(unit.names.order_by("starts_on"))
    for name, following in zip(names, names[1:], strict=False):
        if name.ends_on is None or name.ends_on > following.starts_on:
            name.ends_on = following.starts_on
            name.save()


def _values(obj, fields):
    """As the record keeps them: another unit by its code."""
    values = {name: getattr(obj, name) for name in fields}
    return {name: value.code if isinstance(value, Unit) else value for name, value in values.items()}


def _codes(group):
    return sorted(group.listed.values_list("code", flat=True))
