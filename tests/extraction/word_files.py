"""Small Word files, written as XML so that each test shows what it is about."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'


def docx(path: Path, body: str, **parts: str) -> Path:
    """A .docx with a body and further parts by purpose: `numbering=`, `styles=`, `footnotes=`."""
    links = "".join(
        f'<Relationship Id="r{at}" Type="{LINKS}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    contents = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships><Relationship Type="{LINKS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        "word/document.xml": whole("document", f"<w:body>{body}</w:body>"),
    } | {f"word/{name}.xml": whole(name, content) for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def whole(name: str, content: str) -> str:
    return f'<w:{name} xmlns:w="{WORD}" xmlns:mc="m" xmlns:v="v">{content}</w:{name}>'


def p(text: str = "", *, properties: str = "", run: str = "") -> str:
    """A paragraph of one run, with XML inside its properties and its run's."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{escape(text)}</w:t></w:r>"


def item(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """A table; a cell is its text, or its whole XML where it begins with "<w:tc"."""
    return f"<w:tbl>{''.join(row(*cells) for cells in rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def cell(text: str, properties: str = "") -> str:
    paragraphs = "".join(p(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def pattern(id_: int, *levels: str) -> str:
    """A numbering pattern; a level is written `form:text`, with more properties after a second colon."""
    made = "".join(level(at, *one.split(":", 2)) for at, one in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{id_}">{made}</w:abstractNum>'


def level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def num(id_: int, pattern_id: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{pattern_id}"/>{overrides}</w:num>'
