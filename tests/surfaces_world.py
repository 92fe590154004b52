"""Two floors of offices that live through random weeks, and random addresses of figures with the same filter in Python."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from urllib.parse import urlencode

from directives import chaining, issuing, lifecycle, periods, rollup, rules
from directives.compliance import Span
from directives.enums import BASIS, PUBLISHED, DirectiveKind, Duty, PeriodSystem, Recurrence
from directives.errors import Refused
from directives.models import Assignment, Citation, Directive, Sector, Task, TaskUnit
from tests.chain_world import Cascade, cite
from tests.factories import make_unit, make_user
from tests.naive_table import GONE
from tests.naive_table import World as Everything
from tests.test_stories import World
from units import clock
from units.enums import Role
from units.models import Unit, UnitGroup

ACTS, DAYS = 70, 75
COMMON = {"report": 8, "accept": 8, "transfer": 3}
KINDS = [DirectiveKind.LETTER, DirectiveKind.PLAN, DirectiveKind.INSTRUCTION]
LENGTHS = [Recurrence.MONTHLY, Recurrence.QUARTERLY, Recurrence.HALF_YEARLY, Recurrence.YEARLY]


# --- A story -------------------------------------------------------------------------------------


class Desk(World):
    """One office that also issues further documents."""

    def issue(self, dice, **fields):
        """One more document, of some tasks of which one room supports the other."""
        office = fields.pop("office", self.office)
        to = fields.pop("to", self.office.rooms[:2])
        draft = office.draft(tasks=2, to=to, due_in=dice.choice([None, 2, 8, 20]), **fields)
        if dice.random() < 0.5:
            for unit, duty in zip(to, Duty, strict=False):
                TaskUnit.objects.create(task=draft.tasks.first(), unit=unit, duty=duty)
        issuing.submit(draft, by=office.clerk)
        issuing.sign(draft, by=office.leader)
        return issuing.issue(draft, by=office.clerk)


class Realm(Desk):
    """A province, two departments with their rooms, a team below one of these; groups and sectors of each."""

    def __init__(self):
        cascade = Cascade(departments=2, rooms=3)
        self.province, (office, self.other) = cascade.province, cascade.departments
        self.team = make_unit(parent=office.rooms[0])
        self.sectors = [Sector.objects.create(name=f"Lĩnh vực {n}", position=n) for n in range(2)]
        super().__init__(office)
        self.people += [self.province.monitor, self.province.leader, self.other.monitor, self.other.leader]
        self.people += [*cascade.heads.values(), *self.other.heads.values(), make_user(Role.HEAD, self.team)]
        listed = UnitGroup.objects.create(name="Khối một", owner=office.unit)
        listed.listed.set([*office.rooms[:2], self.team])
        UnitGroup.objects.create(name="Các phòng", owner=office.unit, children_of=office.unit)
        UnitGroup.objects.create(name="Các sở", owner=self.province.unit, children_of=self.province.unit)

    @property
    def readers(self):
        """Of all, of a floor, and of a room: whoever sees any work."""
        room = self.office.rooms[0]
        people = [self.province.leader, self.office.leader, self.other.monitor, self.office.heads[room]]
        return [one for one in people if Assignment.objects.filter(rules.visible_assignments(one)).exists()]

    def issue(self, dice):
        """One more document of some office to the floor below, on some subject, which may carry out what is above."""
        office = dice.choice([self.office, self.office, self.other, self.province])
        given = super().issue(dice, office=office, to=self._below(office), kind=dice.choice(KINDS),
            sector=dice.choice([None, *self.sectors]))  # fmt: skip
        owed = list(Assignment.objects.filter(unit=office.unit).select_related("directive").order_by("pk"))
        for task in given.tasks.all() if owed and dice.random() < 0.7 else ():
            with suppress(Refused):
                chaining.implement(task, dice.choice(owed), by=office.monitor)
        if owed and dice.random() < 0.3:
            cite(given, dice.choice(owed).directive)

    def _below(self, office):
        if office is self.province:
            return [self.office.unit, self.other.unit]
        return [*office.rooms[:2], *([self.team] if office is self.office else [])]


def lived(dice, make=Realm):
    """A story told over some weeks: on each day somebody does something, or nobody anything."""
    began = clock.now() - timedelta(days=DAYS)
    with clock.travel(began):
        rollup.advance()
        world = make()
    passed = 0
    for _ in range(ACTS):
        passed = min(DAYS, passed + dice.choice([0, 0, 1, 1, 2, 3]))
        with clock.travel(began + timedelta(days=passed)), suppress(Refused):
            act(world, dice)
    return world


def act(world, dice):
    """Mostly what the state of some work allows, by whoever may."""
    if dice.random() < 0.08:
        return world.issue(dice)
    if dice.random() < 0.06:
        verb = dice.choice(["add_recipient", "remove_recipient"])
        return world.change_recipients(verb, world.office.monitor, dice.randrange(26))
    row = dice.choice(list(Assignment.objects.select_related("directive", "task").order_by("pk")))
    able = [one for one in lifecycle.ASSIGNMENT.values() if row.state in one.sources]
    if dice.random() < 0.7:
        able = [one for one in able if one.verb not in ("cancel", "transfer")]  # what ends a story
    if not able:
        return None
    one = dice.choice([one for one in able for _ in range(COMMON.get(one.verb, 1))])
    by = next((person for person in world.people if one.rule(person, row)), world.office.monitor)
    return world.act(one.verb, row, by, dice.randrange(26))


# --- What is asked -------------------------------------------------------------------------------


def day(days_ago) -> date:
    return clock.today() - timedelta(days=days_ago)


@dataclass
class Asked:
    """An address as one person types it, and in Python which rows it is of, over which days."""

    reader: object
    span: Span
    query: dict
    duty: str
    known: "Known"
    # A row that the filters hold to together, so that they leave something.
    example: dict
    tests: list = field(default_factory=list)

    def wanted(self, row) -> bool:
        return row["id"] in self.known.seen and all(test(row) for test in self.tests)

    def of_duty(self, row) -> bool:
        return self.duty in ("tat-ca", row["duty"]) and self.wanted(row)

    def address(self, **more) -> str:
        return urlencode(self.query | {"vai-tro": self.duty} | more, doseq=True)


class Known:
    """What one person sees, read whole: rows, and by what they are narrowed."""

    def __init__(self, reader):
        self.rows = {row["id"]: row for row in Assignment.objects.values()}
        seen = Assignment.objects.filter(rules.visible_assignments(reader))
        self.seen = set(seen.values_list("pk", flat=True))
        papers = Directive.objects.filter(state__in=PUBLISHED)
        self.sector_of = dict(papers.values_list("pk", "sector"))
        self.papers = list(papers.filter(rules.visible_directives(reader)).order_by("pk"))
        self.parent = dict(Unit.objects.values_list("pk", "parent"))
        owners = {paper.office_id for paper in self.papers}
        self.groups = {group.pk: self._members(group) for group in UnitGroup.objects.filter(owner__in=owners)}

    def _members(self, group):
        if group.children_of_id:
            return {unit for unit, parent in self.parent.items() if parent == group.children_of_id}
        return set(group.listed.values_list("pk", flat=True))

    def is_below(self, unit, top) -> bool:
        while unit not in (top, None):
            unit = self.parent[unit]
        return unit == top

    def groups_of(self, row) -> list:
        return [key for key, units in self.groups.items() if row["unit_id"] in units] or [None]

    def owed(self, dice) -> dict:
        """Any of the rows, as often of support as of lead."""
        seen = [self.rows[pk] for pk in sorted(self.seen)]
        duty = dice.choice(sorted({row["duty"] for row in seen}))
        return dice.choice([row for row in seen if row["duty"] == duty])

    def handed_down(self, top, day) -> tuple[set, set]:
        """Of the chain below a document the rows of all its papers, and those that somebody's tasks carry out on a day."""
        papers = self.walked(top)
        implements = dict(Task.objects.exclude(implements=None).values_list("pk", "implements"))
        everything, carried = Everything(), set()
        for row in self.rows.values():
            then = everything.then(row, Span(day)) if row["id"] in self.seen else None
            if then and then["state"] not in GONE and row["directive_id"] in papers:
                carried.add(implements.get(row["task_id"]))
        within = {row["id"] for row in self.rows.values() if row["directive_id"] in papers}
        return within, within & carried

    def unlinked(self, top) -> set:
        """The rows of papers below a document whose tasks carry out nothing of any paper of the chain."""
        papers = self.walked(top)
        within = Task.objects.filter(implements__directive__in=papers).values_list("pk", flat=True)
        linked, below = set(within), papers - {top}
        return {
            row["id"]
            for row in self.rows.values()
            if row["directive_id"] in below and row["task_id"] not in linked
        }

    def walked(self, top):
        seen = {paper.pk for paper in self.papers}
        below = {(one.cited_id, one.directive_id) for one in Citation.objects.filter(relation__in=BASIS)}
        carrying = Task.objects.exclude(implements=None)
        below |= set(carrying.values_list("implements__directive", "directive"))
        met, waiting = set(), [top]
        while waiting:
            met.add(paper := waiting.pop())
            waiting += [under for above, under in below if above == paper and under in seen - met]
        return met


