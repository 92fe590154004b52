"""`manage.py parse_directive FILE`: what the parser reads in a file, as JSON."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directives.errors import Incomplete
from directives.parsing import parse
from directives.parsing.labels import as_labels
from directives.texts import text_of


class Command(BaseCommand):
    """Asks the database nothing, so it works while the database is unreachable."""

    help = "Prints what the parser reads in a .txt, .docx, .pdf or .doc file, as one JSON object."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--ocr", action="store_true", help="read scanned pages with Tesseract (seconds a page)"
        )

    def handle(self, *, file: Path, ocr: bool, **options: object) -> None:
        try:
            text = text_of(file, ocr=ocr).text
        except Incomplete as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(json.dumps(as_labels(parse(text)), ensure_ascii=False, indent=1))
