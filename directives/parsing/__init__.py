"""From the text of a directive to a draft of it: pure Python, no database, nothing invented.

`parse` reads the header, Kính gửi, what is cited, the tasks, Nơi nhận and the signature, in State and Party layout.
"""

from collections.abc import Collection

from . import kinds
from .article import read_article
from .citations import find_citations
from .doubts import closing_doubts, common_deadline_doubt, header_doubts, sentence, task_doubts
from .header import Header, read_header
from .leads import Units, split_units
from .left_out import each_of, without_some, written_without
from .legacy import is_legacy, unicode_of
from .recipients import read_addressees, read_closing
from .result import (
    DateHint,
    Doubt,
    ParsedAddressee,
    ParsedCitation,
    ParsedDirective,
    ParsedRecipient,
    ParsedSigner,
    ParsedTask,
    Span,
)
from .rhythms import Rhythm, read_rhythm
from .tasks import TaskReader
from .text import Source
from .titles import printed_title

__all__ = [
    "DateHint",
    "Doubt",
    "ParsedAddressee",
    "ParsedCitation",
    "ParsedDirective",
    "ParsedRecipient",
    "ParsedSigner",
    "ParsedTask",
    "Rhythm",
    "Span",
    "each_of",
    "is_legacy",
    "parse",
    "printed_title",
    "read_rhythm",
    "sentence",
    "split_units",
    "unicode_of",
    "without_some",
    "written_without",
]

_SCALARS = (
    "kind", "number", "notation", "code", "issued_on", "date_hint", "place", "issuer", "parent_issuer", "title", "urgency"
)  # fmt: skip


def parse(text: str, *, unit_names: Collection[str] = ()) -> ParsedDirective:
    """The draft that a text holds. Never raises on any text; every span is into `text` as given.

    `unit_names` are names of known units, recognised at the head of an item besides the usual kinds of offices.
    Cost: linear in the length of the text (about a second per megabyte).
    """
    source = Source(text)
    header = read_header(source)
    reported = header.code is None and read_article(source, header)
    addressees, greeted = ((), 0) if reported else read_addressees(source)
    body = max(header.body, greeted)
    closing = read_closing(source, body)
    other_kind = _settle_kind(header, bool(addressees))
    reader = TaskReader(source, header.kind, Units(unit_names), header.issued_on)
    tasks = reader.read(body, closing.start, closing.end)
    title = header.places.get("title", (0, 0))
    doubts = [
        *([Doubt("from_article", "kind")] if reported else []),
        *header_doubts(source, header, other_kind),
        *task_doubts(tasks, dated=header.issued_on is not None),
        *common_deadline_doubt(source, reader.deadline_after(closing.start)),
        *closing_doubts(closing.signer, closing.recipients),
    ]
    return ParsedDirective(
        **{name: getattr(header, name) for name in _SCALARS},
        addressees=addressees,
        citations=find_citations(
            source, own_code=header.code, title=title, body=body, first_task=_first_task(tasks)
        ),
        tasks=tasks,
        recipients=closing.recipients,
        signer=closing.signer,
        doubts=tuple(doubts),
        spans={name: source.span(*place) for name, place in header.places.items()},
        confidences=_confidences(header, reported),
    )


def _settle_kind(header: Header, greets: bool) -> str | None:
    """A text without a printed type is a letter, or what its notation says; returns a notation's other opinion."""
    noted = kinds.of_notation(header.notation) if header.notation else None
    if header.kind is None:
        letter = greets or noted in (None, kinds.LETTER)
        header.kind = kinds.LETTER if letter and (greets or header.notation) else noted
        header.kind_inferred = not letter
        return None
    same_short = {header.kind, noted} <= {"Quyết định", "Quy định"}
    return (
        noted
        if noted and noted != header.kind and not same_short and not header.kind.startswith(noted)
        else None
    )


def _first_task(tasks: tuple[ParsedTask, ...]) -> int | None:
    """Where the numbered tasks begin: what is cited from there on is no basis of the document."""
    return min((task.span.start for task in tasks if task.label is not None), default=None)


def _confidences(header: Header, reported: bool) -> dict[str, float]:
    """1 is printed as such, 0.5 inferred or told by somebody else."""
    sure = 0.5 if reported else 1.0
    found = {name: sure for name in _SCALARS if getattr(header, name) is not None}
    if header.kind is not None and "kind" not in header.places:
        found["kind"] = 0.5 if header.kind_inferred else 0.9
    return found