def ask(dice: Random, reader) -> Asked:
    """Any of the filters together, in any period, as known on any day of the story."""
    known = Known(reader)
    example = known.owed(dice)
    query, span = _days(dice, example["issued_on"])
    asked = Asked(reader, span, query, dice.choice(["tat-ca", example["duty"]]), known, example)
    chosen = dice.sample(FILTERS, dice.choice([0, 0, 1, 1, 2, 3]))
    for narrow in sorted(chosen, key=FILTERS.index):
        narrow(asked, dice)
    return asked


def _days(dice, given_on):
    """A named period of either system, free days with or without an end, or none; known on a day or as it stands, mostly
    once the work was given."""
    known_for = (clock.today() - given_on).days
    as_of = dice.choice([None, *[dice.randrange(known_for + 1)] * 3, dice.randrange(DAYS)])
    until = day(as_of or 0)
    told = {} if as_of is None else {"ngay": until.isoformat()}
    shape = dice.choice(["named", "named", "free", "all"])
    if shape == "named":
        period = _period(dice, until)
        span = Span.until(period.last, first=period.first, as_of=None if as_of is None else until)
        return told | {"ky": period.key}, span
    first = dice.choice([None, until - timedelta(days=dice.randrange(40))]) if shape == "free" else None
    begins = first or until - timedelta(days=30)
    last = dice.choice([None, begins + timedelta(days=dice.randrange(60))]) if shape == "free" else None
    told |= {name: one.isoformat() for name, one in (("tu", first), ("den", last)) if one}
    return told, Span.until(last or until, first=first, as_of=None if as_of is None else until)


