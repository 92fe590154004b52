from django.core.management.base import BaseCommand

from units.models import UnitName


class Command(BaseCommand):
    help = "Gives every unit the name that is in force today. Run it once a day, after midnight."

    def handle(self, **options):
        UnitName.objects.take_effect()
