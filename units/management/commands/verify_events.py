from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from units import anchoring, events
from units.models import Event, EventChain


class Command(BaseCommand):
    help = "Walks every hash chain of events; exit code 1 and the first bad row when one was tampered with."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="compare with the heads written to FILE earlier; write them there when it does not exist",
        )

    def handle(self, *, anchor, **options):
        self._say_what_is_there()
        self._refuse_tampering()
        if anchor:
            self._compare(anchor)

    def _say_what_is_there(self):
        self.stdout.write(f"events: {Event.objects.count()}")
        self.stdout.write(f"chains: {EventChain.objects.count()}")
        self.stdout.write(f"digest: {events.anchor()}")

    def _refuse_tampering(self):
        bad = next(events.faults(), None)
        if bad:
            row, reason = bad
            where = f"event {row.pk}, chain {row.chain}" if isinstance(row, Event) else f"chain {row.pk}"
            raise CommandError(f"Bad row: {where}, sequence {row.sequence}: {reason}")

    def _compare(self, path):
        if not path.exists():
            anchoring.save(path)
            self.stdout.write(f"anchor: written to {path}")
            return
        try:
            lost = anchoring.missing(path)
        except (ValueError, KeyError, TypeError) as broken:
            raise CommandError(f"{path} is not an anchor written by this command.") from broken
        if lost:
            raise CommandError(f"Bad row: chain {lost[0]} no longer holds the event named in {path}")
        self.stdout.write(f"anchor: holds ({path})")
