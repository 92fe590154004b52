"""A draft as a person holds it: its columns and its rows, whatever screen or text they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from directives.enums import Purpose, Relation
from directives.models import Assignment, Directive
from directives.periods import Rule

from .matching import Target
from .paper import Place, gaps_of

# The columns a drafter fills in; everything else of a directive is written by verbs.
COLUMNS = (
    "kind", "issuer", "issuer_name", "parent_issuer_name", "number", "notation", "notation_style", "title", "place",
    "issued_on", "urgency", "signer_authority", "signer_title", "signer_name", "collecting_unit", "sector",
    "evidence_required", "extension_limit", "extension_by_leader",
)  # fmt: skip


@dataclass(frozen=True)
class TaskRow:
    """A task of the draft. `level` 0 stands alone, 1 hangs under the nearest row above of level 0, and so on."""

    text: str
    label: str = ""
    pk: int | None = None
    level: int = 0
    is_heading: bool = False
    leads: tuple[Target, ...] = ()
    supports: tuple[Target, ...] = ()
    due_on: date | None = None
    due_text: str = ""
    undated_reason: str = ""
    review_on: date | None = None
    recurrence: str = ""
    period_system: str = ""
    due_rule: str = ""
    due_day: int | None = None
    due_month: int | None = None
    deliverable: str = ""
    implements: Assignment | None = None

    @property
    def rule(self) -> Rule:
        return Rule(self.recurrence, self.period_system, self.due_rule, self.due_day, self.due_month)


@dataclass(frozen=True)
class AddresseeRow:
    text: str
    target: Target = Target("")
    purpose: str = Purpose.ACT
    printed_purpose: str = ""
    salutation: bool = False


@dataclass(frozen=True)
class CitationRow:
    code: str
    relation: str = Relation.BASED_ON
    kind: str = ""
    dated_on: date | None = None
    issuer_name: str = ""


@dataclass(frozen=True)
class Draft:
    """What is to be kept of a directive: `None` for a part leaves that part as it is.

    `new_issuer` names an issuer that no list of units holds yet.
    """

    columns: Mapping[str, Any] = field(default_factory=dict)
    tasks: Sequence[TaskRow] | None = None
    addressees: Sequence[AddresseeRow] | None = None
    citations: Sequence[CitationRow] | None = None
    opening: str | None = None
    closing: str | None = None
    new_issuer: str = ""


def is_issued_already(directive) -> bool:
    """Whether the draft enters a paper that exists, with its own number or from another office: its text is a fact."""
    return bool(directive.number) or directive.issuer_id != directive.office_id


def parents(levels: Sequence[int]) -> list[int | None]:
    """For each row the index of the row it hangs under: the nearest above with a smaller level."""
    above: list[int] = []
    found: list[int | None] = []
    for at, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        found.append(above[-1] if above else None)
        above.append(at)
    return found


def names(rows: Sequence[TaskRow]) -> list[str]:
    """What each task is called among the others, as every part of a plan counts from 1 again: "II.3.a"."""
    above = parents([row.level for row in rows])
    called: list[str] = []
    for at, row in enumerate(rows):
        own, over = row.label or str(at + 1), above[at]
        called.append(own if over is None else f"{called[over]}.{own}")
    return called


def levels(tasks) -> dict[int, int]:
    """How deep each task hangs, by its primary key; `tasks` are in the order of the paper."""
    depths: dict[int, int] = {}
    for task in tasks:
        depths[task.pk] = depths.get(task.parent_id, -1) + 1
    return depths


def places(tasks) -> list[Place]:
    """The places in the body of the tasks that have one."""
    return sorted((task.span_start, task.span_end) for task in tasks if task.span_start is not None)


def passages(directive: Directive, tasks) -> tuple[str, str]:
    """What the paper says before its first task and after its last."""
    gaps = gaps_of(directive.body, places(tasks))
    return gaps[0].strip(), (gaps[-1].strip() if len(gaps) > 1 else "")
