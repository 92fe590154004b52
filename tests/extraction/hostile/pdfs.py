"""Attacks on whoever opens a PDF: what runs by itself, streams that swell, objects that lead to each other without end."""

import zlib

from pypdf import PdfWriter

from . import READ, Place, attack

MB = 1024 * 1024
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {} >>"
WORDS = b"BT /F 12 Tf 80 700 Td (chu) Tj ET"
FONT = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def stream(content: bytes, more: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more.encode(), content)


def pdf(
    place: Place,
    *more: str | bytes,
    catalog: str = "",
    pages: str = "/Kids [3 0 R] /Count 1",
    page: str = PAGE.format(FONT),
    content: bytes | None = None,
    trailer: str = "",
) -> None:
    """A page that says "chu", with something wrong about it; further objects are counted from 5."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages {pages} >>",
        page,
        content if content is not None else stream(WORDS),
        *more,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (
            number,
            one if isinstance(one, bytes) else one.encode("latin-1"),
        )
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    place.path.write_bytes(written + end.encode())


def swollen(megabytes: int, scrap: bytes = b" ") -> bytes:
    """A packed stream of so many megabytes, made in no time: one packed megabyte again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(scrap * (MB // len(scrap))) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + once * megabytes + b"\x03\x00" + b"\0\0\0\0"


# --- What runs, opens or carries ---------------------------------------------------------------


@attack("a.pdf", "active")
def a_script_on_opening(place):
    pdf(place, catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")


@attack("a.pdf", "active")
def a_script_by_name(place):
    pdf(
        place,
        "<< /S /JavaScript /JS (app.alert(1)) >>",
        catalog="/Names << /JavaScript << /Names [(a) 5 0 R] >> >>",
    )


@attack("a.pdf", "active")
def a_script_spelled_in_figures(place):
    pdf(place, "<< /S /J#61vaScript /J#53 (app.alert(1)) >>")


@attack("a.pdf", "active")
def a_script_inside_a_packed_object(place):
    inner = b"6 0 << /S /JavaScript /JS (app.alert(1)) >>"
    packed = stream(zlib.compress(inner), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    rows = b"".join(kind.to_bytes(1, "big") + at.to_bytes(4, "big") + b"\0" for kind, at in [(1, 0), (2, 5)])
    pdf(place, packed)
    content = place.path.read_bytes()
    rows = rows[:1] + content.index(b"5 0 obj").to_bytes(4, "big") + rows[5:]
    before = content.rindex(b"xref\n0")
    index = stream(rows, f"/Type /XRef /W [1 4 1] /Index [5 2] /Size 8 /Root 1 0 R /Prev {before}")
    at = len(content)
    place.path.write_bytes(content + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (index, at))


@attack("a.pdf", "active")
def a_program_to_launch(place):
    pdf(place, catalog="/OpenAction << /S /Launch /F (cmd.exe) >>")


@attack("a.pdf", "active")
def a_form_sent_away(place):
    pdf(place, f"<< /S /SubmitForm /F ({place.url}) >>", catalog="/AA << /WC 5 0 R >>")


@attack("a.pdf", "active")
def an_address_opened_unasked(place):
    pdf(place, catalog=f"/OpenAction << /S /URI /URI ({place.url}) >>")


@attack("a.pdf", READ)
def a_picture_kept_elsewhere(place):
    pdf(place, stream(b"", f"/Type /XObject /Subtype /Image /F << /FS /URL /F ({place.url}) >>"))


@attack("a.pdf", "active")
def a_form_in_xml(place):
    pdf(place, stream(b"<xdp/>"), catalog="/AcroForm << /XFA 5 0 R >>")


@attack("a.pdf", "embedded")
def a_file_inside(place):
    pdf(place, catalog="/Names << /EmbeddedFiles << /Names [(a.exe) 5 0 R] >> >>")


@attack("a.pdf", "embedded")
def a_film_inside(place):
    pdf(place, "<< /Type /Annot /Subtype /RichMedia >>")


@attack("a.pdf", "encrypted")
def a_password(place):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mat-khau", algorithm="RC4-128")
    writer.write(place.path)


# --- Streams that swell ------------------------------------------------------------------------


@attack("a.pdf", "heavy")
def a_page_of_a_gigabyte(place):
    pdf(place, content=stream(swollen(1024), "/Filter /FlateDecode"))


@attack("a.pdf", "heavy")
def a_gigabyte_packed_twice(place):
    pdf(place, content=stream(zlib.compress(swollen(1024)), "/Filter [/FlateDecode /FlateDecode]"))


@attack("a.pdf", "scan")
def a_hundred_ways_of_packing(place):
    pdf(place, content=stream(b"414141>" * 1000, f"/Filter [{'/ASCIIHexDecode ' * 100}]"))


@attack("a.pdf", "scan")
def runs_of_one_letter(place):
    pdf(place, content=stream(b"\x81 " * (2 * MB), "/Filter /RunLengthDecode"))


@attack("a.pdf", READ)
def a_packed_object_of_a_gigabyte(place):
    pdf(place, stream(swollen(1024), "/Type /ObjStm /N 1000000000 /First 4 /Filter /FlateDecode"))


@attack("a.pdf", "heavy", costly=True)
def a_font_of_a_gigabyte(place):
    font = "/Resources << /Font << /F 5 0 R >> >>"
    described = "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>"
    pdf(place, "<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R >>", described,
        stream(swollen(1024, b"\0"), "/Filter /FlateDecode"), page=PAGE.format(font))  # fmt: skip


@attack("a.pdf", READ)
def a_map_of_letters_without_end(place):
    ranges = (
        b"1 begincodespacerange <0000> <ffffffff> endcodespacerange\n"
        + b"100 beginbfrange\n<0000> <ffffffff> <0041>\nendbfrange\n" * 2000
    )
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    pdf(place, font, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << >> >>", stream(ranges),
        page=PAGE.format("/Resources << /Font << /F 5 0 R >> >>"))  # fmt: skip


# --- Without end -------------------------------------------------------------------------------


@attack("a.pdf", "broken")
def pages_that_hold_themselves(place):
    pdf(place, pages="/Kids [2 0 R 2 0 R] /Count 2")


@attack("a.pdf", "broken")
def pages_that_hold_each_other(place):
    pdf(
        place,
        "<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>",
        pages="/Kids [5 0 R] /Parent 5 0 R /Count 1",
    )


@attack("a.pdf", READ)
def a_billion_pages_promised(place):
    pdf(place, pages="/Kids [3 0 R] /Count 1000000000")


@attack("a.pdf", "broken")
def one_page_two_hundred_thousand_times(place):
    pdf(place, pages=f"/Kids [{'3 0 R ' * 200_000}] /Count 200000")


@attack("a.pdf", "broken")
def an_object_that_is_itself(place):
    pdf(place, "5 0 R", "7 0 R", "6 0 R", page=PAGE.format("/Annots 5 0 R /Rotate 6 0 R"))


@attack("a.pdf", "broken")
def a_length_that_is_itself(place):
    pdf(place, content=b"<< /Length 4 0 R >>\nstream\n" + WORDS + b"\nendstream")


@attack("a.pdf", READ)
def a_table_of_objects_that_goes_back_to_itself(place):
    pdf(place, trailer="/Prev 9")
    content = place.path.read_bytes()
    at = content.rindex(b"xref\n0")
    place.path.write_bytes(content.replace(b"/Prev 9", b"/Prev %d" % at))


@attack("a.pdf", "heavy")
def forms_that_draw_each_other_ten_times(place):
    """Ten to the power of fifteen words, were each drawn."""
    forms = [
        stream(f"/X{at + 1} Do ".encode() * 10 if at < 15 else WORDS,
               f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X{at + 1} {at + 6} 0 R >> >>")
        for at in range(16)
    ]  # fmt: skip
    drawn = "/Resources << /XObject << /X0 5 0 R >> >>"
    pdf(place, *forms, page=PAGE.format(drawn), content=stream(b"/X0 Do"))


@attack("a.pdf", READ)
def a_form_that_draws_itself(place):
    form = stream(
        b"/X Do " + WORDS,
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
    )
    pdf(place, form, page=PAGE.format("/Resources << /XObject << /X 5 0 R >> >>"), content=stream(b"/X Do"))


@attack("a.pdf", READ)
def letters_that_write_themselves(place):
    font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 122 /Widths [9] /CharProcs << /c 6 0 R >> /Encoding << /Differences [99 /c /c /c /c] >> /Resources << /Font << /F 5 0 R >> >> >>"
    pdf(place, font, stream(WORDS * 10), page=PAGE.format("/Resources << /Font << /F 5 0 R >> >>"))


# --- Too deep, too many, too large -------------------------------------------------------------


@attack("a.pdf", "heavy", "broken")
def fifty_thousand_lists_in_one_another(place):
    pdf(place, "[" * 50_000 + "]" * 50_000)


@attack("a.pdf", "heavy", "broken")
def twenty_thousand_dictionaries_in_one_another(place):
    pdf(place, "<< /A " * 20_000 + ">>" * 20_000)


@attack("a.pdf", READ)
def a_million_states_kept(place):
    pdf(place, content=stream(b"q " * MB + WORDS))


@attack("a.pdf", "scan", costly=True)
def half_a_million_strokes(place):
    pdf(place, content=stream(swollen(5, b"9 9 m 9 99 l S\n "), "/Filter /FlateDecode"))


@attack("a.pdf", READ)
def a_table_of_six_thousand_strokes(place):
    lying = b"".join(b"0 %d m 590 %d l S\n" % (at, at) for at in range(1, 799, 6)) * 20
    standing = b"".join(b"%d 0 m %d 800 l S\n" % (at, at) for at in range(1, 599, 10)) * 50
    pdf(place, content=stream(lying + standing + WORDS))


@attack("a.pdf", READ)
def a_page_as_large_as_a_country(place):
    pdf(place, page=PAGE.format(FONT).replace("600 800", "1e12 1e12"))


@attack("a.pdf", READ)
def a_page_without_a_size(place):
    pdf(place, page=PAGE.format(FONT).replace("[0 0 600 800]", "[9 9 9 9]"))


@attack("a.pdf", "scan")
def a_picture_of_ten_billion_dots(place):
    picture = stream(
        swollen(64),
        "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 16 /Filter /FlateDecode",
    )
    pdf(
        place,
        picture,
        page=PAGE.format("/Resources << /XObject << /I 5 0 R >> >>"),
        content=stream(b"600 0 0 800 0 0 cm /I Do"),
    )


@attack("a.pdf", READ, costly=True)
def twenty_thousand_fields(place):
    fields = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [0 0 9 9] /AP << /N 6 0 R >> >>"
    look = stream(WORDS, "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    pdf(place, fields, look, page=PAGE.format(f"{FONT} /Annots [{'5 0 R ' * 20_000}]"))


# --- Broken ------------------------------------------------------------------------------------


@attack("a.pdf", READ)
def a_table_of_objects_that_leads_astray(place):
    pdf(place)
    place.path.write_bytes(
        place.path.read_bytes().replace(b"00000 n", b"99999 n").replace(b"startxref\n", b"startxref\n9")
    )


@attack("a.pdf", "broken")
def a_table_of_a_billion_objects(place):
    pdf(place)
    content = place.path.read_bytes()
    place.path.write_bytes(
        content.replace(b"xref\n0 5", b"xref\n0 999999999").replace(b"/Size 5", b"/Size 999999999")
    )


@attack("a.pdf", "broken")
def a_pdf_cut_off(place):
    pdf(place, content=stream(b"x" * 5000))
    place.path.write_bytes(place.path.read_bytes()[:300])


@attack("a.pdf", "broken")
def a_beginning_and_nothing_else(place):
    place.path.write_bytes(b"%PDF-1.7\n")


@attack("a.pdf", "broken")
def a_beginning_and_noise(place):
    place.path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 2000)


@attack("a.pdf", "broken")
def a_web_page_that_begins_as_a_pdf(place):
    place.path.write_bytes(b"%PDF-1.7\n<html><script>alert(1)</script></html>")
