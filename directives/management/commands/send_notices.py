from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directives import notices, tracking
from directives.enums import NoticeKind


class Command(BaseCommand):
    help = (
        "Tells people what waits for them: urged, returned and given work at once in office hours, the rest in one mail "
        "each working morning. Run it every quarter of an hour; safe to run twice, or after a kill."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DAY",
            help="as on the morning of this day: 2026-11-25",
        )
        parser.add_argument("--dry-run", action="store_true", help="write and send nothing, only count")

    def handle(self, *, as_of, dry_run, **options):
        if not dry_run:
            tracking.release()  # whose last day in a unit is over: the head is told in this very run
        outcome = notices.send(as_of=as_of, dry_run=dry_run)
        if outcome.silence:
            self.stdout.write(f"{outcome.day}: nothing is sent, {outcome.silence.value}")
            return
        self.stdout.write(f"{outcome.day}{', dry run' if dry_run else ''}")
        for kind in NoticeKind:
            self.stdout.write(f"  {kind.value:<16}{outcome.made[kind]:>6}")
        self._tell_mails(outcome)
        if outcome.delivery.trouble:
            raise CommandError(f"The mail server failed; the next run goes on. {outcome.delivery.trouble}")

    def _tell_mails(self, outcome):
        self.stdout.write(f"  {'mails':<16}{outcome.delivery.sent:>6}")
        if outcome.delivery.refused:
            self.stdout.write(f"  {'refused':<16}{outcome.delivery.refused:>6}")
        if outcome.left:
            self.stdout.write(
                f"The cap of {settings.NOTICES_PER_RUN} notices a run (NOTICES_PER_RUN) was reached; "
                f"{outcome.left} more go in the next run."
            )
