"""The open work of a unit as a table: taken along, filled in without the portal, brought back.

`examine` tries every row and undoes it, so that what it says of a row is what will happen; `carry_out` does the rows
that went through, all of them in one transaction, through the verbs of `tracking`.
"""

from .columns import COLUMNS
from .lines import Act, Line
from .reading import MOST_LINES, read
from .trying import carry_out, examine

__all__ = ["COLUMNS", "MOST_LINES", "Act", "Line", "carry_out", "examine", "read"]
