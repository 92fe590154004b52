"""What it adds up to: tallies, the matrix, and what waits for whom. The only room that aggregates.

Every number starts from `visible(user)`, `as_of` is always handed in, and the formulas are `Tally`'s lines.
"""

from .board import Board, compared
from .chains import Chain, chain, has_above, has_below, under, with_proofs, with_steps
from .columns import BY_KEY, COLUMNS, LISTED, Column, Detail, Listed
from .counting import First
from .delays import Acceptance, Receipt, acceptance, receipt
from .exceptions import (
    Change,
    LateUnit,
    Questions,
    change_since,
    for_person,
    kept_waiting,
    newly_red,
    no_longer_red,
    questions,
    red,
    still_red,
    unanswered_instructions,
)
from .facts import Fact, with_facts
from .figures import (
    RANKED_FROM,
    DirectiveFigures,
    UnitFigures,
    by_directive,
    by_task,
    by_unit,
    count,
    grouped,
    points,
    rows,
    standing_on,
    tally,
    total,
    visible,
    worst_first,
)
from .groups import Group, groups
from .holdings import Held, drafts_of, held_work
from .invariants import Invariant, invariants
from .levels import Level, by_child, level
from .listing import RECEIVED, DetailRow, detail_rows, fallen_due_in, read_through
from .matrix import UNITS_PER_PAGE, Cell, Matrix, Row, foremost, matrix
from .months import Month, by_done_month, by_due_month, months_until
from .navigation import COUNTED_TO, waiting_count
from .packing import listed
from .papers import Stage, papers
from .progress import progress, with_progress
from .rolled import Rolled, serves
from .spans import Arrival, Span, arrival, within
from .table import BY, GROUP, SECTOR, UNIT, OfficialTable, Rate, TableRow, official_table
from .tally import LINES, Key, Line, Tally
from .waiting import (
    Desk,
    DueDay,
    LateDocument,
    UnmannedUnit,
    desk,
    due_between,
    late_documents,
    unmanned_units,
    urged_in_vain,
)

__all__ = [
    "BY",
    "BY_KEY",
    "COLUMNS",
    "COUNTED_TO",
    "GROUP",
    "LINES",
    "LISTED",
    "RANKED_FROM",
    "RECEIVED",
    "SECTOR",
    "UNIT",
    "UNITS_PER_PAGE",
    "Acceptance",
    "Arrival",
    "Board",
    "Cell",
    "Chain",
    "Change",
    "Column",
    "Desk",
    "Detail",
    "DetailRow",
    "DirectiveFigures",
    "DueDay",
    "Fact",
    "First",
    "Group",
    "Held",
    "Invariant",
    "Key",
    "LateDocument",
    "LateUnit",
    "Level",
    "Line",
    "Listed",
    "Matrix",
    "Month",
    "OfficialTable",
    "Questions",
    "Rate",
    "Receipt",
    "Rolled",
    "Row",
    "Span",
    "Stage",
    "TableRow",
    "Tally",
    "UnitFigures",
    "UnmannedUnit",
    "acceptance",
    "arrival",
    "by_child",
    "by_directive",
    "by_done_month",
    "by_due_month",
    "by_task",
    "by_unit",
    "chain",
    "change_since",
    "compared",
    "count",
    "desk",
    "detail_rows",
    "drafts_of",
    "due_between",
    "fallen_due_in",
    "for_person",
    "foremost",
    "grouped",
    "groups",
    "has_above",
    "has_below",
    "held_work",
    "invariants",
    "kept_waiting",
    "late_documents",
    "level",
    "listed",
    "matrix",
    "months_until",
    "newly_red",
    "no_longer_red",
    "official_table",
    "papers",
    "points",
    "progress",
    "questions",
    "read_through",
    "receipt",
    "red",
    "rows",
    "serves",
    "standing_on",
    "still_red",
    "tally",
    "total",
    "unanswered_instructions",
    "under",
    "unmanned_units",
    "urged_in_vain",
    "visible",
    "waiting_count",
    "with_facts",
    "with_progress",
    "with_proofs",
    "with_steps",
    "within",
    "worst_first",
]
