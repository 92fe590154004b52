"""Word and Excel files: a zip directory that keeps its limits, the right main part, nothing that acts by itself."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from directives.inspection import Suspect

ENTRIES = 2000
TOTAL = 200 * 1024 * 1024
PART = 64 * 1024 * 1024
# A repetitive table packs well; only large parts that pack better than this are bombs.
RATIO, RATIO_FROM = 200, 10 * 1024 * 1024
XML_PART = 2 * 1024 * 1024
END, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
ENTRY = b"PK\x01\x02"
LOCAL_HEADER = 30
ENCRYPTED = 0x1

MAIN_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
ACTIVE_PARTS = ("vbaproject", "vbadata", "activex", "oleobject", "macrosheets", "customui")
EMBEDDED = (".docx", ".xlsx")


def look(source: Path, kind: str) -> None:
    directory_at = check_count(source)
    with ZipFile(source) as archive:
        entries = archive.infolist()
        check_directory(entries, directory_at)
        for entry in entries:
            check_name(entry.filename)
        check_types(read(archive, "[Content_Types].xml"), kind)
        for entry in entries:
            if entry.filename.endswith(".rels"):
                check_links(read(archive, entry.filename))


def check_count(source: Path) -> int:
    """Count the entries before anything builds a list of them; where the directory begins."""
    entries, length, offset = check_end(source)
    if entries > ENTRIES:
        raise Suspect("heavy")
    with source.open("rb") as file:
        file.seek(offset)
        if file.read(length).count(ENTRY) != entries:
            raise Suspect("odd")
    return offset


def check_end(source: Path) -> tuple[int, int, int]:
    """Entries, length and place of the directory; the file must be this zip and nothing more."""
    size = source.stat().st_size
    with source.open("rb") as file:
        file.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Suspect("broken")
    number = [
        int.from_bytes(tail[at + n : at + n + width], "little")
        for n, width in ((10, 2), (12, 4), (16, 4), (20, 2))
    ]
    entries, length, offset, comment = number
    if at + END_SIZE + comment != len(tail) or offset + length != size - len(tail) + at:
        raise Suspect("mixed")
    return entries, length, offset


def check_directory(entries: list[ZipInfo], directory_at: int) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Suspect("odd")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Suspect("encrypted")
    if sum(entry.file_size for entry in entries) > TOTAL or any(is_bomb(entry) for entry in entries):
        raise Suspect("heavy")
    starts = sorted((entry.header_offset, LOCAL_HEADER + entry.compress_size) for entry in entries)
    for (start, length), (following, _) in pairwise([*starts, (directory_at, 0)]):
        if start + length > following:
            raise Suspect("odd")


def is_bomb(entry: ZipInfo) -> bool:
    packed = entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(1, entry.compress_size)
    return packed or entry.file_size > PART


def check_name(name: str) -> None:
    path = PurePosixPath(name)
    if "\\" in name or ":" in name or path.is_absolute() or ".." in path.parts or not name.isprintable():
        raise Suspect("odd")
    if any(part in name.lower() for part in ACTIVE_PARTS):
        raise Suspect("active")
    if "embeddings" in path.parts and not name.lower().endswith(EMBEDDED):
        raise Suspect("active")


def check_types(content: bytes, kind: str) -> None:
    """The main part decides what the file is; a macro-enabled type anywhere is refused."""
    declared = {attributes.get("ContentType", "") for _, attributes in elements(content)}
    if any("macroenabled" in one.lower() for one in declared):
        raise Suspect("active")
    if MAIN_TYPES[kind] not in declared:
        raise Suspect("renamed")


def check_links(content: bytes) -> None:
    """A hyperlink waits for a click; any other link outward is fetched when the file is opened."""
    for _, attributes in elements(content):
        outward = attributes.get("TargetMode", "").lower() == "external"
        if outward and not attributes.get("Type", "").endswith("/hyperlink"):
            raise Suspect("linked")


def read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(XML_PART + 1)
    if len(content) > XML_PART:
        raise Suspect("heavy")
    return content


def elements(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a small XML part; a document type declaration is refused."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(content, True)
    yield from found


def refuse_doctype(*_) -> None:
    raise Suspect("odd")
