"""The tasks of a text: numbered items, orders without a number, rows of task tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from . import kinds
from .choosing import Chooser
from .deadlines import Deadline, find_deadline
from .leads import Units
from .numbering import SECTIONS, Item, find_items
from .orders import find_orders, find_paragraphs
from .result import ParsedTask
from .tables import find_rows, find_task_grids
from .text import Line, Source, is_capitals, squeeze

_CLOSING = re.compile(
    r"(?:[Tt]rên đây|[Nn]hận được|[Cc]ăn cứ (?:nội dung|ý kiến|văn bản)|[Tt]rong quá trình|[Qq]uá trình|[Yy]êu cầu|[Đđ]ề nghị|[Gg]iao|[Kk]ết quả (?:thực hiện|triển khai)|[Tt]rân trọng|[Kk]ính đề nghị"
    r"|[Nn]ơi nhận|\([Mm]ọi|[^.;:\n]{3,120}?\b(?:thông báo để|xin thông báo|đề nghị|yêu cầu)\b)"
)
# "Giám đốc các sở … nghiêm túc thực hiện Chỉ thị này", "Các đơn vị báo cáo kết quả về …": said to all.
_THIS_PAPER = re.compile(
    r"\b(?:[Cc]hỉ thị|[Kk]ế hoạch|[Cc]ông văn|[Tt]hông báo|[Kk]ết luận|[Cc]ông điện|[Hh]ướng dẫn|[Vv]ăn bản) này\b"
)
_ALL_REPORT = re.compile(
    r"(?:Các|Thủ trưởng các|Lãnh đạo các) (?:đơn vị|cơ quan|địa phương|sở|ngành|phòng)\b[^.;:\n]{0,120}\b(?:báo cáo|gửi)\b"
)
_ORDERS = re.compile(r"(?:Giao|Yêu cầu|Đề nghị)\b")
_ANNEX = re.compile(r"\W{0,40}(?:phu luc|mau|bieu|danh muc|de cuong)\b")
_PAGE_MARK = re.compile(r"\W{0,40}(?:\d{1,3}|[-_=]{3,}|={2,}.{1,20}={2,}|-{2,}.{1,20}-{2,})\W{0,40}")
_ENDS = (".", ";", ":", "/", "!", "?", ")", "”")


@dataclass(frozen=True, slots=True)
class _Found:
    """A task, where it begins, and where the one it hangs under begins: offsets into `Source.text`."""

    start: int
    end: int
    task: ParsedTask
    above: int | None = None


class TaskReader:
    """Reads the tasks of one text. `issued_on` dates the deadlines counted "kể từ ngày ký"."""

    def __init__(self, source: Source, kind: str | None, units: Units, issued_on: date | None):
        self.source = source
        self.kind = kind
        self.units = units
        self.issued_on = issued_on
        self.grids = find_task_grids(source)
        self.gridded = frozenset(start for grid in self.grids for start in grid.lines)
        self.numbered_end: int | None = None

    def read(self, body: int, end: int, annex: int) -> tuple[ParsedTask, ...]:
        """Tasks of the body between two offsets, then of what is attached from `annex` on. Linear."""
        if self.kind in kinds.UPWARD:
            return ()
        found = self._numbered(body, end, attached=False)
        after = self.numbered_end = max((one.end for one in found), default=None)
        found += [
            self._unnumbered(*order) for order in find_orders(self.source, self.units, body, end, after)
        ]
        for part, stop, plan in self._attached(max(annex, end)):
            found += self._numbered(part, stop, attached=True, plan=plan)
        return _placed([*found, *self._rows(body)])

    def deadline_after(self, end: int) -> Deadline | None:
        """A deadline between the last numbered task and an offset: it may be meant for all of them."""
        if self.numbered_end is None or self.numbered_end >= end:
            return None
        return find_deadline(self.source, self.numbered_end, end, self.issued_on)

    def _attached(self, start: int) -> list[tuple[int, int, bool]]:
        """The parts below the signature: a plan issued with a decision orders as a plan does, an annex seldom."""
        edges, plans = [start], [False]
        for line in self.source.lines:
            if line.start >= start and len(line) < 60 and is_capitals(line.text):
                kind = kinds.named(line.plain.strip(" .:*"))
                if kind in kinds.PLANS or _ANNEX.match(line.plain):
                    edges.append(line.start)
                    plans.append(kind in kinds.PLANS)
        edges.append(len(self.source.text))
        return [(a, b, plan) for a, b, plan in zip(edges, edges[1:], plans, strict=False) if a < b]

    def _rows(self, body: int) -> Iterator[_Found]:
        """The rows of task tables from `body` on; what their table says before it belongs to the heading."""
        for row in find_rows(self.source, self.grids, self.issued_on):
            if row.start >= body:
                above = row.above if row.above is not None and row.above >= body else None
                yield _Found(row.start, row.start, row.task, above)

    def _numbered(self, start: int, end: int, *, attached: bool, plan: bool = False) -> list[_Found]:
        lines = [
            line
            for line in self.source.lines_between(start, end)
            if not line.is_noise and "|" not in line.text and line.start not in self.gridded
        ]
        items = find_items(lines, end)
        chosen = Chooser(self.source, self.units, items, attached=attached, plan=plan).choose()
        if not chosen:
            return []
        executors = None if attached else self._cut_farewell(items)
        found = list(self._items_read(items, chosen))
        return [*found, *([executors] if executors else [])]

    def _cut_farewell(self, items: list[Item]) -> _Found | None:
        """The paragraphs after the last item speak to everybody again: "Yêu cầu …", "Trên đây là …".

        Under the last Điều a paragraph may name who carries the decision out: an order of its own.
        """
        last, above = items[-1], items[-1].line
        for line in self.source.lines_between(above.end, last.end):
            if line.is_noise:
                continue
            if above.text.endswith(_ENDS) and line.text[0].isupper():
                if last.style == "article" and self._carries_out(line, last.end):
                    stop, last.end = last.end, line.start
                    return replace(self._unnumbered(line.start, stop), above=last.start)
                if self._speaks_to_all(line, last) or (
                    _CLOSING.match(line.text[:400])
                    and not (last.style in SECTIONS and _ORDERS.match(line.text))
                ):
                    last.end = line.start
                    return None
            above = line
        return None

    def _speaks_to_all(self, line: Line, last: Item) -> bool:
        """Not what stands below the bare name of a unit: there every paragraph is that unit's."""
        flat = last.style in ("number", "dotted") and last.parent is None
        words = self.source.text[line.start : min(last.end, line.start + 300)]
        sentence = re.split(r"[.:]\s", words)[0]
        named = len(last.line) < 100 and not last.line.text.endswith((".", ";", "/"))
        said = _THIS_PAPER.search(sentence) or _ALL_REPORT.match(sentence)
        return flat and not named and self.units.opens(line.text[:200]) and said is not None

    def _carries_out(self, line: Line, end: int) -> bool:
        words = self.source.plain[line.start : min(end, line.start + 900)]
        return "trach nhiem thi hanh" in words and self.units.opens(line.text[:200])

    def _items_read(self, items: list[Item], chosen: dict[int, float]) -> Iterator[_Found]:
        ends = _ends(items, chosen)
        leads: dict[int | None, tuple[str, ...]] = {}
        parents = {items[at].parent for at in chosen}
        for at in sorted(chosen):
            item, above = items[at], _above(items, at, chosen)
            stop = item.end if item.style in SECTIONS and at in parents else ends[at]
            task = self._task(item.start, item.text, stop, item.label, chosen[at])
            if item.style in SECTIONS:
                task = replace(
                    task, deadline_text=None, deadline_on=None, recurrence=None, deadline_span=None
                )
                below = self._paragraph_orders(item.line.end, item.end, item.start)
                if at + 1 not in chosen or items[at + 1].parent != at:
                    yield from below
            else:
                named = self.units.leads(self.source, item.text, ends[at])
                helpers = self.units.coordinating(self.source, item.text, ends[at])
                task = replace(task, leads=named or leads.get(above, ()), coordinating=helpers)
            leads[at] = task.leads
            yield _Found(item.start, ends[at], task, items[above].start if above is not None else None)

    def _paragraph_orders(self, start: int, end: int, above: int) -> Iterator[_Found]:
        for first, stop in find_paragraphs(self.source, self.units, start, end):
            yield replace(self._unnumbered(first, stop), above=above)

    def _unnumbered(self, start: int, end: int) -> _Found:
        source, units = self.source, self.units
        task = self._task(start, start, end, None, 0.6)
        leads = units.leads(source, start, end) or units.subject(source, start, end)
        helpers = units.coordinating(source, start, end) or units.receiving(source, start, end)
        return _Found(start, end, replace(task, leads=leads, coordinating=helpers))

    def _task(self, start: int, text: int, end: int, label: str | None, confidence: float) -> ParsedTask:
        deadline = find_deadline(self.source, text, end, self.issued_on)
        end = max(start, start + len(self.source.text[start:end].rstrip()))
        return ParsedTask(
            label=label,
            parent=None,
            parent_label=None,
            text=self._words(text, end),
            is_heading=False,
            leads=(),
            coordinating=(),
            deadline_text=self.source.value(deadline.start, deadline.end) if deadline else None,
            deadline_on=deadline.on if deadline else None,
            recurrence=deadline.recurrence if deadline else None,
            deliverable=None,
            from_table=False,
            confidence=round(confidence, 2),
            span=self.source.span(start, end),
            deadline_span=self.source.span(deadline.start, deadline.end) if deadline else None,
        )

    def _words(self, start: int, end: int) -> str:
        """The words between two offsets, a line for each paragraph, without page numbers and strokes."""
        words: list[str] = []
        for row in self.source.text[start:end].split("\n"):
            if (row := squeeze(row)) and not (len(row) < 40 and _PAGE_MARK.fullmatch(row)):
                words += ["\n" if words and _opens_paragraph(words[-1], row) else " ", row]
        return "".join(words).strip().removesuffix("./.").removesuffix("/.")


