"""A task of the body that the table of an annex says again: one task, read from two places.

The annex completes what the body leaves open. Where the two contradict, the body's word stands, and the drafter is
told what the annex says. Rows that say more than the body, or share an item of it, stay tasks of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from directives.parsing import ParsedDirective, ParsedTask
from units.naming import fold

from .draft import Draft
from .matching import Directory

# Shorter texts are said of many works: "Báo cáo kết quả".
_SHORTEST = 30
# How much of the item's first paragraph the row has to say.
_COVERED = 0.6
_FEW = 4


@dataclass(frozen=True)
class Contradiction:
    """What the annex says otherwise of the task in row `row` of the draft."""

    row: int
    leads: tuple[str, ...] = ()
    deadline: str = ""


def told_once(parsed: ParsedDirective) -> ParsedDirective:
    """The same document with every such task listed once, completed from the annex. Linear."""
    pairs = doubles_of(parsed)
    gone = set(pairs) | _emptied(parsed.tasks, set(pairs))
    kept = [at for at in range(len(parsed.tasks)) if at not in gone]
    now = {at: new for new, at in enumerate(kept)}
    annex = {body: row for row, body in pairs.items()}
    tasks = [_placed(_completed(parsed.tasks, at, annex), now) for at in kept]
    doubts = [
        doubt if doubt.task is None else replace(doubt, task=now[doubt.task])
        for doubt in parsed.doubts
        if doubt.task not in gone
    ]
    return replace(parsed, tasks=tuple(tasks), doubts=tuple(doubts))


def doubles_of(parsed: ParsedDirective) -> dict[int, int]:
    """Index of a row of an annex → index of the item of the body that it repeats; each of both at most once. Linear."""
    parents = {task.parent for task in parsed.tasks}
    rows = {
        at: fold(task.text)
        for at, task in enumerate(parsed.tasks)
        if task.from_table and not task.is_heading and at not in parents
    }
    if not rows:
        return {}
    items = {
        at: _said(task) for at, task in enumerate(parsed.tasks) if not (task.from_table or task.is_heading)
    }
    places = _places(items)
    found = [
        (row, at) for row, text in rows.items() for at in places[_start(text)] if _repeats(text, items[at])
    ]
    of_row, of_item = Counter(row for row, _at in found), Counter(at for _row, at in found)
    return {row: at for row, at in found if of_row[row] == of_item[at] == 1}


def rows_of(parsed: ParsedDirective, sheet: Draft) -> dict[int, int]:
    """Index of a task read → index of the row of the draft that still says the same; a double leads to its item's."""
    tasks = sheet.tasks or ()
    rows = matched([task.text for task in parsed.tasks], [row.text for row in tasks])
    taken, pairs = set(rows.values()), doubles_of(parsed)
    by_label = {row.label: at for at, row in enumerate(tasks) if row.label and at not in taken}
    for at, task in enumerate(parsed.tasks):
        if at not in rows and at not in pairs and task.label in by_label:
            rows[at] = by_label[task.label]
    return {again: rows[at] for again, at in pairs.items() if at in rows} | rows


def contradictions(parsed: ParsedDirective, sheet: Draft, directory: Directory) -> Iterator[Contradiction]:
    """Where the draft still says otherwise than the annex, which it was not completed from."""
    rows, tasks = rows_of(parsed, sheet), sheet.tasks or ()
    for annex, at in doubles_of(parsed).items():
        if at not in rows or rows.get(annex) != rows[at]:
            continue
        item, again, task = parsed.tasks[at], parsed.tasks[annex], tasks[rows[at]]
        found = Contradiction(
            rows[at], _other_leads(item, again, task, directory), _other_day(item, again, task)
        )
        if found.leads or found.deadline:
            yield found


def matched(read: Sequence[str], kept: Sequence[str]) -> dict[int, int]:
    """Index of what was read → index of the row that still says the same; each row once."""
    waiting: dict[str, list[int]] = {}
    for at, text in enumerate(kept):
        waiting.setdefault(fold(text), []).append(at)
    return {at: rows.pop(0) for at, text in enumerate(read) if (rows := waiting.get(fold(text)))}


# --- Steps --------------------------------------------------------------------------------------


def _said(task):
    """The first paragraph of an item without its deadline, as a key."""
    text = task.text.split("\n", 1)[0]
    return fold(text.replace(task.deadline_text or "\0", " "))


def _places(items):
    """Four words in a row → the items that hold them: each row is compared with few."""
    places = defaultdict(set)
    for at, said in items.items():
        words = said.split()
        for first in range(len(words)):
            places[tuple(words[first : first + _FEW])].add(at)
    return places


def _start(text):
    return tuple(text.split()[:_FEW])


def _repeats(row, item):
    return len(row) >= max(_SHORTEST, _COVERED * len(item)) and f" {row} " in f" {item} "


def _emptied(tasks, gone):
    """Headings of an annex under which nothing is left."""
    under = defaultdict(set)
    for at, task in enumerate(tasks):
        under[task.parent].add(at)
    empty: set[int] = set()
    for at in sorted(under.keys() - {None}, reverse=True):
        if tasks[at].from_table and tasks[at].is_heading and under[at] <= gone | empty:
            empty.add(at)
    return empty


def _completed(tasks, at, annex) -> ParsedTask:
    task = tasks[at]
    if at not in annex:
        return task
    again = tasks[annex[at]]
    leads = task.leads or again.leads
    task = replace(
        task,
        leads=leads,
        coordinating=task.coordinating or tuple(unit for unit in again.coordinating if unit not in leads),
        deliverable=task.deliverable or again.deliverable,
    )
    if _is_dated(task):
        return task
    named = {
        name: getattr(again, name) for name in ("deadline_text", "deadline_on", "recurrence", "deadline_span")
    }
    return replace(task, **named)


def _is_dated(task):
    return bool(task.deadline_text or task.recurrence)


def _placed(task, now):
    return task if task.parent is None else replace(task, parent=now[task.parent])


def _other_leads(item, again, task, directory):
    """The leads that only the annex names, where the body names its own."""
    if not item.leads:
        return ()
    named = {target.key for target in (*task.leads, *task.supports)}
    named |= {directory.find(name).key for name in item.leads}
    return tuple(name for name in again.leads if directory.find(name).key not in named)


def _other_day(item, again, task):
    if not (_is_dated(item) and _is_dated(again)):
        return ""
    same_day = again.deadline_on and again.deadline_on in (item.deadline_on, task.due_on)
    same_words = fold(again.deadline_text or "") == fold(item.deadline_text or "")
    return "" if same_day or same_words else again.deadline_text or ""
