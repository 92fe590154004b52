"""Small PDFs with a text layer, written by hand: words, strokes and pictures at their places.

Points from the upper left corner, as the reader counts; every letter is half its size wide.
"""

from pathlib import Path

WIDTH, HEIGHT = 600, 800
_FONTS = "/Font << /F 3 0 R >>"
_RANGES = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    + "\n".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange"
        for part in (_RANGES[:100], _RANGES[100:200], _RANGES[200:])
    )
    + "\nendcmap end end"
)


def words(text: str, x: float, y: float, size: float = 12) -> str:
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td <{code}> Tj ET\n"


def column(texts: list[str], x: float, y: float, size: float = 12, pitch: float = 16) -> str:
    return "\n".join(words(text, x, y + pitch * at, size) for at, text in enumerate(texts))


def stroke(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x} {HEIGHT - y} m {to_x} {HEIGHT - to_y} l S\n"


def table(xs: list[float], ys: list[float], cells: list[list[str]], size: float = 10) -> str:
    """A ruled table with the words of its cells; a line break in a cell begins a line."""
    drawn = [stroke(xs[0], y, xs[-1], y) for y in ys] + [stroke(x, ys[0], x, ys[-1]) for x in xs]
    for y, row in zip(ys, cells, strict=False):
        for x, cell in zip(xs, row, strict=False):
            drawn.append(column(cell.split("\n"), x + 3, y + 12, size, pitch=12))
    return "\n".join(drawn)


PICTURE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"


Field = tuple[str, float, float]


def pdf(path: Path, *pages: str, turned: int = 0, fields: tuple[Field, ...] = ()) -> Path:
    """A PDF with these page contents, and on its first page form fields: a value and its place."""
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    inner = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /Ascent 800 /Descent -200 /FontBBox [0 -200 500 800] >> >>"
    )
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    first = 6 + 2 * len(pages)
    keys = " ".join(f"{first + 2 * at} 0 R" for at in range(len(fields)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{keys}] >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        font,
        inner,
        _stream(_TO_UNICODE),
    ]
    for at, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {turned} /Contents {7 + 2 * at} 0 R"
            f" /Resources << {_FONTS} >> /Annots [{'' if at else keys}] >>"
        )
        objects.append(_stream(content))
    for at, one in enumerate(fields):
        objects += _field(one, first + 2 * at + 1)
    path.write_bytes(_whole(objects))
    return path


def _field(field: Field, shape: int) -> tuple[str, str]:
    """A text field and, as object `shape`, what is seen of it."""
    value, x, y = field
    wide, size = 6 * len(value), 12
    code = value.encode("utf-16-be").hex()
    widget = (
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (so) /V <feff{code}> /F 4 /AP << /N {shape} 0 R >>"
        f" /Rect [{x} {HEIGHT - y - 3} {x + wide} {HEIGHT - y + size}] >>"
    )
    shown = f"BT /F {size} Tf 0 3 Td <{code}> Tj ET\n"
    box = f"/Type /XObject /Subtype /Form /BBox [0 0 {wide} {size + 3}] /Resources << {_FONTS} >>"
    return widget, _stream(shown, box)


def _stream(content: str, more: str = "") -> str:
    return f"<< {more} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _whole(objects: list[str]) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + end.encode()
