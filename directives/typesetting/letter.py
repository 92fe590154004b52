"""A directive as .docx, in the layout that letter.typ gives it as .pdf."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from . import word
from .word import CENTRE, write

PAGE = {"width": 210, "height": 297, "top": 20, "bottom": 20, "left": 30, "right": 20}

HEADING = (70, 104)  # the two columns of the heading, wider than the text


def paper(data: dict) -> bytes:
    document = word.new_document(
        data["title"] or data["number"], PAGE | ({"right": 15} if data["party"] else {})
    )
    document.styles["Normal"].font.size = Pt(14)
    _heading(document, data)
    if data["type"]:
        _named(document, data)
    if data["salutation"]:
        _salutation(document, data)
    for paragraph in data["body"]:
        _paragraph(document, paragraph)
    _foot(document, data)
    return word.saved(document)


def _heading(document, data):
    left, right = word.side_by_side(document, 2, widths=HEADING, indent=-8)
    words = data["words"]
    lines = ([(data["parent"], False)] if data["parent"] else []) + [(line, True) for line in data["issuer"]]
    for cell_line, bold in lines:
        _line(left, cell_line, bold=bold)
    if data["party"]:
        _line(left, "*")
        word.ruled(right, _line(right, words["party"], bold=True, size=15), words["party"], 1)
    else:
        word.ruled(left, left.paragraphs[-1], data["issuer"][-1], 0.4)
        _line(right, words["country"], bold=True)
        word.ruled(right, _line(right, words["motto"], bold=True, size=14), words["motto"], 1)
    _line(left, data["number"])
    if data["about"]:
        _line(left, data["about"], size=12)
    if data["urgency"]:
        _line(left, data["urgency"], bold=True)
    _line(right, data["dated"], italic=True, size=14)


def _line(cell, text, *, size=13, **face):
    """One line more in a cell, in the middle; the first takes the paragraph that is there."""
    first = cell.paragraphs[0]
    empty = len(cell.paragraphs) == 1 and not first.runs
    return write(first if empty else cell.add_paragraph(), text, size=size, align=CENTRE, **face)


def _named(document, data):
    for text in (data["type"], data["title"], *(["-----"] if data["party"] else [])):
        write(document.add_paragraph(), text, bold=text != "-----", align=CENTRE)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _salutation(document, data):
    first, *others = data["salutation"]
    paragraph = write(document.add_paragraph(), f"{data['words']['to']} ", italic=data["party"])
    write(paragraph, first)
    for line in others:
        write(document.add_paragraph(), line)
    for one in document.paragraphs[-len(data["salutation"]) :]:
        one.paragraph_format.left_indent = Mm(20)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)


def _paragraph(document, told):
    paragraph = document.add_paragraph()
    for run in told["runs"]:
        write(paragraph, run["text"], bold=run["bold"], italic=run["italic"])
    paragraph.alignment = CENTRE if told["centred"] else WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.space_after = Pt(6)
    if not told["centred"]:
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _foot(document, data):
    left, right = word.side_by_side(document, 2)
    if data["recipients"]:
        word.recipients(left, data)
    last = len(data["signature"]) - 1
    for at, line in enumerate(data["signature"]):
        _line(right, line, bold=not (data["party"] and at == last and at), size=14)
    signer = write(right.add_paragraph(), data["signer"], bold=True, size=14, align=CENTRE)
    signer.paragraph_format.space_before = Mm(24)
