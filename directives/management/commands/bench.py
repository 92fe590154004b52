import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from directives.bench import measures, table, world
from directives.bench.clocked import HOST
from directives.bench.scales import SCALES
from directives.models import Directive

# Pages are served as in production, but for the hashed names that only `collectstatic` knows.
AS_SERVED = {
    "DEBUG": False,
    "ALLOWED_HOSTS": [HOST],
    "STATIC_ROOT": settings.BASE_DIR / "static",
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


class Command(BaseCommand):
    help = "Measure the portal on a synthetic province, beside the same work in bare SQL."

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale", choices=SCALES, default="XS", help="how large a province (XS has the targets)"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--keep", action="store_true", help="allow a database that already has directives"
        )
        parser.add_argument(
            "--only", action="append", choices=measures.MEASURES, help="one row; may be repeated"
        )
        parser.add_argument(
            "--against", type=Path, help="figures of a smaller province (its --json), for what must not grow"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--readme", action="store_true", help="write the table into README.md")

    def handle(self, *, scale, seed, keep, only, against, as_json, readme, **options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if Directive.objects.exists() and not keep:
            raise CommandError("This database has directives already: name an empty one, or say --keep.")
        with override_settings(**AS_SERVED):
            figures = measures.take(world.generate(scale, seed=seed), only=only or ())
        if against:
            figures = table.beside(figures, json.loads(against.read_text()))
        self._print(figures, scale, as_json)
        if readme:
            table.write_readme(Path(settings.BASE_DIR) / "README.md", table.markdown(figures, scale))
        if not all(figure.held for figure in figures):
            sys.exit(1)

    def _print(self, figures, scale, as_json):
        data = table.data(figures, scale)
        text = json.dumps(data, ensure_ascii=False, indent=2) if as_json else table.markdown(figures, scale)
        self.stdout.write(text)
