import sys

from django.core.management.base import BaseCommand

from directives import rollup


class Command(BaseCommand):
    help = "Keep the counters of the figures. Safe at any moment, beside people at work."

    def add_arguments(self, parser):
        parser.add_argument(
            "act",
            choices=["verify", "rebuild", "advance"],
            help="verify: count everything again, print what differs, and fail if anything does; "
            "rebuild: throw the counters away and count anew; advance: carry them to today (once a day)",
        )

    def handle(self, *, act, **options):
        getattr(self, f"_{act}")()

    def _verify(self):
        found = rollup.faults()
        for fault in found:
            self.stdout.write(fault)
        self.stdout.write(f"{len(found)} mismatches")
        if found:
            sys.exit(1)

    def _rebuild(self):
        self.stdout.write(f"{rollup.rebuild()} counters")

    def _advance(self):
        self.stdout.write(f"{rollup.advance()} counters added up")
