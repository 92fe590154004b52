"""What the parser says about a text: frozen values, each with the place it was read from.

Absent is None, never a guess; what was inferred rather than printed has a confidence below 1 and a doubt.
Offsets are into the text exactly as it was given to `parse`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]` of the text given to `parse`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateHint:
    """The printed parts of a date some of which is blank."""

    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class ParsedAddressee:
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedCitation:
    """A document cited by the text, once per document; `span` is the first mention.

    `code` is None for a law cited by `name` alone. `relation` is "implements", "based_on", "amends", "replaces",
    "revokes" or "mentions".
    """

    code: str | None
    name: str | None
    kind: str | None
    issued_on: date | None
    issuer: str | None
    relation: str
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedTask:
    """An item that orders something, or the heading such items hang under.

    `label` is printed without its punctuation ("1", "II", "a", "Điều 3"), "-" for a dash, None for an unnumbered
    order. `parent` is the index of the heading in `ParsedDirective.tasks`, always smaller than its own.
    `leads` is empty when the item speaks to the addressees in general.
    """

    label: str | None
    parent: int | None
    parent_label: str | None
    text: str
    is_heading: bool
    leads: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline_text: str | None
    deadline_on: date | None
    recurrence: str | None
    deliverable: str | None
    from_table: bool
    confidence: float
    span: Span
    deadline_span: Span | None = None


@dataclass(frozen=True, slots=True)
class ParsedRecipient:
    """A line of Nơi nhận. `purpose` is the printed word, `role` ours: act, coordinate, report, inform, archive."""

    name: str
    purpose: str | None
    role: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedSigner:
    """`authority` keeps the stacked lines joined by a space: "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"."""

    authority: str | None
    title: str | None
    name: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the drafter must look at. `code` is stable; `doubts.sentence` says it in Vietnamese.

    `task` is an index into `ParsedDirective.tasks`.
    """

    code: str
    field: str
    task: int | None = None
    span: Span | None = None
    params: Mapping[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedDirective:
    """The parsed draft. `spans` and `confidences` are keyed by the names of the scalar fields below."""

    kind: str | None
    number: str | None
    notation: str | None
    code: str | None
    issued_on: date | None
    date_hint: DateHint | None
    place: str | None
    issuer: str | None
    parent_issuer: str | None
    title: str | None
    urgency: str | None
    addressees: tuple[ParsedAddressee, ...]
    citations: tuple[ParsedCitation, ...]
    tasks: tuple[ParsedTask, ...]
    recipients: tuple[ParsedRecipient, ...]
    signer: ParsedSigner | None
    doubts: tuple[Doubt, ...]
    spans: Mapping[str, Span]
    confidences: Mapping[str, float]