def _period(dice, until):
    rule = periods.Rule(dice.choice(LENGTHS), dice.choice(list(PeriodSystem)))
    return periods.period_on(rule, until - timedelta(days=dice.randrange(40)))


def _by_unit(asked, dice):
    unit = asked.example["unit_id"]
    seen = {asked.known.rows[pk]["unit_id"] for pk in asked.known.seen}
    while dice.random() < 0.5 and asked.known.parent[unit] in seen:
        unit = asked.known.parent[unit]
    alone = dice.random() < 0.3
    asked.query |= {"don-vi": unit} | ({"rieng": 1} if alone else {})
    asked.tests.append(
        lambda row: row["unit_id"] == unit or (not alone and asked.known.is_below(row["unit_id"], unit))
    )


def _by_group(asked, dice):
    key = dice.choice(asked.known.groups_of(asked.example))
    asked.query |= {"thuoc-nhom": key} if key else _outside(asked, "nhom-don-vi")
    asked.tests.append(lambda row: key in asked.known.groups_of(row))


def _by_sector(asked, dice):
    key = asked.known.sector_of[asked.example["directive_id"]]
    asked.query |= {"linh-vuc": key} if key else _outside(asked, "linh-vuc")
    asked.tests.append(lambda row: asked.known.sector_of[row["directive_id"]] == key)


def _outside(asked, what):
    return {"ngoai": [*asked.query.get("ngoai", []), what]}


def _same(column, name):
    def narrow(asked, dice):
        value = asked.example[column]
        asked.query[name] = value
        asked.tests.append(lambda row: row[column] == value)

    return narrow


def _by_chain(asked, dice):
    chains = [
        paper.pk
        for paper in asked.known.papers
        if asked.example["directive_id"] in asked.known.walked(paper.pk)
    ]
    top = dice.choice(chains or [asked.known.papers[0].pk])
    within, apart = asked.known.handed_down(top, asked.span.as_of)
    handed = dice.random() < 0.4
    asked.query |= {"chuoi": top} | ({"giao-tiep": 1} if handed else {})
    kept = apart if handed else within - apart
    if dice.random() < 0.3:
        asked.query |= {"chua-gan": 1}
        kept &= asked.known.unlinked(top)
    asked.tests.append(lambda row: row["id"] in kept)


def _dated(name, of, column):
    """Due, or reported, in a period of its own."""

    def narrow(asked, dice):
        rule = periods.Rule(dice.choice(LENGTHS), dice.choice(list(PeriodSystem)))
        period = periods.period_on(rule, asked.example[column] or clock.today())
        asked.query[name] = period.key
        asked.span = replace(asked.span, **{of: (period.first, period.last)})

    return narrow


FILTERS = [
    _by_unit,
    _by_group,
    _by_sector,
    _same("issuer_id", "co-quan"),
    _same("kind", "loai"),
    _same("directive_id", "van-ban"),
    _same("task_id", "nhiem-vu"),
    _dated("han-trong", "due_in", "due_on"),
    _dated("bao-cao-trong", "reported_in", "reported_on"),
    _by_chain,
]