def _opens_paragraph(above: str, row: str) -> bool:
    """Whether a line starts afresh or goes on with a sentence broken by the margin or the page."""
    return (row[0] in "-+•*" and row[1:2] == " ") or (above.endswith(_ENDS) and not row[0].islower())


def _above(items: list[Item], at: int, chosen: dict[int, float]) -> int | None:
    """The nearest chosen item that an item hangs under."""
    parent = items[at].parent
    while parent is not None and parent not in chosen:
        parent = items[parent].parent
    return parent


def _ends(items: list[Item], chosen: dict[int, float]) -> dict[int, int]:
    """Where each chosen item's words end: before the next chosen item, or the next one not below it. Linear."""
    ends: dict[int, int] = {}
    open_items: list[int] = []
    for at, item in enumerate(items):
        while open_items and (at in chosen or items[open_items[-1]].rank >= item.rank):
            ends[open_items.pop()] = item.start
        if at in chosen:
            open_items.append(at)
    return ends | dict.fromkeys(open_items, items[-1].end)


def _placed(found: list[_Found]) -> tuple[ParsedTask, ...]:
    """All in the order of the text, each with the index of the one it hangs under."""
    found = sorted(found, key=lambda one: one.start)
    index = {one.start: at for at, one in enumerate(found)}
    above = {one.above for one in found}
    return tuple(
        replace(
            one.task,
            parent=index[one.above] if one.above is not None else None,
            parent_label=found[index[one.above]].task.label if one.above is not None else None,
            is_heading=one.start in above,
        )
        for one in found
    )
