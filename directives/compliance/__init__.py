"""What it adds up to: tallies, the matrix, and what waits for whom. The only room that aggregates.

Every number starts from `visible(user)`, `as_of` is always handed in, and the formulas are `Tally`'s lines.
"""

from .chains import Chain, chain, has_below, under, with_proofs, with_steps
from .columns import BY_KEY, COLUMNS, LISTED, Column, Detail, Listed
from .delays import Acceptance, Receipt, acceptance, receipt
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
from .listing import RECEIVED, DetailRow, detail_rows, fallen_due_in, read_through
from .matrix import UNITS_PER_PAGE, Cell, Matrix, Row, foremost, matrix
from .navigation import COUNTED_TO, waiting_count
from .packing import listed
from .papers import Stage, papers
from .progress import progress, with_progress
from .rolled import months_due, months_due_by_unit, rolled_by_unit, serves, unit_tallies
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
    "Cell",
    "Chain",
    "Column",
    "Desk",
    "Detail",
    "DetailRow",
    "DirectiveFigures",
    "DueDay",
    "Fact",
    "Group",
    "Held",
    "Invariant",
    "Key",
    "LateDocument",
    "Line",
    "Listed",
    "Matrix",
    "OfficialTable",
    "Rate",
    "Receipt",
    "Row",
    "Span",
    "Stage",
    "TableRow",
    "Tally",
    "UnitFigures",
    "UnmannedUnit",
    "acceptance",
    "arrival",
    "by_directive",
    "by_task",
    "by_unit",
    "chain",
    "count",
    "desk",
    "detail_rows",
    "drafts_of",
    "due_between",
    "fallen_due_in",
    "foremost",
    "grouped",
    "groups",
    "has_below",
    "held_work",
    "invariants",
    "late_documents",
    "listed",
    "matrix",
    "months_due",
    "months_due_by_unit",
    "official_table",
    "papers",
    "progress",
    "read_through",
    "receipt",
    "rolled_by_unit",
    "rows",
    "serves",
    "standing_on",
    "tally",
    "total",
    "under",
    "unit_tallies",
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
