"""Papers as .docx: real tables and lines, to be worked on in any office program."""

from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt

from . import grid

FONT = "Times New Roman"
_NARROW = frozenset("ijlt.,:;'|() -\N{NO-BREAK SPACE}")
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
# Across, as table.typ has them; millimetres.
_MARGINS = {"top": 15, "bottom": 15, "left": 15, "right": 10}
ACROSS = {"a4": {"width": 297, "height": 210, **_MARGINS}, "a3": {"width": 420, "height": 297, **_MARGINS}}


def paper(data: dict) -> bytes:
    """A table with all that stands around it."""
    document = new_document(data["title"], ACROSS[data["paper"]])
    heading(document, data)
    _title(document, data)
    append(document, grid.table(data))
    for note in data["notes"]:
        write(document.add_paragraph(), note, size=10)
    foot(document, data)
    _page_foot(document.sections[0], data)
    return saved(document)


# --- What every paper has ----------------------------------------------------------------------


def new_document(title, page):
    document = Document()
    document.core_properties.title, document.core_properties.author = title[:255], ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page["width"] > page["height"] else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    return document


def append(document, element):
    """Behind all that is there; the section's own properties stay last."""
    document.element.body.insert(len(document.element.body) - 1, element)


def write(paragraph, text, *, bold=False, italic=False, size=None, align=None):
    """One run more in the paragraph, which is returned."""
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


def heading(document, data, size=12):
    """Whose paper it is on the left with its number, the State's name and the day on the right."""
    left, right = side_by_side(document, 2)
    told, words = data["heading"], data["words"]
    first = left.paragraphs[0]
    if told["superior"]:
        write(first, told["superior"], size=size, align=CENTRE)
        first = left.add_paragraph()
    ruled(left, write(first, told["issuer"], bold=True, size=size, align=CENTRE), told["issuer"], 0.4)
    write(left.add_paragraph(), told["number"], size=size, align=CENTRE)
    write(right.paragraphs[0], words["country"], bold=True, size=size, align=CENTRE)
    motto = write(right.add_paragraph(), words["motto"], bold=True, size=size + 1, align=CENTRE)
    ruled(right, motto, words["motto"], 1)
    write(right.add_paragraph(), told["dated"], italic=True, size=size, align=CENTRE)


def side_by_side(document, columns, *, widths=None, indent=0):
    """A row of cells without lines, which stays on one page; `widths` and `indent` in millimetres."""
    table = document.add_table(rows=1, cols=columns)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if widths:
        table.autofit = False
        table._tbl.tblPr.append(grid.indent(Mm(indent)))
        for cell, column, width in zip(row.cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
    return row.cells


def ruled(cell, paragraph, words, share):
    """A rule below the last paragraph of a cell, as long as a share of its words: a border with wide indents."""
    below = cell.add_paragraph()
    below.paragraph_format.space_before, below.paragraph_format.line_spacing = Pt(2), Pt(6)
    length = min(_width(words) * paragraph.runs[0].font.size.mm, cell.width.mm)
    indent = max(0, (cell.width.mm - length * share) / 2 - 2)
    below.paragraph_format.left_indent = below.paragraph_format.right_indent = Mm(indent)
    rule = '<w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
    properties = below._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _width(words):
    """How long words in bold letters are, in heights of these: what Times has for each, to a few hundredths."""
    return sum(0.28 if sign in _NARROW else 0.72 if sign.isupper() else 0.5 for sign in words)


def foot(document, data, size=12):
    """Nơi nhận where there are any, then each of those who sign, side by side."""
    blocks = ([None] if data["recipients"] else []) + data["signers"]
    if not blocks:
        return
    document.add_paragraph()
    for cell, signer in zip(side_by_side(document, len(blocks)), blocks, strict=True):
        if signer is None:
            recipients(cell, data)
        else:
            _signer(cell, signer, size)


def recipients(cell, data):
    write(cell.paragraphs[0], data["words"]["recipients"], bold=True, italic=True, size=12)
    for line in data["recipients"]:
        write(cell.add_paragraph(), line, size=11)


def _signer(cell, signer, size):
    lines = [cell.paragraphs[0], *(cell.add_paragraph() for _ in signer["titles"][1:])]
    for paragraph, line in zip(lines, signer["titles"], strict=True):
        write(paragraph, line, bold=True, size=size, align=CENTRE)
    if signer["note"]:
        write(cell.add_paragraph(), signer["note"], italic=True, size=size - 1, align=CENTRE)
    last = write(cell.add_paragraph(), signer["name"], bold=True, size=size, align=CENTRE)
    last.paragraph_format.space_before = Mm(20)


def saved(document) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()


# --- Of a table alone --------------------------------------------------------------------------


def _title(document, data):
    first = write(document.add_paragraph(), data["title"], bold=True, size=14, align=CENTRE)
    first.paragraph_format.space_before = Pt(8)
    for line in data["subtitles"]:
        write(document.add_paragraph(), line, italic=True, size=11, align=CENTRE)
    document.paragraphs[-1].paragraph_format.space_after = Pt(4)


def _page_foot(section, data):
    """Where to find the figures again, and the number of the page among all."""
    room = section.page_width - section.left_margin - section.right_margin
    empty = section.footer.paragraphs[0]._p
    empty.getparent().replace(empty, grid.page_foot(data["foot"], f"{data['words']['page']} ", Length(room)))
