from django.core.management.base import BaseCommand, CommandError

from portal import catalogues


class Command(BaseCommand):
    help = "Translations: collects the sentences, compiles the catalogues, checks that none is missing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["collect", "compile", "check"])

    def handle(self, *, act, **options):
        if act == "collect":
            self.stdout.write("\n".join(catalogues.collect()))
        elif act == "compile":
            catalogues.compile_all()
        elif found := catalogues.problems():
            raise CommandError("\n".join(found))
