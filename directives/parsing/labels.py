"""The JSON that `parse_directive` prints."""

from datetime import date
from typing import Any

from .doubts import sentence
from .result import Doubt, ParsedCitation, ParsedDirective, ParsedTask, Span

_STARTS = 70


def as_labels(parsed: ParsedDirective) -> dict[str, Any]:
    """The parsed draft under the names of the contract: absent is null, the number as printed. Pure."""
    signer = parsed.signer
    return {
        "doc_type": parsed.kind,
        "number": parsed.number,
        "symbol": parsed.notation,
        "code": parsed.code,
        "issue_date": _day(parsed.issued_on),
        "place": parsed.place,
        "issuer": parsed.issuer,
        "parent_issuer": parsed.parent_issuer,
        "subject": parsed.title,
        "urgency": parsed.urgency,
        "addressees": [addressee.name for addressee in parsed.addressees],
        "references": [_reference(citation) for citation in parsed.citations],
        "tasks": [_task(task) for task in parsed.tasks],
        "recipients": [{"name": r.name, "purpose": r.purpose, "role": r.role} for r in parsed.recipients],
        "signer_title": signer.title if signer else None,
        "signer_name": signer.name if signer else None,
        "signer_authority": signer.authority if signer else None,
        "doubts": [_doubt(doubt) for doubt in parsed.doubts],
        "spans": {_LABEL_NAMES.get(name, name): _offsets(span) for name, span in parsed.spans.items()},
    }


_LABEL_NAMES = {"kind": "doc_type", "notation": "symbol", "issued_on": "issue_date", "title": "subject"}


def _reference(citation: ParsedCitation) -> dict[str, Any]:
    reference = {
        "code": citation.code,
        "date": _day(citation.issued_on),
        "type": citation.kind,
        "issuer": citation.issuer,
        "relation": citation.relation,
        "span": _offsets(citation.span),
    }
    return reference | ({"name": citation.name} if citation.name else {})


def _task(task: ParsedTask) -> dict[str, Any]:
    return {
        "label": task.label,
        "parent": task.parent_label,
        "parent_index": task.parent,
        "text_starts": _opening(task.text),
        "text": task.text,
        "is_heading": task.is_heading,
        "lead_units": list(task.leads),
        "coordinating_units": list(task.coordinating),
        "deadline_text": task.deadline_text,
        "deadline_iso": _day(task.deadline_on),
        "recurrence": task.recurrence,
        "deliverable": task.deliverable,
        "from_table": task.from_table,
        "confidence": task.confidence,
        "span": _offsets(task.span),
    }


def _opening(text: str) -> str:
    """The first words of the first paragraph."""
    first = text.partition("\n")[0].rstrip(" :;.,")
    return first if len(first) <= _STARTS else first[:_STARTS].rsplit(" ", 1)[0]


def _doubt(doubt: Doubt) -> dict[str, Any]:
    field = _LABEL_NAMES.get(doubt.field, doubt.field)
    span = _offsets(doubt.span) if doubt.span else None
    return {"code": doubt.code, "field": field, "task": doubt.task, "text": sentence(doubt), "span": span}


def _offsets(span: Span) -> list[int]:
    return [span.start, span.end]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
