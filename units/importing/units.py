"""Units from a table. Parents may stand below their children; a cell left empty empties the field."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from units import clock, events, structure
from units.enums import Act, UnitKind
from units.models import Unit

from .lines import Line, Verdict
from .tables import Column, Table, chosen_from, read_date, read_number, understand

COLUMNS = (
    Column("code", gettext_lazy("Mã đơn vị"), ("ma don vi", "ma"), required=True, longest=50),
    Column("name", gettext_lazy("Tên đơn vị"), ("ten don vi", "ten"), required=True),
    Column("short_name", gettext_lazy("Tên viết tắt"), ("ten viet tat", "viet tat"), longest=100),
    Column("kind", gettext_lazy("Loại"), ("loai", "loai don vi"), chosen_from(UnitKind), required=True),
    Column("parent", gettext_lazy("Mã cấp trên"), ("ma cap tren", "ma don vi cap tren"), longest=50),
    Column("identifier", gettext_lazy("Mã định danh"), ("ma dinh danh", "ma dinh danh dien tu"), longest=35),
    Column("notation", gettext_lazy("Ký hiệu"), ("ky hieu",), longest=30),
    Column("place", gettext_lazy("Địa danh"), ("dia danh",), longest=100),
    Column("starts_on", gettext_lazy("Từ ngày"), ("tu ngay", "hoat dong tu ngay"), read_date),
    Column("ends_on", gettext_lazy("Đến ngày"), ("den ngay", "thoi hoat dong tu ngay"), read_date),
    Column("position", gettext_lazy("Thứ tự"), ("thu tu", "tt", "stt"), read_number),
)
LABELS = {column.key: column.label for column in COLUMNS}
# Six digits and a slash a level; a path holds 255 characters.
DEEPEST = 30
BATCH = 500


def judge(table: Table) -> list[Line]:
    """A line with its verdict for each row. One query."""
    lines = [_line(number, cells, table.columns) for number, cells in table.rows]
    known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    _find_doubles(lines)
    _find_parents(lines, known)
    for line in lines:
        _compare(line, known.get(line.key))
    return lines


def write(lines: list[Line], *, by) -> None:
    """Write the new and the changed units, their paths, and an event for each. A few statements per 500 units."""
    touched = [line for line in lines if line.verdict in {Verdict.NEW, Verdict.CHANGED}]
    if not touched:
        return
    units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    new = [line for line in touched if not line.known]
    changed = [line for line in touched if line.known]
    entries = [_new_entry(line, units) for line in new]
    entries += [_changed_entry(line, units[line.key]) for line in changed]
    _save(new, changed, units)
    events.write_all([entry for entry in entries if entry.after], by=by)
    known = Unit.objects.in_bulk([line.key for line in changed], field_name="code")
    for line in changed:
        _take_name(line, known[line.key], by)


# --- Judging -----------------------------------------------------------------------------------
def _line(number, cells, present) -> Line:
    line = Line(pgettext("một", "Đơn vị"), number, cells.get("code", ""), cells.get("name", ""))
    understand(line, cells, COLUMNS, present)
    starts_on, ends_on = line.data.get("starts_on"), line.data.get("ends_on")
    if starts_on and ends_on and ends_on <= starts_on:
        line.faults.append(_("Đến ngày phải sau từ ngày."))
    return line


def _find_doubles(lines):
    first: dict[str, int] = {}
    for line in lines:
        if line.key and line.key in first:
            said = {"code": line.key, "number": first[line.key]}
            line.faults.append(_("Mã “%(code)s” đã có ở dòng %(number)d.") % said)
        first.setdefault(line.key, line.number)


def _find_parents(lines, known):
    parents = {code: unit.parent.code if unit.parent else "" for code, unit in known.items()}
    parents |= {line.key: line.data["parent"] for line in lines if "parent" in line.data}
    parents |= {line.key: parents.get(line.key, "") for line in lines}
    for line in lines:
        parent = line.data.get("parent")
        if parent and parent not in parents:
            line.faults.append(_("Không có đơn vị cấp trên mang mã “%(code)s”.") % {"code": parent})
        elif sentence := _fault_above(line.key, parents):
            line.faults.append(sentence)


def _fault_above(code, parents) -> str:
    above, seen = parents.get(code, ""), 0
    while above:
        seen += 1
        if above == code:
            return _("Cấp trên đi vòng: đơn vị này đứng dưới chính nó.")
        if seen > DEEPEST:
            return _("Đơn vị nằm dưới hơn 30 cấp, hoặc cấp trên của nó đi vòng.")
        above = parents.get(above, "")
    return ""


def _compare(line, unit):
    if unit is None:
        return
    line.known = True
    line.changes = [str(LABELS[key]) for key, value in line.data.items() if value != _present(unit, key)]


def _present(unit, key):
    if key == "parent":
        return unit.parent.code if unit.parent else ""
    return getattr(unit, key)


# --- Writing -----------------------------------------------------------------------------------
def _new_entry(line, units) -> events.Entry:
    unit = units[line.key] = Unit(code=line.key, path=f"new-{line.key}")
    _fill(unit, line.data)
    return events.Entry(Act.CREATE_UNIT, unit, after=line.data)


def _changed_entry(line, unit) -> events.Entry:
    """Everything but another name, which is a rename from today on and has an event of its own."""
    before = {key: _present(unit, key) for key in line.data if key != "name"}
    changed = {key: value for key, value in line.data.items() if key != "name" and value != before[key]}
    _fill(unit, changed)
    return events.Entry(Act.CHANGE_UNIT, unit, {key: before[key] for key in changed}, changed)


def _fill(unit, values):
    for key, value in values.items():
        if key != "parent":
            setattr(unit, key, value)
    unit.search = unit.search_key()


def _save(new, changed, units):
    for level in _levels(new):
        _find_parent(level, units)
        Unit.objects.bulk_create([units[line.key] for line in level], batch_size=BATCH)
    _find_parent(changed, units)
    columns = [*structure.UNIT_FIELDS, "search"]
    Unit.objects.bulk_update([units[line.key] for line in changed], columns, batch_size=BATCH)
    structure.settle_paths()


def _levels(lines) -> Iterator[list[Line]]:
    """The lines, each after the line of its superior."""
    waiting = {line.key: line for line in lines}
    while waiting:
        level = [line for line in waiting.values() if line.data.get("parent") not in waiting]
        yield level
        for line in level:
            del waiting[line.key]


def _find_parent(lines, units):
    for line in lines:
        if "parent" in line.data:
            units[line.key].parent = units.get(line.data["parent"])


def _take_name(line, unit, by):
    """Another name is dated from today; a corrected abbreviation is corrected on the name in force too."""
    if line.data["name"] != unit.name:
        structure.rename(unit, line.data["name"], line.data.get("short_name", ""), by=by)
    elif str(LABELS["short_name"]) in line.changes:
        for name in unit.names.in_force(clock.today()):
            name.short_name = unit.short_name
            name.save()
