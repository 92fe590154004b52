"""Programs of the system that read what we cannot: they may be missing, and are then asked for with a sentence."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from directives.apart import ENVIRONMENT
from directives.inspection import Suspect

RECOGNISER = "tesseract"


def path_of(program: str) -> str | None:
    """Where a program is installed, looked for where systems keep them and not where a user's shell would."""
    return shutil.which(program, path=ENVIRONMENT["PATH"])


def run(command: Sequence[str | Path], *, home: Path, seconds: int) -> bytes:
    """What a program prints. Raises `Suspect` ("heavy", "broken"); what it started ends with it.

    It runs under the limits of the calling process, in `home`, with nothing of our environment.
    """
    process = subprocess.Popen(  # noqa: S603 - a program of the system, arguments of our own making
        command,
        cwd=home,
        env=ENVIRONMENT | {"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Suspect("heavy") from None
    if process.returncode:
        raise Suspect("broken")
    return printed
