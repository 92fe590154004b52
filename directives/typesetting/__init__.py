"""Papers set as .pdf and .docx: the words arrive as data, the forms of NĐ 30 are kept here with their letters.

Pure Python without Django; `python -m directives.typesetting` runs it in a process with limits, so that neither a long
table nor the libraries that set it stay in the memory of a worker.
"""

import json
import tempfile
from pathlib import Path

from directives import apart

WALL_SECONDS = 60
FONTS = Path(__file__).resolve().parent / "fonts"


def typeset(kind: str, form: str, data: dict) -> bytes | None:
    """The paper of one kind ("table", "letter") as a "pdf" or a "docx"; None where it was too much or took too long.

    Costs a child process: half a second and what its table needs, some 12 kB of its memory for a cell.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "data.json", Path(folder) / f"paper.{form}"
        source.write_text(json.dumps(data), encoding="utf-8")
        arguments = (kind, form, str(source), str(target))
        answer = apart.ask("directives.typesetting", *arguments, seconds=WALL_SECONDS)
        return target.read_bytes() if answer is not None else None
