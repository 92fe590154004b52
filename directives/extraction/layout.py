"""Tables that only place things on the page: the heading, Kính gửi, Nơi nhận beside the signature.

They have no borders, but so have many tables of tasks; their words tell them apart.
"""

import enum
import re

from units.naming import plain_letters

NATION = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\s?[-–]\s?tu do|^\W*dang cong san viet nam\W*$", re.MULTILINE
)
CLOSING = re.compile(r"^\W*noi nhan\b", re.MULTILINE)
AUTHORITY = re.compile(r"^\W*(?:t/?m|k/?t|t/?l|tuq|q)\s?[./]?\s", re.MULTILINE)
GREETING = re.compile(r"^\W*kinh (?:gui|trinh)\b", re.MULTILINE)
_NUMBER = re.compile(r"^\W*so\s?:?[ .…]*\d*\s?[-/]", re.MULTILINE)
DATED = re.compile(r"\bngay\b.{0,40}\bthang\b.{0,40}\bnam\b")
LAYOUT_ROWS, _LAYOUT_COLUMNS, _LAYOUT_LETTERS = 12, 4, 6000


class Arrangement(enum.Enum):
    """How the cells of a table are read."""

    ROWS = "a table of rows"
    BY_ROW = "cell after cell"
    BY_COLUMN = "column after column"


def arrangement(rows: list[list[str]]) -> Arrangement:
    """Told by the words of the cells. Linear; a table of more than `LAYOUT_ROWS` is one of rows."""
    wide = max(map(len, rows), default=0)
    if wide <= 1:
        return Arrangement.BY_ROW
    cells = [plain_letters(cell) for row in rows[: LAYOUT_ROWS + 1] for cell in row if cell]
    filled = max((sum(1 for cell in row if cell) for row in rows), default=0)
    if len(rows) > LAYOUT_ROWS or filled > _LAYOUT_COLUMNS or sum(map(len, cells)) > _LAYOUT_LETTERS:
        return Arrangement.ROWS
    if any(map(NATION.search, cells)):
        return Arrangement.BY_ROW
    if any(map(CLOSING.search, cells)) or (len(rows) <= 4 and any(map(AUTHORITY.match, cells))):
        return Arrangement.BY_COLUMN
    if any(map(GREETING.search, cells)) or (len(rows) == 1 and filled <= 2):
        return Arrangement.BY_ROW
    dated = any(map(DATED.search, cells))
    return Arrangement.BY_ROW if dated and any(map(_NUMBER.match, cells)) else Arrangement.ROWS
