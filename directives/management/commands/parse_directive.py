"""`manage.py parse_directive FILE`: what the parser reads in a file, as JSON."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directives.parsing import parse
from directives.parsing.files import UnreadableError, read_text
from directives.parsing.labels import as_labels


class Command(BaseCommand):
    """Asks the database nothing, so it works while the database is unreachable."""

    help = "Prints what the parser reads in a text file, as one JSON object."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            text = read_text(file)
        except UnreadableError as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(json.dumps(as_labels(parse(text)), ensure_ascii=False, indent=1))
