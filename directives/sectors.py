"""The sectors by which figures are split: kept by administrators, chosen for each document."""

from django.db import transaction

from directives import rules
from directives.errors import NotAllowed
from directives.models import Sector
from units import events
from units.enums import Act

KEPT = ("name", "position", "in_use")


@transaction.atomic
def keep(sector: Sector, *, by) -> Sector:
    """Save a new sector, or what was changed of one, and write it into the administration's record. Three queries."""
    if by is not None and not rules.can_manage_sectors(by):
        raise NotAllowed
    before = Sector.objects.filter(pk=sector.pk).values(*KEPT).first() or {}
    act = Act.CHANGE_SECTOR if before else Act.CREATE_SECTOR
    sector.save()
    after = {name: getattr(sector, name) for name in KEPT if before.get(name) != getattr(sector, name)}
    events.write(act, by=by, obj=sector, before={name: before[name] for name in after if before}, after=after)
    return sector
