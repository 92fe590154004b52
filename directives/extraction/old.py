"""Word files from before 2007 (.doc): LibreOffice turns them into .docx, where it is installed."""

import tempfile
from dataclasses import replace
from pathlib import Path

from directives.inspection import Suspect, office

from . import Extracted, word
from .programs import path_of, run

CONVERTER = "soffice"
SECONDS = 60
# The stream in which Word keeps its text; without it LibreOffice would guess what else the file may be.
_TEXT = "WordDocument".encode("utf-16-le")


def read(path: Path) -> Extracted:
    """The text of a .doc. Raises `Suspect` ("broken", "no_converter"). Costs a few seconds; needs about 3 GB of addresses."""
    if _TEXT not in path.read_bytes():
        raise Suspect("broken")
    converter = path_of(CONVERTER)
    if converter is None:
        raise Suspect("no_converter")
    with tempfile.TemporaryDirectory() as folder:
        converted = _converted(converter, path.resolve(), Path(folder))
        office.look(converted, "docx")
        found = word.read(converted)
    return replace(found, notes=("old", *found.notes))


def _converted(converter: str, path: Path, folder: Path) -> Path:
    """A profile of its own: nobody's settings, nobody's lock, nothing left behind."""
    command = [
        converter,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(path),
    ]
    run(command, home=folder, seconds=SECONDS)
    converted = folder / f"{path.stem}.docx"
    if not converted.is_file():
        raise Suspect("broken")
    return converted
