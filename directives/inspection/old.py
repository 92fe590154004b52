"""Word files from before 2007: a store of streams with a directory, looked through for what acts by itself.

Only the directory and the first bytes of the text are read; the chains that lead there are followed once.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from directives.inspection import Suspect

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, ENTRY = 512, 128
_SECTOR_SHIFTS = (9, 12)
_FREE, _LAST = 0xFFFFFFFF, 0xFFFFFFFA
ENTRIES = 4000
_TEXT = "worddocument"
_ACTIVE = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur", "vbaproject", "dir.vba"})
_EMBEDDED = frozenset({"\x01ole10native", "package", "embeddedodf"})
_LOCKED = frozenset({"encryptedpackage", "encryption", "encryptedsummary"})
_ENCRYPTED, _FLAGS = 0x0100, 10


def look(source: Path) -> None:
    """Raises `Suspect`: not a Word file, macros, files inside, a password. Linear in the directory."""
    with source.open("rb") as file:
        store = _Store(file)
        streams = dict(store.entries())
        for word, names in (("encrypted", _LOCKED), ("active", _ACTIVE), ("embedded", _EMBEDDED)):
            if names & set(streams):
                raise Suspect(word)
        if _TEXT not in streams:
            raise Suspect("renamed")
        head = store.sector(streams[_TEXT])
    if int.from_bytes(head[_FLAGS : _FLAGS + 2], "little") & _ENCRYPTED:
        raise Suspect("encrypted")


class _Store:
    """The compound file: sectors of one size, and a table that says which follows which."""

    def __init__(self, file: BinaryIO):
        self.file = file
        head = file.read(HEADER)
        if len(head) < HEADER or not head.startswith(MARK):
            raise Suspect("broken")
        shift = struct.unpack_from("<H", head, 30)[0]
        if shift not in _SECTOR_SHIFTS:
            raise Suspect("odd")
        self.size = 1 << shift
        self.directory, self.first_list, self.lists = (
            struct.unpack_from("<I", head, 48)[0],
            struct.unpack_from("<I", head, 68)[0],
            struct.unpack_from("<I", head, 72)[0],
        )
        self.tables = [n for n in struct.unpack_from("<109I", head, 76) if n < _LAST]

    def entries(self) -> Iterator[tuple[str, int]]:
        """Name in small letters → first sector, of every stream and storage."""
        left = ENTRIES
        for sector in self._chain(self.directory):
            content = self.sector(sector)
            for at in range(0, len(content) - ENTRY + 1, ENTRY):
                left -= 1
                if left < 0:
                    raise Suspect("heavy")
                length, kind = struct.unpack_from("<HB", content, at + 64)
                if kind and 2 <= length <= 64:
                    name = content[at : at + length - 2].decode("utf-16-le", "replace").lower()
                    yield name, struct.unpack_from("<I", content, at + 116)[0]

    def sector(self, number: int) -> bytes:
        self.file.seek((number + 1) * self.size)
        return self.file.read(self.size)

    def _chain(self, number: int) -> Iterator[int]:
        """The sectors from one to the last; a chain that bites its tail is no chain."""
        tables, met = self._all_tables(), set()
        while number < _LAST:
            if number in met or len(met) > ENTRIES:
                raise Suspect("odd")
            met.add(number)
            yield number
            table, at = divmod(number, self.size // 4)
            if table >= len(tables):
                raise Suspect("broken")
            found = self.sector(tables[table])[at * 4 : at * 4 + 4]
            if len(found) < 4:
                raise Suspect("broken")
            number = int.from_bytes(found, "little")

    def _all_tables(self) -> list[int]:
        """A large file says in further lists where its tables are."""
        tables, number = list(self.tables), self.first_list
        for _ in range(min(self.lists, ENTRIES)):
            if number >= _LAST:
                break
            numbers = struct.unpack(f"<{self.size // 4}I", self.sector(number).ljust(self.size, b"\xff"))
            tables += [n for n in numbers[:-1] if n < _LAST]
            number = numbers[-1]
        return tables
