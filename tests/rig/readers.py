"""What reads old Word files and scans: LibreOffice and Tesseract, from Debian where root runs the tests."""

import shutil

from tests.rig import apt

PROGRAMS = {"soffice": ["libreoffice-writer"], "tesseract": ["tesseract-ocr", "tesseract-ocr-vie"]}


def provide() -> None:
    """Install what is missing; their tests are left out on a machine where that cannot be done."""
    missing = [
        package for program, packages in PROGRAMS.items() if not shutil.which(program) for package in packages
    ]
    if missing and apt.available():
        apt.update()
        apt.install(*missing)


if __name__ == "__main__":
    provide()
