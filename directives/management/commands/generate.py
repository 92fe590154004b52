from django.core.management.base import BaseCommand, CommandError

from directives.bench import world
from directives.bench.scales import SCALES
from directives.models import Directive


class Command(BaseCommand):
    help = "Fill an empty database with a synthetic province, for benchmarks."

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale", choices=SCALES, default="XS", help="how large (XS: 100 tasks × 200 units)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed on the same day gives the same rows"
        )

    def handle(self, *, scale, seed, **options):
        if Directive.objects.exists():
            raise CommandError(
                "This database has directives already. A synthetic province needs one of its own."
            )
        world.generate(scale, seed=seed)
        for table, number in world.counts().items():
            self.stdout.write(f"{table:<12} {number:>10,}")
