"""Files that are not what their names say, and names that are not what they look like."""

import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from ..word_files import docx, p
from . import READ, Place, attack
from .pdfs import pdf
from .zips import MB, letter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAM = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode."
# What LibreOffice makes of rubbish differs from version to version; without it the user is told so.
CONVERTED = ("no_converter", "odd", "broken", "no_text", "heavy", READ)


def written(place: Place, content: bytes) -> None:
    place.path.write_bytes(content)


# --- Another kind than its name ----------------------------------------------------------------


@attack("a.docx", "renamed")
def a_program_named_as_a_letter(place):
    written(place, PROGRAM)


@attack("a.pdf", "renamed")
def a_program_named_as_a_pdf(place):
    written(place, PROGRAM)


@attack("thumoi\u202excod.exe", "unknown")
def a_name_written_from_right_to_left(place):
    written(place, PROGRAM)


@attack("a.docx\0.exe", "unknown")
def a_name_that_ends_before_its_end(place):
    docx(place.path, p("chữ"))


@attack("../../../../etc/cron.d/a.docx", READ)
def a_name_that_is_a_path(place):
    docx(place.path, p("chữ"))


@attack(f"{'dài' * 5000}.docx", READ)
def a_name_of_fifteen_thousand_letters(place):
    docx(place.path, p("chữ"))


@attack("a.docx", "renamed")
def a_workbook_named_as_a_letter(place):
    with letter(place) as archive:
        types = archive.read("[Content_Types].xml").replace(
            b"wordprocessingml.document", b"spreadsheetml.sheet"
        )
    with ZipFile(place.path, "w") as archive:
        archive.writestr("[Content_Types].xml", types)


@attack("a.docx", "active")
def a_letter_with_macros_named_as_one_without(place):
    with ZipFile(place.path, "w") as archive:
        main = "application/vnd.ms-word.document.macroEnabled.main+xml"
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/a" ContentType="{main}"/></Types>'
        )


@attack("a.docx", "locked")
def a_letter_behind_a_password(place):
    written(place, OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000))


@attack("a.docx", "renamed")
def a_web_page_named_as_a_letter(place):
    written(place, b"<html><script>alert(1)</script></html>")


@attack("a.pdf", "renamed")
def a_letter_named_as_a_pdf(place):
    docx(place.path, p("chữ"))


# --- Two kinds at once -------------------------------------------------------------------------


@attack("a.docx", "renamed")
def a_program_before_the_zip(place):
    docx(place.path, p("chữ"))
    written(place, PROGRAM + place.path.read_bytes())


@attack("a.docx", "mixed")
def a_pdf_behind_the_zip(place):
    docx(place.path, p("chữ"))
    kept = place.path.read_bytes()
    pdf(place)
    written(place, kept + place.path.read_bytes())


@attack("a.docx", "mixed")
def a_program_between_the_parts_and_their_directory(place):
    docx(place.path, p("chữ"))
    content = place.path.read_bytes()
    at = content.index(b"PK\x01\x02")
    written(place, content[:at] + PROGRAM + content[at:])


@attack("a.pdf", READ)
def a_zip_behind_the_pdf(place):
    """Whoever opens it by its name sees the pages; we keep and send it as a PDF alone."""
    docx(place.path, p("chữ"))
    kept = place.path.read_bytes()
    pdf(place)
    written(place, place.path.read_bytes() + kept)


# --- Nothing, or half of it --------------------------------------------------------------------


@attack("a.docx", "empty")
def nothing(place):
    written(place, b"")


@attack("a.docx", "renamed")
def one_byte(place):
    written(place, b"P")


@attack("a.docx", "broken")
def four_bytes(place):
    written(place, b"PK\x03\x04")


@attack("a.docx", "renamed")
def a_zip_of_nothing(place):
    written(place, b"PK\x05\x06" + bytes(18))


@attack("a.docx", "broken")
def a_letter_cut_off(place):
    docx(place.path, p("chữ " * 5000))
    written(place, place.path.read_bytes()[:-200])


@attack("a.docx", "broken", "odd", "mixed")
def a_letter_with_flipped_bytes(place):
    docx(place.path, p("chữ " * 5000))
    content = bytearray(place.path.read_bytes())
    for at in range(40, len(content) - 30, 61):
        content[at] ^= 0xFF
    written(place, bytes(content))


# --- Words from before 2007, plain text, workbooks, pictures -----------------------------------


@attack("a.doc", "odd")
def an_old_container_of_noise(place):
    written(place, OLE + bytes(range(256)) * 100)


@attack("a.doc", *CONVERTED)
def an_old_letter_of_noise(place):
    written(place, OLE + bytes(range(256)) * 4 + "WordDocument".encode("utf-16-le") + bytes(range(256)) * 100)


@attack("a.doc", "renamed")
def a_rich_text_named_as_an_old_letter(place):
    written(place, b"{\\rtf1{\\object\\objdata " + b"41" * 5000 + b"}}")


@attack("a.txt", "2 MB", "lớn hơn")
def three_megabytes_of_text(place):
    written(place, b"1. a\n" * (3 * MB // 5))


@attack("a.txt", "heavy")
def more_lines_than_are_read(place):
    written(place, b"- a\n" * 300_000)


@attack("a.txt", "nhị phân")
def a_text_of_nothing(place):
    written(place, bytes(100_000))


@attack("a.txt", "Unicode")
def a_text_of_half_letters(place):
    written(place, b"\xff\xfe" + b"\x00\xd8" * 5000)


@attack("a.xlsx", READ)
def a_cell_in_the_last_corner(place):
    """Looked into and kept; no cell of it is ever read."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with ZipFile(place.path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", '<sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
        )


@attack("a.png", "picture")
def a_picture_of_two_and_a_half_billion_dots(place):
    head = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    data = b"IDAT" + zlib.compress(bytes(MB))
    parts = (
        len(part[4:]).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big")
        for part in (head, data, b"IEND")
    )
    written(place, b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@attack("a.png", "renamed")
def a_drawing_with_a_script(place):
    written(place, b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
