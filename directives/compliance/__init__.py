"""What it adds up to: tallies, the matrix, and what waits for whom. The only room that aggregates.

Every number starts from `visible(user)`, `as_of` is always handed in, and the formulas are `Tally`'s lines.
"""

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
from .invariants import Invariant
from .listing import RECEIVED, DetailRow, detail_rows, fallen_due_in, read_through
from .matrix import UNITS_PER_PAGE, Cell, Matrix, Row, foremost, matrix
from .packing import listed
from .papers import Stage, papers
from .progress import progress, with_progress
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
    waiting_count,
)

__all__ = [
    "GROUP",
    "SECTOR",
    "UNIT",
    "Rate",
    "groups",
    "DetailRow",
    "detail_rows",
    "fallen_due_in",
    "RECEIVED",
    "read_through",
    "BY",
    "BY_KEY",
    "COLUMNS",
    "LISTED",
    "Column",
    "Detail",
    "Listed",
    "Acceptance",
    "Receipt",
    "acceptance",
    "receipt",
    "Fact",
    "count",
    "Invariant",
    "Group",
    "OfficialTable",
    "TableRow",
    "official_table",
    "LINES",
    "RANKED_FROM",
    "UNITS_PER_PAGE",
    "Arrival",
    "Cell",
    "Desk",
    "DirectiveFigures",
    "DueDay",
    "Held",
    "Key",
    "LateDocument",
    "Line",
    "Matrix",
    "Row",
    "Span",
    "Stage",
    "Tally",
    "UnitFigures",
    "UnmannedUnit",
    "arrival",
    "by_directive",
    "by_task",
    "by_unit",
    "desk",
    "drafts_of",
    "due_between",
    "foremost",
    "grouped",
    "held_work",
    "late_documents",
    "listed",
    "matrix",
    "papers",
    "progress",
    "rows",
    "standing_on",
    "tally",
    "total",
    "unmanned_units",
    "urged_in_vain",
    "visible",
    "waiting_count",
    "with_facts",
    "with_progress",
    "within",
    "worst_first",
]
