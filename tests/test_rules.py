"""Who sees what and who may do what: tables of persons × objects, and two sentences that must be one."""

from itertools import product
from random import Random

import pytest
from django.core.files.base import ContentFile

from directives import lifecycle, rules, tracking
from directives.enums import AssignmentState, AttachmentKind, DirectiveState, Purpose
from directives.models import Addressee, Assignment, Attachment, Directive, Evidence, ProgressNote
from units import clock
from units.enums import Role, UnitKind
from units.models import User

from .factories import Office, assignments_of, give_role, make_unit, make_user

pytestmark = pytest.mark.django_db

PERSONS = """
clerk leader monitor auditor admin        of the office
head deputy staff assignee                of the room that has the work, given to the last
other_head                                of another room of the office that has work
office_head                               of the office's own room, in which the monitor sits
above_leader above_monitor above_auditor  of the office above
foreign_clerk foreign_head nobody         of an unrelated office; without a role
"""


@pytest.fixture
def world():
    """A province with an office under it, a stranger beside it, and one object of every sort."""
    return World()


class World:
    def __init__(self):
        self.province = make_unit("UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE)
        self.office = office = Office(rooms=2, parent=self.province)
        self.stranger = Office(rooms=1)
        self.people = self._people()
        to = [office.room, *office.rooms]
        self.draft, self.submitted = office.draft(to=to), office.draft(to=to)
        Directive.objects.filter(pk=self.submitted.pk).update(state=DirectiveState.SUBMITTED)
        self.issued, self.foreign = office.issue(tasks=1, to=to), self.stranger.issue(tasks=1)
        own_room, self.row, self.other_row = assignments_of(self.issued)
        self.own_row, self.foreign_row = own_room, assignments_of(self.foreign)[0]
        Directive.objects.filter(pk=self.issued.pk).update(collecting_unit=office.rooms[1])
        Assignment.objects.filter(pk=self.row.pk).update(assignee=self.people["assignee"])
        for row in (self.row, self.own_row):
            row.refresh_from_db()
            tracking.note_progress(row, by=office.head_of(row), obstacle="Thiếu kinh phí")
            office.report(row)
        self.evidence = Evidence.objects.get(report__assignment=self.row)
        self.files = {
            "evidence": self._file(Evidence, self.evidence),
            "draft_file": self._attach(self.draft),
            "issued_file": self._attach(self.issued),
        }

    def _people(self):
        office, room = self.office, self.office.rooms[0]
        return {
            "clerk": office.clerk,
            "leader": office.leader,
            "monitor": office.monitor,
            "auditor": make_user(Role.AUDITOR, office.unit),
            "admin": make_user(Role.ADMIN, office.unit),
            "head": office.heads[room],
            "deputy": make_user(Role.DEPUTY, room),
            "staff": make_user(Role.STAFF, room),
            "assignee": make_user(Role.STAFF, room),
            "other_head": office.heads[office.rooms[1]],
            "office_head": office.heads[office.room],
            "above_leader": make_user(Role.LEADER, self.province),
            "above_monitor": make_user(Role.MONITOR, self.province),
            "above_auditor": make_user(Role.AUDITOR, self.province),
            "foreign_clerk": self.stranger.clerk,
            "foreign_head": self.stranger.heads[self.stranger.rooms[0]],
            "nobody": make_user(),
        }

    def _file(self, model, stored):
        stored.file.save("x", ContentFile(b"x"))
        return (model, stored)

    def _attach(self, directive):
        stored = Attachment(directive=directive, kind=AttachmentKind.ORIGINAL, file_name="x.pdf")
        return self._file(Attachment, stored)


def read(text):
    """A table of names and marks: row → column → whether there is a mark."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {row[0]: dict(zip(head, (mark == "x" for mark in row[1:]), strict=True)) for row in rows}


def told(table):
    return "\n".join(
        f"{who} {' '.join(what for what, yes in row.items() if yes)}" for who, row in table.items()
    )


# --- What is seen ------------------------------------------------------------------------------

SEEN = """
              draft submitted issued foreign row other_row own_row foreign_row evidence draft_file issued_file
clerk         x     x         x      .       x   x         x       .           x        x          x
leader        .     x         x      .       x   x         x       .           x        .          x
monitor       .     .         x      .       x   x         x       .           x        .          x
auditor       .     .         x      .       x   x         x       .           x        .          x
admin         .     .         .      .       .   .         .       .           .        .          .
head          .     .         x      .       x   .         .       .           x        .          x
deputy        .     .         x      .       x   .         .       .           x        .          x
staff         .     .         x      .       x   .         .       .           x        .          x
assignee      .     .         x      .       x   .         .       .           x        .          x
other_head    .     .         x      .       .   x         .       .           .        .          x
office_head   .     .         x      .       .   .         x       .           .        .          x
above_leader  .     .         x      .       x   x         x       .           x        .          x
above_monitor .     .         x      .       x   x         x       .           x        .          x
above_auditor .     .         x      .       x   x         x       .           x        .          x
foreign_clerk .     .         .      x       .   .         .       x           .        .          .
foreign_head  .     .         .      x       .   .         .       x           .        .          .
nobody        .     .         .      .       .   .         .       .           .        .          .
"""


def seen(world, user):
    directives = set(Directive.objects.filter(rules.visible_directives(user)))
    rows = set(Assignment.objects.filter(rules.visible_assignments(user)))
    found = {name: getattr(world, name) in directives for name in ("draft", "submitted", "issued", "foreign")}
    found |= {name: getattr(world, name) in rows for name in ("row", "other_row", "own_row", "foreign_row")}
    for name, (model, stored) in world.files.items():
        found[name] = rules.visible_files(user, model).filter(pk=stored.pk).exists()
    return found


def test_what_is_seen(world):
    assert told({who: seen(world, user) for who, user in world.people.items()}) == told(read(SEEN))


def test_each_person_of_the_tables_is_here(world):
    assert world.people.keys() == read(SEEN).keys() == read(DONE).keys() == read(DRAFTED).keys()
    assert all(name in PERSONS for name in world.people)


def test_an_addressee_that_only_reads_sees_the_document_and_no_row(world):
    reader = make_user(Role.CLERK, world.province)
    draft = world.stranger.draft(tasks=1)
    Addressee.objects.create(
        directive=draft, unit=world.province, text="UBND tỉnh (b/cáo)", purpose=Purpose.REPORT
    )
    for verb, by in [("submit", world.stranger.clerk), ("sign", world.stranger.leader)]:
        lifecycle.advance(draft, verb, by=by)
    from directives import issuing

    issuing.issue(draft, by=world.stranger.clerk)
    assert Directive.objects.filter(rules.visible_directives(reader), pk=draft.pk).exists()
    assert not Assignment.objects.filter(rules.visible_assignments(reader), directive=draft).exists()
    assert not rules.sees_all_rows(reader, draft)


def test_a_role_counts_only_while_it_lasts(world):
    head = world.people["head"]
    head.memberships.update(ends_on=clock.today().replace(year=clock.today().year - 1))
    head = User.objects.get(pk=head.pk)
    assert not any(seen(world, head).values())
    assert not rules.can_report(head, world.row)


def test_a_kept_upload_is_its_senders_alone(world):
    from directives.models import Upload

    Upload.objects.create(assignment=world.row, uploaded_by=world.people["head"], file_name="a.pdf")
    sees = {
        who
        for who, user in world.people.items()
        if Upload.objects.filter(rules.visible_uploads(user)).exists()
    }
    assert sees == {"head"}


# --- What may be done --------------------------------------------------------------------------

DONE = """
              report accept reopen accept_own reopen_own submit_internally note_progress extend extend_own urge urge_own answer_obstacle forward_obstacle instruct
clerk         .      .      .      .          .          .                 .             .      .          .    .        .               .                .
leader        .      .      x      x          x          .                 .             x      x          x    x        .               x                x
monitor       .      x      x      .          .          .                 .             .      .          x    x        .               x                .
auditor       .      .      .      .          .          .                 .             .      .          .    .        .               .                .
admin         .      .      .      .          .          .                 .             .      .          .    .        .               .                .
head          x      .      .      .          .          .                 x             .      .          .    .        .               .                .
deputy        x      .      .      .          .          .                 x             .      .          .    .        .               .                .
staff         .      .      .      .          .          .                 .             .      .          .    .        .               .                .
assignee      .      .      .      .          .          x                 x             .      .          .    .        .               .                .
other_head    .      .      .      .          .          .                 .             .      .          .    .        x               x                .
office_head   .      .      .      .          .          .                 .             .      .          .    .        .               .                .
above_leader  .      .      .      .          .          .                 .             .      .          .    .        .               .                .
above_monitor .      .      .      .          .          .                 .             .      .          .    .        .               .                .
above_auditor .      .      .      .          .          .                 .             .      .          .    .        .               .                .
foreign_clerk .      .      .      .          .          .                 .             .      .          .    .        .               .                .
foreign_head  .      .      .      .          .          .                 .             .      .          .    .        .               .                .
nobody        .      .      .      .          .          .                 .             .      .          .    .        .               .                .
"""
DRAFTED = """
              draft edit submit withdraw_submission issue record sign record_signature send_back_directive close revoke classify
clerk         x     x    x      x                   x     x      .    x                .                   .     .      x
leader        .     .    .      .                   .     .      x    .                x                   x     x      x
monitor       .     .    .      .                   .     .      .    .                .                   x     .      x
auditor       .     .    .      .                   .     .      .    .                .                   .     .      .
admin         .     .    .      .                   .     .      .    .                .                   .     .      .
head          .     .    .      .                   .     .      .    .                .                   .     .      .
deputy        .     .    .      .                   .     .      .    .                .                   .     .      .
staff         .     .    .      .                   .     .      .    .                .                   .     .      .
assignee      .     .    .      .                   .     .      .    .                .                   .     .      .
other_head    .     .    .      .                   .     .      .    .                .                   .     .      .
office_head   .     .    .      .                   .     .      .    .                .                   .     .      .
above_leader  .     .    .      .                   .     .      .    .                .                   .     .      .
above_monitor .     .    .      .                   .     .      .    .                .                   .     .      .
above_auditor .     .    .      .                   .     .      .    .                .                   .     .      .
foreign_clerk .     .    .      .                   .     .      .    .                .                   .     .      .
foreign_head  .     .    .      .                   .     .      .    .                .                   .     .      .
nobody        .     .    .      .                   .     .      .    .                .                   .     .      .
"""


def may(verb, user, obj):
    return bool(getattr(rules, f"can_{verb}")(user, obj))


def test_what_may_be_done_with_an_assignment(world):
    columns = next(iter(read(DONE).values()))
    objects = {
        name: (name.removesuffix("_own"), world.own_row if name.endswith("_own") else world.row)
        for name in columns
    }
    found = {
        who: {name: may(verb, user, obj) for name, (verb, obj) in objects.items()}
        for who, user in world.people.items()
    }
    assert told(found) == told(read(DONE))


def test_what_may_be_done_with_a_directive(world):
    verbs = next(iter(read(DRAFTED).values()))
    objects = {"draft": world.office.unit}
    found = {
        who: {verb: may(verb, user, objects.get(verb, world.draft)) for verb in verbs}
        for who, user in world.people.items()
    }
    assert told(found) == told(read(DRAFTED))


def test_every_rule_of_a_verb_is_in_a_table():
    tabled = {
        name.removesuffix("_own") for text in (DONE, DRAFTED) for name in next(iter(read(text).values()))
    }
    asked = {t.rule.__name__ for table in (lifecycle.ASSIGNMENT, lifecycle.DIRECTIVE) for t in table.values()}
    assert asked <= {getattr(rules, f"can_{verb}").__name__ for verb in tabled}


ALIKE = """
can_report    acknowledge withdraw supplement request_extension decline withdraw_request delegate send_back_internally
can_accept    send_back
can_reopen    cancel pause resume transfer refuse_decline set_deadline review
can_extend    refuse_extension
can_note_progress answer_urging
can_instruct  ask_explanation
can_close     add_recipient remove_recipient implement
"""


def test_which_verbs_ask_the_same_rule():
    for rule, *verbs in (line.split() for line in ALIKE.strip().splitlines()):
        assert {getattr(rules, f"can_{verb}") for verb in verbs} == {getattr(rules, rule)}


def test_more_time_is_the_offices_to_give_where_the_directive_says_so(world):
    Directive.objects.filter(pk=world.issued.pk).update(extension_by_leader=False)
    row = Assignment.objects.get(pk=world.row.pk)
    assert {who for who, user in world.people.items() if rules.can_extend(user, row)} == {"leader", "monitor"}


@pytest.mark.parametrize("who", ["auditor", "above_auditor", "admin", "nobody", "staff"])
def test_who_writes_nothing(world, who):
    user = world.people[who]
    objects = [world.draft, world.issued, world.row, world.own_row, world.other_row]
    assert [lifecycle.allowed_verbs(user, obj) for obj in objects] == [[]] * len(objects)
    assert not rules.can_draft(user, world.office.unit)
    assert rules.draftable_offices(user) == set()


def test_nobody_accepts_what_they_reported(world):
    head = give_role(world.people["head"], Role.MONITOR, world.office.unit).user
    assert not rules.can_accept(head, world.row)
    deputy = give_role(world.people["deputy"], Role.MONITOR, world.office.unit).user
    assert not rules.can_accept(deputy, world.row), "sits in the unit that reported"


# --- Two sentences that must be one ------------------------------------------------------------


def random_world(seed):
    """An office in which roles fell anywhere, several to a person, and reports by anybody."""
    dice, office = Random(seed), Office(rooms=3)
    units = [office.unit, office.room, *office.rooms]
    people = [make_user() for _ in range(8)]
    for person, role in product(people, [Role.MONITOR, Role.LEADER, Role.HEAD, Role.STAFF, Role.CLERK]):
        if dice.random() < 0.3:
            give_role(person, role, dice.choice(units))
    office.issue(tasks=2, to=units)
    for row in Assignment.objects.all():
        Assignment.objects.filter(pk=row.pk).update(
            state=AssignmentState.REPORTED,
            reported_on=clock.today(),
            reported_by=dice.choice([*people, None]),
        )
        ProgressNote.objects.create(
            assignment=row,
            obstacle="Thiếu kinh phí",
            noted_at=clock.now(),
            noted_by=people[0],
            holder=dice.choice(units),
            leader_answers=dice.random() < 0.3,
            answered_at=dice.choice([None, None, clock.now()]),
        )
    return people


@pytest.mark.parametrize("seed", range(12))
def test_the_list_of_what_to_decide_is_the_rule_itself(seed):
    for person in random_world(seed):
        user = User.objects.get(pk=person.pk)
        listed = set(Assignment.objects.filter(rules.decidable_assignments(user)))
        assert listed == {row for row in Assignment.objects.all() if rules.can_accept(user, row)}


@pytest.mark.parametrize(
    ("listed", "rule"),
    [
        ("extendable_assignments", "can_extend"),
        ("movable_assignments", "can_reopen"),
        ("clearable_assignments", "can_answer_obstacle"),
        ("instructed_assignments", "can_instruct"),
    ],
)
@pytest.mark.parametrize("seed", range(6))
def test_the_lists_of_what_is_asked_are_the_rules_themselves(seed, listed, rule):
    people = random_world(seed)
    Directive.objects.update(extension_by_leader=bool(seed % 2))
    for person in people:
        user = User.objects.get(pk=person.pk)
        found = set(Assignment.objects.filter(getattr(rules, listed)(user)))
        assert found == {row for row in Assignment.objects.all() if getattr(rules, rule)(user, row)}


@pytest.mark.parametrize("seed", range(4))
def test_whoever_may_act_on_a_row_also_sees_it(seed):
    """But for what stands in its way: of that whoever it lies with sees the obstacle alone."""
    clearing = {"answer_obstacle", "forward_obstacle"}
    for person in random_world(seed):
        user = User.objects.get(pk=person.pk)
        acts = {row for row in Assignment.objects.all() if {*lifecycle.allowed_verbs(user, row)} - clearing}
        assert acts <= set(Assignment.objects.filter(rules.visible_assignments(user)))
        held = set(ProgressNote.objects.filter(rules.held_obstacles(user)))
        assert held == {note for note in ProgressNote.objects.all() if rules.holds_obstacle(user, note)}
        assert held <= set(ProgressNote.objects.filter(rules.visible_obstacles(user)))
