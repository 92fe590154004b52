"""Small Word files from before 2007: a store of streams, written sector by sector."""

import struct
from pathlib import Path

SECTOR, LAST, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF
_KINDS = {"Root Entry": 5, "Macros": 1, "ObjectPool": 1}


def doc(path: Path, *names: str, flags: int = 0, table: list[int] | None = None) -> Path:
    """A .doc with these further streams and storages. `table` replaces what follows which sector."""
    entries = ["Root Entry", "WordDocument", *names]
    content = b"".join(_entry(name, 2 if name == "WordDocument" else LAST) for name in entries)
    directory = content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\0")
    last = 2 + len(directory) // SECTOR
    follows = [0xFFFFFFFD, 3 if last > 3 else LAST, LAST, *range(4, last), LAST]
    text = b"\xec\xa5".ljust(10, b"\0") + struct.pack("<H", flags)
    sectors = [
        struct.pack("<128I", *(table or follows), *[FREE] * (128 - len(table or follows))),
        directory[:SECTOR],
        text.ljust(SECTOR, b"\0"),
        *(directory[at : at + SECTOR] for at in range(SECTOR, len(directory), SECTOR)),
    ]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, 4096, LAST, 0, LAST, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    path.write_bytes(head + b"".join(sectors))
    return path


def _entry(name: str, start: int) -> bytes:
    written = name.encode("utf-16-le")
    head = written.ljust(64, b"\0") + struct.pack("<HB", len(written) + 2, _KINDS.get(name, 2))
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, 0)
