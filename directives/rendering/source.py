"""The text as it was pasted, with a mark wherever a field was read from: the way between the two, both ways."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from directives.drafting import doubles
from directives.parsing import ParsedDirective, Span, split_units

_CITATION, _BLANK, _FIELD, _TASK = 3, 2, 1, 0


@dataclass(frozen=True)
class Mark:
    """A marked place: its own `id`, the sign shown at both ends, and the `target` field that it fills."""

    id: str
    sign: str
    css: str
    span: Span
    target: str
    weight: int = _FIELD


@dataclass(frozen=True)
class Stretch:
    """A piece of the text under at most one mark; `opens` carries the mark's id, `closes` its sign."""

    text: str
    mark: Mark | None = None
    opens: bool = False
    closes: bool = False


def marks_of(parsed: ParsedDirective, sheet) -> list[Mark]:
    """The marks of a source, tied to the rows of the draft as it is now. Linear in the rows."""
    return [
        *_heading(parsed),
        *_addressees(parsed, sheet),
        *_citations(parsed, sheet),
        *_tasks(parsed, sheet),
    ]


def stretches(source: str, marks: Sequence[Mark]) -> list[Stretch]:
    """The whole source cut where marks begin and end; where they overlap the narrower one shows."""
    edges = sorted({0, len(source), *(edge for mark in marks for edge in (mark.span.start, mark.span.end))})
    waiting = sorted(marks, key=lambda mark: mark.span, reverse=True)
    cut: list[Stretch] = []
    over: list[Mark] = []
    for start, end in pairwise(edges):
        while waiting and waiting[-1].span.start <= start:
            over.append(waiting.pop())
        over = [mark for mark in over if mark.span.end > start]
        cut.append(Stretch(source[start:end], max(over, key=lambda mark: mark.weight, default=None)))
    return _with_ends(cut)


def refs(marks: Sequence[Mark]) -> dict[str, Mark]:
    """The mark that fills each field, by the field's id."""
    found: dict[str, Mark] = {}
    for mark in marks:
        found.setdefault(mark.target, mark)
    return found


def _with_ends(cut):
    first = {}
    last = {}
    for at, stretch in enumerate(cut):
        if stretch.mark:
            first.setdefault(stretch.mark.id, at)
            last[stretch.mark.id] = at
    return [
        replace(s, opens=first[s.mark.id] == at, closes=last[s.mark.id] == at) if s.mark else s
        for at, s in enumerate(cut)
    ]


# --- Which place fills which field --------------------------------------------------------------

_FIELDS = (
    (("number", "code", "notation"), "id_notation"),
    (("title",), "id_title"),
    (("place",), "id_place"),
    (("issued_on",), "id_issued_on"),
    (("kind",), "id_kind"),
    (("issuer",), "id_issuer"),
    (("parent_issuer",), "id_parent_issuer_name"),
    (("urgency",), "id_urgency"),
)


def _heading(parsed):
    blank = {doubt.field for doubt in parsed.doubts if doubt.code.endswith("_blank")}
    found = []
    for names, target in _FIELDS:
        spans = [parsed.spans[name] for name in names if name in parsed.spans]
        if spans:
            span = Span(min(s.start for s in spans), max(s.end for s in spans))
            found.append((span, target, bool(blank & set(names))))
    if parsed.signer:
        found.append((parsed.signer.span, "id_signer_name", False))
    for n, (span, target, is_blank) in enumerate(sorted(found), start=1):
        css, weight = ("a q", _BLANK) if is_blank else ("a", _FIELD)
        yield Mark(f"s-{n}", str(n), css, span, target, weight)


def _addressees(parsed, sheet):
    typed = {row.text for row in sheet.addressees}
    lines = (*parsed.addressees, *parsed.recipients)
    read = [(_row_of(to.name, typed), to.span) for to in lines]
    rows = doubles.matched([name for name, _ in read], [row.text for row in sheet.addressees])
    for at, (_, span) in enumerate(read):
        target = f"id_addressee-{rows[at]}-text" if at in rows else "noi-nhan"
        yield Mark(f"s-d{at + 1}", _letter(at), "d", span, target)


def _row_of(name, typed):
    """A line that became a row for each of its units leads to the first of them."""
    return name if name in typed else next(iter(split_units(name)), name)


def _letter(at):
    """A, B, … Z, A1, …"""
    return chr(ord("A") + at % 26) + (str(at // 26) if at >= 26 else "")


def _citations(parsed, sheet):
    rows = doubles.matched(
        [c.code or c.name or "" for c in parsed.citations], [row.code for row in sheet.citations]
    )
    for at, cited in enumerate(parsed.citations):
        target = f"id_citation-{rows[at]}-code" if at in rows else "can-cu"
        yield Mark(f"s-c{at + 1}", f"C{at + 1}", "b", cited.span, target, _CITATION)


def _tasks(parsed, sheet):
    """A task said twice has two marks, which lead to the same row under the same sign."""
    rows, pairs = doubles.rows_of(parsed, sheet), doubles.doubles_of(parsed)
    for at, task in enumerate(parsed.tasks):
        first = pairs.get(at, at)
        sign = first if rows.get(first) == rows.get(at) else at
        target = f"id_task-{rows[at]}-text" if at in rows else "nhiem-vu"
        yield Mark(f"s-n{at + 1}", f"N{sign + 1}", "c", task.span, target, _TASK)
