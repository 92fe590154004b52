"""PDF files: nothing that runs, opens, embeds or hides; every object is looked at, also in object streams."""

from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from directives.inspection import Suspect

ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA"}
EMBEDDING_KEYS = {"/EmbeddedFiles", "/EF"}
EMBEDDED_TYPES = {"/EmbeddedFile", "/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/3D"}
# Opening at a page is what every word processor writes; anything else is done to the reader unasked.
HARMLESS_OPENINGS = {"/GoTo"}


def look(source: Path) -> None:
    with source.open("rb") as file:
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise Suspect("encrypted")
        if not len(reader.pages):
            raise Suspect("broken")
        for found in objects(reader):
            check(found)


def objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file once, whether a page leads to it or not."""
    plain = {number for generation in reader.xref.values() for number in generation}
    for number in sorted(plain | set(reader.xref_objStm)):
        yield from dictionaries(reader.get_object(IndirectObject(number, 0, reader)))
    yield from dictionaries(reader.trailer)


def dictionaries(value) -> Iterator[DictionaryObject]:
    """The dictionaries inside one object; references are not followed, they are objects of their own."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def check(found: DictionaryObject) -> None:
    if ACTIVE_KEYS & found.keys() or found.get("/S") in ACTIONS:
        raise Suspect("active")
    if EMBEDDING_KEYS & found.keys() or {found.get("/Type"), found.get("/Subtype")} & EMBEDDED_TYPES:
        raise Suspect("embedded")
    opening = found.get("/OpenAction")
    if isinstance(opening, DictionaryObject) and opening.get("/S") not in HARMLESS_OPENINGS:
        raise Suspect("active")
