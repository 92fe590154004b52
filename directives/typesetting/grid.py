"""The table of a .docx as XML, row by row: the library's own cells take a minute for what this does in a second."""

from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length

_TWIPS = 1440 / 25.4
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MIDDLE = '<w:vAlign w:val="center"/>'
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)


def table(data: dict):
    """The table of the data; its head is repeated on every page."""
    widths = [round(column["width"] * _TWIPS) for column in data["columns"]]
    size, small = data["size"], max(6, data["size"] - 1)
    aligned = [column["align"] for column in data["columns"]]
    rows = [*_head(data, widths, small)]
    rows += [_row(texts, widths, aligned, size) for texts in data["rows"]]
    if data["total"]:
        rows.append(_row(data["total"], widths, aligned, size, bold=True))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{_properties(data, widths)}{''.join(rows)}</w:tbl>")


def page_foot(told: str, words: str, room: Length):
    """A line with `told` on the left and the page's number among all on the right, which Word counts by itself."""
    counted = "".join([_run(words), _field("PAGE"), _run("/"), _field("NUMPAGES")])
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{room.twips}"/></w:tabs>'
    return parse_xml(
        f"<w:p {nsdecls('w')}><w:pPr>{tab}</w:pPr>{_run(told)}<w:r><w:tab/></w:r>{counted}</w:p>"
    )


def _run(text):
    return f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name):
    return f'<w:fldSimple w:instr="{name}">{_run("1")}</w:fldSimple>'


def _properties(data, widths):
    inset = round(data["inset"] * 20)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_LINES}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{inset}" w:type="dxa"/>'
        f'<w:right w:w="{inset}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


# --- The head ----------------------------------------------------------------------------------


def _head(data, widths, size):
    """The rows of the head; a cell that spans two rows has an empty one below that belongs to it."""
    above, *below = data["head"]
    yield _head_row(_spanning(above, widths, size))
    if below:
        yield _head_row(_beneath(above, iter(below[0]), widths, size))
    if data["numbers"]:
        yield _head_row(
            _cell(text, width, "center", size, italic=True)
            for text, width in zip(data["numbers"], widths, strict=True)
        )


def _spanning(cells, widths, size):
    at = 0
    for cell in cells:
        width = sum(widths[at : at + cell["columns"]])
        at += cell["columns"]
        extra = f'<w:gridSpan w:val="{cell["columns"]}"/>' if cell["columns"] > 1 else ""
        extra += '<w:vMerge w:val="restart"/>' if cell["rows"] > 1 else ""
        yield _cell(cell["text"], width, "center", size, bold=True, extra=extra + _MIDDLE)


def _beneath(above, below, widths, size):
    at = 0
    for cell in above:
        for width in widths[at : at + cell["columns"]]:
            if cell["rows"] > 1:
                yield _cell("", width, "center", size, extra=f"<w:vMerge/>{_MIDDLE}")
            else:
                yield _cell(next(below)["text"], width, "center", size, bold=True, extra=_MIDDLE)
        at += cell["columns"]


def _head_row(cells):
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


# --- Rows --------------------------------------------------------------------------------------


def _row(texts, widths, aligned, size, *, bold=False):
    cells = zip(texts, widths, aligned, strict=True)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_cell(text, width, side, size, bold=bold) for text, width, side in cells)}</w:tr>"


def _cell(text, width, side, size, *, bold=False, italic=False, extra=""):
    """A cell with its text; lines of the text stay lines."""
    face = f"{'<w:b/>' * bold}{'<w:i/>' * italic}"
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr><w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{face}<w:sz w:val="{round(size * 2)}"/></w:rPr>{lines}</w:r></w:p></w:tc>'
    )
