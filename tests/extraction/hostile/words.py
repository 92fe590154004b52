"""Attacks on whoever reads the XML of a .docx: entities, nesting, tables and lists that grow while they are read."""

import zipfile

from ..word_files import docx, item, num, p, pattern, r, table, whole
from . import READ, Place, attack
from .zips import DOCUMENT, MB, letter

_DTD = '<!DOCTYPE w:document [{}]><w:document xmlns:w="x">{}</w:document>'


def written(place: Place, content: str | bytes, name: str = DOCUMENT) -> None:
    """A letter one part of which is this instead."""
    with letter(place) as archive:
        kept = {one: archive.read(one) for one in archive.namelist() if one != name}
    with zipfile.ZipFile(place.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, part in (kept | {name: content}).items():
            archive.writestr(one, part)


# --- Document types ----------------------------------------------------------------------------

_LAUGHS = "".join(f"<!ENTITY a{at + 1} '{f'&a{at};' * 10}'>" for at in range(9))


@attack("a.docx", "odd")
def a_billion_laughs(place):
    written(place, _DTD.format(f"<!ENTITY a0 'ha'>{_LAUGHS}", "&a9;"))


@attack("a.docx", "odd")
def one_long_entity_ten_thousand_times(place):
    written(place, _DTD.format(f"<!ENTITY a '{'x' * 100_000}'>", "&a;" * 10_000))


@attack("a.docx", "odd")
def an_entity_that_is_a_file(place):
    written(place, _DTD.format('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"))


@attack("a.docx", "odd")
def an_entity_that_is_fetched(place):
    written(place, _DTD.format(f'<!ENTITY % a SYSTEM "{place.url}/a.dtd"> %a;', "x"))


@attack("a.docx", "odd")
def a_document_type_that_is_fetched(place):
    written(place, f'<!DOCTYPE a SYSTEM "{place.url}/a.dtd"><a/>')


@attack("a.docx", "odd")
def a_document_type_in_the_list_of_types(place):
    written(place, _DTD.format("<!ENTITY a 'b'>", "&a;"), "[Content_Types].xml")


@attack("a.docx", "odd")
def a_document_type_in_the_links(place):
    written(place, _DTD.format(f"<!ENTITY a0 'ha'>{_LAUGHS}", "&a9;"), "word/_rels/document.xml.rels")


@attack("a.docx", "odd")
def a_document_type_in_letters_of_two_bytes(place):
    written(place, _DTD.format("<!ENTITY a 'b'>", "&a;").encode("utf-16"))


@attack("a.docx", "broken")
def an_alphabet_that_hides_the_marks(place):
    written(place, '<?xml version="1.0" encoding="UTF-7"?>+ADw-a+AD4-')


@attack("a.docx", READ)
def a_file_to_be_included(place):
    included = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{place.url}/a"/>'
    docx(place.path, p("chữ") + included)


# --- Too deep, too many, too long --------------------------------------------------------------


@attack("a.docx", "heavy")
def two_hundred_thousand_levels(place):
    docx(place.path, "<w:p>" * 200_000 + "</w:p>" * 200_000)


@attack("a.docx", "heavy")
def three_million_paragraphs(place):
    docx(place.path, "<w:p/>" * 3_000_000)


@attack("a.docx", "heavy", costly=True)
def paragraphs_just_below_the_size_of_a_bomb(place):
    docx(place.path, "<w:p/>" * (10 * MB // 6 - 100))


@attack("a.docx", "heavy")
def twenty_megabytes_of_one_word(place):
    docx(place.path, p("xyzzy" * (4 * MB)))


@attack("a.docx", READ)
def nine_megabytes_in_an_attribute(place):
    docx(place.path, f'<w:p w:rsidR="{"x1y2" * (9 * MB // 4)}"><w:r><w:t>chữ</w:t></w:r></w:p>')


@attack("a.docx", READ)
def two_hundred_thousand_attributes(place):
    many = " ".join(f'a{at}="1"' for at in range(200_000))
    docx(place.path, f"<w:p {many}/>" + p("chữ"))


@attack("a.docx", READ)
def fifty_thousand_namespaces(place):
    named = "".join(f'<a{at}:b xmlns:a{at}="u{at}" a{at}:c="1"/>' for at in range(50_000))
    docx(place.path, named + p("chữ"))


@attack("a.docx", "broken")
def a_document_cut_off(place):
    written(place, whole("document", p("chữ"))[:-30])


@attack("a.docx", "broken")
def a_document_that_is_no_xml(place):
    written(place, b"\x00\xff" * 5000)


# --- Tables ------------------------------------------------------------------------------------


def _wide(cells: int) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cells}"/></w:tcPr>{p("chữ")}</w:tc>'


@attack("a.docx", READ)
def nine_hundred_bytes_that_hang_a_common_reader(place):
    docx(place.path, table([_wide(2_000_000)]))


@attack("a.docx", READ)
def a_width_of_thirty_figures(place):
    docx(place.path, table([_wide(10**30), _wide(-5)]))


@attack("a.docx", "heavy", costly=True)
def twenty_thousand_wide_rows(place):
    docx(place.path, table(*[[_wide(64)]] * 20_000))


@attack("a.docx", READ, costly=True)
def a_hundred_thousand_cells(place):
    docx(place.path, table(*[["x"] * 20] * 5_000))


@attack("a.docx", "heavy")
def one_long_cell_merged_over_thousands_of_rows(place):
    begun = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("a b " * 50_000) * 2 + "</w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>"
    docx(place.path, table(["1", "x", begun], *[["2", "y", below]] * 10_000))


@attack("a.docx", READ)
def sixty_tables_in_one_another(place):
    inner = p("chữ " * 1000)
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc/></w:tr></w:tbl>"
    docx(place.path, inner)


# --- Paragraphs, styles, lists -----------------------------------------------------------------


def _nested(opened: str, closed: str, times: int, inside: str) -> str:
    return opened * times + inside + closed * times


@attack("a.docx", READ)
def paragraphs_in_one_another(place):
    """Each paragraph that holds the runs would read them again."""
    old = r("chữ", '<w:rFonts w:ascii=".VnTime"/>')
    docx(place.path, _nested("<w:p>", "</w:p>", 180, old * 20_000))


@attack("a.docx", READ)
def text_boxes_in_one_another(place):
    docx(place.path, _nested("<w:p><w:txbxContent>", "</w:txbxContent></w:p>", 95, p("chữ") * 2_000))


@attack("a.docx", READ)
def drawn_boxes_in_one_another(place):
    opened, closed = "<w:p><w:r><w:drawing><w:txbxContent>", "</w:txbxContent></w:drawing></w:r></w:p>"
    docx(place.path, _nested(opened, closed, 48, p("chữ") * 2_000))


@attack("a.docx", READ)
def styles_that_stand_on_each_other(place):
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{(at + 1) % 5000}"/></w:style>'
        for at in range(5000)
    )
    used = "".join(p("chữ", properties=f'<w:pStyle w:val="s{at}"/>') for at in range(5000))
    docx(place.path, used, styles=chain)


@attack("a.docx", READ)
def lists_with_endless_numbers(place):
    long = pattern(0, "decimal:" + "%1" * MB, "upperRoman:%1%2", "lowerLetter:%1%2%3") + num(1, 0)
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="999999999999"/></w:lvlOverride>'
    docx(place.path, item("chữ") * 5_000 + item("chữ", 2, 2) * 5_000, numbering=long + num(2, 0, start))


@attack("a.docx", READ)
def a_hundred_thousand_lists(place):
    docx(
        place.path,
        item("chữ", 7),
        numbering=pattern(0, "decimal:%1.") + "".join(num(at, 0) for at in range(100_000)),
    )


@attack("a.docx", READ)
def thirty_thousand_footnotes(place):
    notes = "".join(f'<w:footnote w:id="{at}">{p("x")}</w:footnote>' for at in range(30_000))
    docx(place.path, p("chữ"), footnotes=notes)
