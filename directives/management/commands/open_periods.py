from datetime import date

from django.core.management.base import BaseCommand

from directives import recurring


class Command(BaseCommand):
    help = (
        "Makes the rows of recurring duties some days before each period begins, and those that were missed. "
        "Run it once a day; safe to run twice, at the same time, or after a kill."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DAY", help="as on this day: 2026-11-25"
        )

    def handle(self, *, as_of, **options):
        self.stdout.write(f"rows made: {recurring.open_periods(as_of=as_of)}")
