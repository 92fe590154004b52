"""Lists of rows on a screen that works without a script: each button sends all that was typed, and gets it back."""

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from directives.drafting import renumbered
from directives.errors import Incomplete
from units.numerals import natural

from .cutting import cut, joined
from .fields import DayField

MOST_ROWS = 1000
COUNT = "count"
CURSOR = "at"


class Rows:
    """The rows of one list: forms that share a prefix and are numbered from 0."""

    def __init__(self, form, prefix, *, directory, data=None, initial=()):
        self.prefix = prefix
        count = len(initial) if data is None else count_of(data, prefix)
        first = list(initial) + [None] * count
        self.forms = [
            form(data, prefix=f"{prefix}-{at}", initial=first[at], directory=directory) for at in range(count)
        ]

    def __iter__(self):
        return iter(self.forms)

    def __len__(self):
        return len(self.forms)

    @property
    def count_name(self):
        return f"{self.prefix}-{COUNT}"

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    def values(self) -> list:
        """What was typed, blank rows left out. Rows with errors give what is right in them."""
        for form in self.forms:
            form.full_clean()
        return [form.row() for form in self.forms if not form.is_blank]


def count_of(data, prefix) -> int:
    """How many rows were sent. Refuses more than a page can hold rather than drop any of them."""
    count = natural(data.get(f"{prefix}-{COUNT}", "")) or 0
    if count > MOST_ROWS:
        raise Incomplete(_("Bảng có quá %(most)d dòng. Hãy chia thành nhiều văn bản.") % {"most": MOST_ROWS})
    return count


def rearranged(data: QueryDict, act: str) -> QueryDict:
    """The data after one button: `task-up-3`, `citation-add`. Unknown buttons change nothing."""
    prefix, _, rest = act.partition("-")
    verb, _, row = rest.partition("-")
    if verb not in _ON_ALL and verb not in _ON_ONE:
        return data
    rows = _read(data, prefix)
    at = _index(row, rows)
    if verb in _ON_ALL:
        _ON_ALL[verb](rows, data)
    elif at is not None:
        _ON_ONE[verb](rows, at, data)
    return _write(data, prefix, rows)


def _read(data, prefix):
    rows = [{} for _ in range(count_of(data, prefix))]
    for name in data:
        head, _, field = name.removeprefix(f"{prefix}-").partition("-")
        at = _index(head, rows) if name.startswith(f"{prefix}-") else None
        if at is not None:
            rows[at][field] = data[name]
    return rows


def _index(text, rows) -> int | None:
    at = natural(text)
    return at if at is not None and at < len(rows) else None


def _write(data, prefix, rows):
    others = [(name, values) for name, values in data.lists() if not name.startswith(f"{prefix}-")]
    written = QueryDict(mutable=True)
    for name, values in others:
        written.setlist(name, values)
    written[f"{prefix}-{COUNT}"] = str(len(rows))
    for at, row in enumerate(rows):
        for field, value in row.items():
            written[f"{prefix}-{at}-{field}"] = value
    return written


# --- Steps: each changes the list of rows in place --------------------------------------------


def _level(row):
    return natural(row.get("level", "0")) or 0


def _branch_end(rows, at):
    """One past the last row that hangs under `at`."""
    end = at + 1
    while end < len(rows) and _level(rows[end]) > _level(rows[at]):
        end += 1
    return end


def _add(rows, data):
    if len(rows) < MOST_ROWS:
        rows.append({"text": data.get("passage", "").strip()})


def _remove(rows, at, _data):
    """What hung under the row moves up to its place."""
    for row in rows[at + 1 : _branch_end(rows, at)]:
        row["level"] = str(max(0, _level(row) - 1))
    del rows[at]


def _sister_above(rows, at) -> int | None:
    above = at - 1
    while above >= 0 and _level(rows[above]) > _level(rows[at]):
        above -= 1
    return above if above >= 0 and _level(rows[above]) == _level(rows[at]) else None


def _up(rows, at, data):
    """Before the sister above, with everything that hangs under it."""
    above = _sister_above(rows, at)
    if above is not None:
        end = _branch_end(rows, at)
        rows[above:end] = rows[at:end] + rows[above:at]


def _down(rows, at, data):
    below = _branch_end(rows, at)
    if below < len(rows) and _level(rows[below]) == _level(rows[at]):
        _up(rows, below, data)


def _merge(rows, at, _data):
    """Into the sister above; what hung under the row hangs under her, after her own."""
    above = _sister_above(rows, at)
    if above is not None:
        rows[above] = joined(rows[above], rows[at])
        del rows[at]


def _split(rows, at, data):
    """At the cursor, where a script says it; else at each line end. What hung under the row hangs under its last part."""
    parts = cut(rows[at], natural(data.get(CURSOR, "")))
    if len(rows) + len(parts) - 1 <= MOST_ROWS:
        rows[at : at + 1] = parts


def _in(rows, at, _data):
    if at and _level(rows[at]) <= _level(rows[at - 1]):
        _shift(rows, at, 1)


def _out(rows, at, _data):
    if _level(rows[at]):
        _shift(rows, at, -1)


def _shift(rows, at, by):
    for row in rows[at : _branch_end(rows, at)]:
        row["level"] = str(_level(row) + by)


def _fill(rows, data):
    """One deadline, or one reason for none, for every task that has neither."""
    due_on, reason = data.get("all_due_on", "").strip(), data.get("all_reason", "").strip()
    if due_on and not _is_day(due_on):
        return
    filled = {"due_on": due_on} if due_on else {"undated_reason": reason}
    for row in rows:
        if row.get("text", "").strip() and not any(
            row.get(name) for name in ("due_on", "undated_reason", "review_on", "recurrence", "is_heading")
        ):
            row |= filled


def _renumber(rows, _data):
    """Every list of sisters counted anew in its own style."""
    labels, levels = [row.get("label", "") for row in rows], [_level(row) for row in rows]
    for row, label in zip(rows, renumbered(labels, levels), strict=True):
        row["label"] = label


def _is_day(text) -> bool:
    try:
        return bool(DayField().clean(text))
    except ValidationError:
        return False


_ON_ALL = {"add": _add, "fill": _fill, "renumber": _renumber}
_ON_ONE = {
    "remove": _remove, "up": _up, "down": _down, "in": _in, "out": _out, "merge": _merge, "split": _split,
}  # fmt: skip
