"""Small worlds for tests, made through the same verbs as the portal's screens."""

from datetime import date, timedelta
from itertools import count

from directives import issuing, tracking
from directives.enums import DirectiveKind, Purpose
from directives.models import Addressee, Assignment, Directive, Register, Task
from units import clock
from units.enums import Role, UnitKind
from units.models import Membership, Unit, User

PASSWORD = "mat-khau-thu-nghiem"
_numbers = count(1)


def make_unit(name="", *, parent=None, kind=UnitKind.DIVISION, **fields):
    n = next(_numbers)
    return Unit.objects.create(
        code=fields.pop("code", f"DV{n}"), name=name or f"Phòng số {n}", parent=parent, kind=kind, **fields
    )


def make_user(role=None, unit=None, *, username="", **fields):
    user = User(username=username or f"nguoi{next(_numbers)}", **fields)
    user.set_password(PASSWORD)
    user.save()
    if role:
        give_role(user, role, unit)
    return user


def give_role(user, role, unit, **fields):
    fields.setdefault("starts_on", date(2020, 1, 1))
    membership = Membership.objects.create(user=user, role=role, unit=unit, **fields)
    user.__dict__.pop("memberships_in_force", None)
    return membership


class Office:
    """A department with an office room, `rooms` other rooms and everybody who works there."""

    def __init__(self, *, rooms=2, parent=None):
        n = next(_numbers)
        self.unit = make_unit(
            f"Sở số {n}",
            parent=parent,
            kind=UnitKind.DEPARTMENT,
            code=f"SO{n}",
            notation=f"SO{n}",
            place="Quảng Ngãi",
        )
        self.room = make_unit("Văn phòng Sở", parent=self.unit)
        self.rooms = [make_unit(parent=self.unit) for _ in range(rooms)]
        self.register = Register.objects.create(issuer=self.unit, name="Sổ văn bản đi")
        self.clerk = make_user(Role.CLERK, self.unit)
        self.leader = make_user(Role.LEADER, self.unit)
        self.monitor = make_user(Role.MONITOR, self.unit)
        for person in (self.clerk, self.monitor):
            give_role(person, Role.STAFF, self.room)
        self.heads = {room: make_user(Role.HEAD, room) for room in [self.room, *self.rooms]}

    def draft(self, *, tasks=2, to=None, due_in=30, **fields):
        directive = Directive.objects.create(
            kind=fields.pop("kind", DirectiveKind.LETTER),
            issuer=self.unit,
            office=self.unit,
            title=fields.pop("title", "V/v triển khai nhiệm vụ"),
            notation=f"{self.unit.notation}-VP",
            created_by=self.clerk,
            **fields,
        )
        for position, unit in enumerate(self.rooms if to is None else to):
            Addressee.objects.create(
                directive=directive, unit=unit, text=unit.name, purpose=Purpose.ACT, position=position
            )
        due_on = clock.today() + timedelta(days=due_in) if due_in is not None else None
        for n in range(1, tasks + 1):
            Task.objects.create(
                directive=directive,
                position=n,
                label=str(n),
                text=f"Nội dung nhiệm vụ {n}",
                due_on=due_on,
                undated_reason="" if due_on else "Văn bản không nêu thời hạn",
            )
        return directive

    def issue(self, **fields):
        directive = self.draft(**fields)
        issuing.submit(directive, by=self.clerk)
        issuing.sign(directive, by=self.leader)
        return issuing.issue(directive, by=self.clerk)

    def head_of(self, assignment):
        return self.heads[next(unit for unit in self.heads if unit.pk == assignment.unit_id)]

    def report(self, assignment, **fields):
        evidence = fields.pop("evidence", [tracking.Document("12/BC-P", clock.today())])
        by = fields.pop("by", None) or self.head_of(assignment)
        return tracking.report(assignment, by=by, text=fields.pop("text", "Đã làm xong"), evidence=evidence)

    def accept(self, assignment):
        return tracking.accept(self.report(assignment), by=self.monitor)


def assignments_of(directive):
    return list(
        Assignment.objects.filter(directive=directive)
        .select_related("directive")
        .order_by("task__position", "unit")
    )
