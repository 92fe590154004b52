"""The Chromium of the browser tests: the machine's own, Debian's package, or the build that npm carries."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import brotli

from tests.rig import apt

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
PORTABLE = Path(__file__).resolve().parents[2] / ".tools" / "chromium"
PACKAGE = "@sparticuz/chromium@153.0.0"
HINT = (
    "Chromium is missing: the browser tests drive it.\n"
    "Provide it with:  sudo apt-get install chromium   (or install npm and run this again)"
)
# No sandbox: CI runs as root in a container. The rest keeps the browser from talking to its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch_options() -> dict[str, object]:
    """What Playwright needs to start it; one sentence and exit when there is none."""
    path = find() or sys.exit(HINT)
    libraries = {"LD_LIBRARY_PATH": str(PORTABLE / "lib")} if path.is_relative_to(PORTABLE) else {}
    return {"executable_path": str(path), "args": ARGUMENTS, "env": {**os.environ, **libraries}}


def provide() -> Path:
    """Its path: found, or installed, or else one sentence and exit."""
    if not find() and apt.available():
        apt.update()
        apt.install("chromium")
    if not find() and shutil.which("npm"):
        _unpack(_fetch())
    return find() or sys.exit(HINT)


def find() -> Path | None:
    on_path = (shutil.which(name) for name in NAMES)
    portable = shutil.which(PORTABLE / "chromium")
    return next((Path(found) for found in [*on_path, portable] if found), None)


def _fetch() -> Path:
    """The npm package's folder of compressed parts."""
    PORTABLE.mkdir(parents=True, exist_ok=True)
    npm = [
        "npm",
        "install",
        "--prefix",
        str(PORTABLE),
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        PACKAGE,
    ]
    subprocess.run(npm, check=True, stdin=subprocess.DEVNULL)
    return PORTABLE / "node_modules" / "@sparticuz" / "chromium" / "bin"


def _unpack(parts: Path) -> None:
    browser = PORTABLE / "chromium"
    browser.write_bytes(brotli.decompress((parts / "chromium.br").read_bytes()))
    browser.chmod(0o755)
    for archive in parts.glob("*.tar.br"):
        plain = PORTABLE / archive.stem
        plain.write_bytes(brotli.decompress(archive.read_bytes()))
        shutil.unpack_archive(plain, PORTABLE, "tar")
        plain.unlink()


if __name__ == "__main__":
    sys.stdout.write(f"{provide()}\n")
