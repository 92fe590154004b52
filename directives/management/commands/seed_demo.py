from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directives.demo import world


class Command(BaseCommand):
    help = "Makes the demo world through the portal's own verbs; does nothing where it already is."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo world has public passwords; it is made only with DEMO=true.")
        if world.exists():
            self.stdout.write("The demo world is already there.")
            return
        for line in world.make():
            self.stdout.write(line)
