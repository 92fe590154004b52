"""From a filled-in file to lines, and what of a line contradicts itself."""

from django.utils.translation import gettext as _

from directives import sheets
from directives.errors import Incomplete
from units.errors import Refused
from units.importing.lines import Line as Row
from units.importing.tables import tabulate, understand

from .columns import COLUMNS
from .lines import Line

MOST_LINES = 500


def read(upload) -> list[Line]:
    """The rows of the first sheet. Raises `Incomplete` (field `file`) for a file that is no such table.

    Costs a child process; asks no database.
    """
    rows = sheets.rows_of(upload)
    try:
        table = tabulate(rows, COLUMNS)
    except Refused as refused:
        raise Incomplete(fields={"file": refused.sentence}) from None
    if len(table.rows) > MOST_LINES:
        sentence = _("Bảng có hơn %(most)d dòng. Hãy chia thành nhiều tệp.")
        raise Incomplete(fields={"file": sentence % {"most": MOST_LINES}})
    return _doubled([_line(number, cells, table.columns) for number, cells in table.rows])


def _line(number, cells, present) -> Line:
    row = understand(Row("", number, "", ""), cells, COLUMNS, present)
    line = Line(number, **row.data, faults=row.faults)
    line.code, line.label = cells.get("code", ""), cells.get("label", "")
    line.faults += _contradictions(line)
    return line


def _contradictions(line):
    if line.done and line.obstacle:
        yield _("Đã báo cáo hoàn thành thì không còn vướng mắc: hãy bỏ một trong hai.")
    if line.done and line.percent not in (None, 100):
        yield _("Báo cáo hoàn thành mà tỷ lệ mới %(percent)d %%.") % {"percent": line.percent}
    if line.document and not line.dated_on:
        yield _("Hãy ghi ngày của văn bản làm minh chứng.")
    if not line.document and (line.dated_on or line.addressed_to):
        yield _("Hãy ghi số, ký hiệu của văn bản làm minh chứng.")
    if line.document and not line.done:
        yield _("Văn bản minh chứng gửi cùng báo cáo hoàn thành: hãy ghi x, hoặc bỏ số văn bản.")


def _doubled(lines):
    first = {}
    for line in lines:
        at = first.setdefault(line.key, line.number)
        if line.key is not None and at != line.number:
            line.faults.append(_("Mã việc này đã có ở dòng %(number)d.") % {"number": at})
    return lines
