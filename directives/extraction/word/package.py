"""The zip of a Word file and its XML parts, read with limits on what is really there, not on what is declared."""

from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import ZipFile

from directives.inspection import Suspect

PART = 64 * 1024 * 1024
DEPTH = 200
ELEMENTS = 1_500_000
CHARACTERS = 20_000_000
CHUNK = 1 << 16


class Package:
    """The parts of a Word file by what they are for."""

    def __init__(self, path: Path):
        self.archive = ZipFile(path)
        self.names = set(self.archive.namelist())
        self.main_name = self._targets("").get("officeDocument", "word/document.xml")
        self.related = self._targets(self.main_name)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def main(self) -> Element:
        root = self._tree(self.main_name)
        if root is None:
            raise Suspect("broken")
        return root

    def part(self, purpose: str) -> Element | None:
        """The part that the document names for a purpose ("styles", "numbering"), or None."""
        return self._tree(self.related.get(purpose, ""))

    def _targets(self, name: str) -> dict[str, str]:
        path = PurePosixPath(name)
        links = self._tree(str(path.parent / "_rels" / f"{path.name}.rels") if name else "_rels/.rels")
        return {
            link.get("Type", "").rsplit("/", 1)[-1]: _joined(path.parent, link.get("Target", ""))
            for link in (links if links is not None else ())
            if link.get("TargetMode") != "External"
        }

    def _tree(self, name: str) -> Element | None:
        if name not in self.names:
            return None
        parser = Tree()
        with self.archive.open(name) as part:
            while chunk := part.read(CHUNK):
                parser.feed(chunk)
        return parser.close()


def _joined(folder: PurePosixPath, target: str) -> str:
    return target[1:] if target.startswith("/") else str(folder / target)


class Tree:
    """Builds the elements of an XML part with their bare names: `p` for `w:p`. A document type is refused."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.size = self.depth = self.count = self.characters = 0
        self.bare: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def feed(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > PART:
            raise Suspect("heavy")
        self._parse(chunk, False)

    def close(self) -> Element:
        self._parse(b"", True)
        return self.builder.close()

    def _parse(self, chunk: bytes, last: bool) -> None:
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError:
            raise Suspect("broken") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEPTH or self.count > ELEMENTS:
            raise Suspect("heavy")
        bare = self._bare
        self.builder.start(bare(name), {bare(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(self._bare(name))

    def _data(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > CHARACTERS:
            raise Suspect("heavy")
        self.builder.data(text)

    def _bare(self, name: str) -> str:
        """Writers use two sets of namespaces for the same names, so the names alone are looked at."""
        found = self.bare.get(name)
        if found is None:
            found = self.bare[name] = name.rpartition(" ")[2]
        return found


def _refuse(*_: Any) -> None:
    raise Suspect("odd")
