"""Offices above each other, each of which carries out what the one above gave it."""

from directives import chaining, tracking
from directives.enums import Relation
from directives.models import Assignment, Citation
from tests.factories import Office, assignments_of, give_role, make_user
from units.enums import Role


class Cascade:
    """A province, its departments, and rooms below them; `issue` gives work to the offices next below, or to the rooms."""

    def __init__(self, *, departments=1, rooms=2):
        self.province = Office(rooms=0)
        self.departments = [Office(rooms=rooms, parent=self.province.unit) for _ in range(departments)]
        self.heads = {one.unit.pk: make_user(Role.HEAD, one.unit) for one in self.departments}

    @property
    def department(self):
        return self.departments[0]

    def give_down(self, *, tasks=1, **fields):
        """A document of the province to its departments."""
        return self.province.issue(tasks=tasks, to=[one.unit for one in self.departments], **fields)

    def carry_out(self, above, *, office=None, tasks=1, links=None, **fields):
        """A document of the department to its rooms that stands on `above` and carries out its own work of it."""
        office = office or self.department
        directive = office.issue(tasks=tasks, **fields)
        cite(directive, above)
        owed = list(Assignment.objects.filter(directive=above, unit=office.unit).order_by("task__position"))
        for task, assignment in zip(directive.tasks.all(), links or owed, strict=False):
            link(task, assignment, office)
        return directive


def cite(directive, above, relation=Relation.IMPLEMENTS):
    return Citation.objects.create(
        directive=directive, relation=relation, cited=above, code=above.code, dated_on=above.issued_on
    )


def link(task, assignment, office):
    return chaining.implement(task, assignment, by=office.monitor)


def rows_of(directive, unit):
    return [row for row in assignments_of(directive) if row.unit_id == unit.pk]


def accept(office, row):
    """Reported by the unit's head, whoever that is, and accepted by the office."""
    head = office.heads.get(row.unit) or give_role(make_user(), Role.HEAD, row.unit).user
    fresh = Assignment.objects.select_related("directive", "task", "unit").get(pk=row.pk)
    office.report(fresh, by=head)
    return tracking.accept(fresh, by=office.monitor)
