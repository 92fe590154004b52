"""A synthetic province of a chosen size: the one place besides the tests that writes rows itself."""

import random
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from directives import rollup
from directives.bench import derive, loading, organisation, papers, rows, vocabulary
from directives.bench.organisation import Organisation
from directives.bench.scales import SCALES, Scale
from directives.enums import DirectiveKind, Purpose
from directives.models import (
    Addressee,
    Assignment,
    Directive,
    Evidence,
    Phase,
    Recipient,
    Register,
    Report,
    Request,
    Rollup,
    Task,
)
from units import clock
from units.models import Membership, Unit, User

LOADED = [Task, Addressee, Recipient, Assignment, Phase, Report, Evidence, Request]
WRITTEN = [Unit, User, Membership, Register, Directive, *LOADED, Rollup]


@dataclass(frozen=True)
class World:
    """What was made: the widest directive, who issued it, and the people who will look at it."""

    scale: Scale
    organisation: Organisation
    wide: Directive
    clerk: User
    leader: User
    monitor: User

    def head_of(self, unit_id) -> User:
        return User.objects.get(pk=self.organisation.head_of(unit_id))


def generate(scale: str | Scale, *, seed: int, until: date | None = None) -> World:
    """Write a province whose documents end on `until` (today); same seed and day, same rows.

    XS is one directive of 100 tasks × 200 units, half of it reported; S and M are five years of a province.
    One transaction. Cost on PostgreSQL: XS a second, M some minutes, with the tables locked.
    """
    scale = SCALES[scale] if isinstance(scale, str) else scale
    until = until or clock.today()
    draw = random.Random(seed)
    with _loading(scale):
        org = organisation.found(scale, draw)
        keys = papers.publish(org, scale, draw, until)
        rows.analyze()
        derive.derive(keys, org, scale.fate, seed=seed, until=until)
        rows.analyze()
        rollup.rebuild()
    rows.tidy()
    return _world(scale, org, keys)


def draft(world: World, *, seed: int) -> Directive:
    """A complete draft as large as the widest directive, to the same units, ready to be submitted."""
    draw, issuer = random.Random(seed), world.wide.office
    directive = Directive.objects.create(
        kind=DirectiveKind.LETTER,
        issuer=issuer,
        office=issuer,
        title=vocabulary.title(draw),
        notation=f"{issuer.notation}-VP",
        created_by=world.clerk,
    )
    rows.write(Task, (_task(directive, n, draw) for n in range(1, world.scale.wide_tasks + 1)))
    rows.write(Addressee, (_addressee(directive, n, recipient) for n, recipient in _wide_recipients(world)))
    return directive


def counts() -> dict[str, int]:
    """Rows per table that `generate` writes."""
    return {model.__name__: model._default_manager.count() for model in WRITTEN}


def _loading(scale):
    return loading.unhindered(*LOADED) if scale.loaded else transaction.atomic()


def _world(scale, org, keys):
    wide = Directive.objects.select_related("issuer").get(pk=keys[-1])
    finders = (org.clerk_of, org.leader_of, org.monitor_of)
    return World(scale, org, wide, *(User.objects.get(pk=find(wide.issuer_id)) for find in finders))


def _wide_recipients(world):
    return enumerate(world.wide.recipients.order_by("position"), start=1)


def _task(directive, position, draw):
    return {
        "directive_id": directive.pk,
        "position": position,
        "label": str(position),
        "text": vocabulary.task_text(draw),
        "due_on": clock.today() + (date.resolution * draw.randint(15, 90)),
    }


def _addressee(directive, position, recipient):
    return {
        "directive_id": directive.pk,
        "text": recipient.unit_name,
        "unit_id": recipient.unit_id,
        "purpose": Purpose.ACT,
        "position": position,
    }
