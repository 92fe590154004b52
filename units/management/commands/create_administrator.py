from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from units import accounts, structure
from units.enums import Role, UnitKind
from units.errors import Refused
from units.models import Membership, Unit, User


class Command(BaseCommand):
    help = "Makes the first administrator of a fresh installation, and prints a one-time password."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--full-name", default="", help="name of the person")
        parser.add_argument(
            "--unit", default="", metavar="CODE", help="unit of the role (the first at the top)"
        )
        parser.add_argument("--unit-name", default="", help="name of the unit, when there is no unit yet")

    def handle(self, *, username, full_name, unit, unit_name, **options):
        given = accounts.given_password()
        try:
            with transaction.atomic():
                user = User(username=username, full_name=full_name)
                accounts.create_account(user, by=None, given=given)
                where = find_unit(unit, unit_name)
                accounts.give_role(Membership(user=user, unit=where, role=Role.ADMIN), by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{username}, {where.code}. One-time password, valid 7 days: {given.text}")


def find_unit(code: str, name: str) -> Unit:
    """The unit with the code, or the first at the top; made when `name` is given and it is not there."""
    units = Unit.objects.filter(code=code) if code else Unit.objects.filter(parent=None)
    found = units.order_by("position", "path").first()
    if found:
        return found
    if not name:
        raise CommandError("There is no such unit yet: name it with --unit-name (and its --unit code).")
    return structure.keep(Unit(code=code or "GOC", name=name, kind=UnitKind.OTHER), by=None)
