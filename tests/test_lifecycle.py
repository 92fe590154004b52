"""What may follow what, cell by cell; one event per act; a record that shows every tampering."""

from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from directives import issuing, lifecycle, tracking
from directives.enums import AssignmentState, DirectiveState
from directives.errors import NotAllowed, Stale, WrongState
from directives.models import Assignment, Directive
from directives.templatetags.history import OF_DIRECTIVES
from directives.templatetags.tracking import SENTENCES
from units import clock, events
from units.enums import Role
from units.models import Event, EventChain

from .factories import Office, assignments_of, make_user

pytestmark = pytest.mark.django_db

# --- The tables --------------------------------------------------------------------------------

# Rows are verbs, columns states; a cell is the state that follows (the same one: the verb leaves it), a dot
# means that it may not be done. Of work that its unit has never received: `RECEIVED` says what differs once it has.
ASSIGNMENT = """
                     not_started in_progress reported    accepted    paused      cancelled transferred
acknowledge          in_progress .           .           .           .           .         .
delegate             not_started in_progress .           .           .           .         .
note_progress        not_started in_progress .           .           .           .         .
submit_internally    not_started in_progress .           .           .           .         .
send_back_internally not_started in_progress .           .           .           .         .
report               reported    reported    .           .           .           .         .
withdraw             .           .           in_progress .           .           .         .
accept               .           .           accepted    .           .           .         .
send_back            .           .           in_progress .           .           .         .
supplement           .           .           .           reported    .           .         .
reopen               .           .           .           in_progress .           .         .
request_extension    not_started in_progress .           .           .           .         .
decline              not_started in_progress .           .           .           .         .
withdraw_request     not_started in_progress .           .           .           .         .
extend               not_started in_progress .           .           .           .         .
refuse_extension     not_started in_progress .           .           .           .         .
refuse_decline       not_started in_progress .           .           .           .         .
transfer             transferred transferred .           .           .           .         .
set_deadline         not_started in_progress .           .           .           .         .
review               not_started in_progress .           .           paused      .         .
pause                paused      paused      .           .           .           .         .
resume               .           .           .           .           not_started .         .
urge                 not_started in_progress reported    .           .           .         .
ask_explanation      not_started in_progress reported    .           .           .         .
instruct             not_started in_progress reported    .           .           .         .
answer_urging        not_started in_progress reported    .           .           .         .
answer_obstacle      not_started in_progress .           .           .           .         .
forward_obstacle     not_started in_progress .           .           .           .         .
cancel               cancelled   cancelled   cancelled   .           cancelled   .         .
"""
RECEIVED = {"resume": AssignmentState.IN_PROGRESS}
DIRECTIVE = """
                    draft     submitted signed issued  closed  revoked discarded
submit              submitted .         .      .       .       .       .
withdraw_submission .         draft     .      .       .       .       .
send_back           .         draft     draft  .       .       .       .
sign                .         signed    .      .       .       .       .
record_signature    .         signed    .      .       .       .       .
issue               .         .         issued .       .       .       .
record              issued    .         .      .       .       .       .
close               .         .         .      closed  .       .       .
revoke              .         .         .      revoked revoked .       .
discard             discarded .         .      .       .       .       .
restore             .         .         .      .       .       .       draft
change_rhythm       .         .         .      issued  .       .       .
end_rhythm          .         .         .      issued  .       .       .
add_recipient       .         .         .      issued  .       .       .
remove_recipient    .         .         .      issued  .       .       .
classify            .         .         .      issued  closed  .       .
implement           .         .         .      issued  .       .       .
"""


def printed(table, states) -> dict[str, list[str]]:
    """A table of the code as rows of words, of work that nobody has received."""
    rows = {"": list(states)}
    for verb, t in table.items():
        rows[verb] = [(t.unreceived or t.target or state) if state in t.sources else "." for state in states]
    return rows


def read(text) -> dict[str, list[str]]:
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {"": head} | {row[0]: row[1:] for row in rows}


def cells(text):
    table = read(text)
    return [
        (state, verb, to)
        for verb, row in table.items()
        if verb
        for state, to in zip(table[""], row, strict=True)
    ]


@pytest.mark.parametrize(
    ("table", "states", "text"),
    [
        (lifecycle.ASSIGNMENT, AssignmentState.values, ASSIGNMENT),
        (lifecycle.DIRECTIVE, DirectiveState.values, DIRECTIVE),
    ],
    ids=["assignment", "directive"],
)
def test_the_code_holds_this_table(table, states, text):
    assert printed(table, states) == read(text)


def test_the_history_has_a_sentence_for_every_verb():
    assert set(lifecycle.ASSIGNMENT) <= set(SENTENCES)
    assert set(lifecycle.DIRECTIVE) <= set(OF_DIRECTIVES)


@pytest.fixture
def office():
    """An office whose one room has a worker besides its head."""
    office = Office(rooms=1)
    office.worker = make_user(Role.STAFF, office.rooms[0])
    return office


def put(obj, state):
    """Set a row into a state by hand, also into those no verb leads to yet."""
    moment = {"reported_on": clock.today(), "reported_at": clock.now()} if isinstance(obj, Assignment) else {}
    type(obj).objects.filter(pk=obj.pk).update(state=state, **moment)
    obj.refresh_from_db()


def actor(office, verb, obj):
    people = [office.clerk, office.leader, office.monitor, *office.heads.values(), office.worker]
    rule = lifecycle._table_of(obj)[verb].rule
    return next(person for person in people if rule(person, obj))


def check_cell(office, obj, state, verb, to):
    put(obj, state)
    before = Event.objects.count()
    by = actor(office, verb, obj)
    assert (verb in lifecycle.allowed_verbs(by, obj)) == (to != ".")
    if to == ".":
        with pytest.raises(WrongState):
            lifecycle.advance(obj, verb, by=by)
    else:
        lifecycle.advance(obj, verb, by=by)
    obj.refresh_from_db()
    assert obj.state == (state if to == "." else to)
    assert Event.objects.count() - before == (to != ".")


@pytest.mark.parametrize(("state", "verb", "to"), cells(ASSIGNMENT))
def test_assignment(office, state, verb, to):
    row = assignments_of(office.issue(tasks=1))[0]
    tracking.note_progress(row, by=office.head_of(row), obstacle="Chưa có kinh phí")
    Assignment.objects.filter(pk=row.pk).update(assignee=office.worker)
    row.refresh_from_db()
    check_cell(office, row, state, verb, to)


def test_of_received_work_nothing_else_differs(office):
    differing = {verb: t.target for verb, t in lifecycle.ASSIGNMENT.items() if t.unreceived}
    assert differing == RECEIVED
    row = assignments_of(office.issue(tasks=1))[0]
    tracking.acknowledge(row, by=office.head_of(row))
    check_cell(office, row, AssignmentState.PAUSED, "resume", RECEIVED["resume"])


@pytest.mark.parametrize(("state", "verb", "to"), cells(DIRECTIVE))
def test_directive(office, state, verb, to):
    check_cell(office, office.issue(tasks=1), state, verb, to)


@pytest.mark.parametrize("verb", lifecycle.ASSIGNMENT)
def test_a_stranger_is_refused_before_the_state_is_asked(office, verb):
    assignment, stranger = assignments_of(office.issue(tasks=1))[0], Office(rooms=1)
    for person in [stranger.monitor, stranger.leader, *stranger.heads.values()]:
        with pytest.raises(NotAllowed):
            lifecycle.advance(assignment, verb, by=person)
    assert not Event.objects.filter(object_type="assignment").exists()


# --- Somebody was faster -----------------------------------------------------------------------


def test_the_second_of_two_who_saw_the_same_is_told(office):
    first = assignments_of(office.issue(tasks=1))[0]
    second = Assignment.objects.get(pk=first.pk)
    tracking.acknowledge(first, by=office.head_of(first))
    with pytest.raises(Stale) as refusal:
        tracking.acknowledge(second, by=office.head_of(second))
    assert "đã chuyển sang “Đang thực hiện” lúc" in refusal.value.sentence
    assert Event.objects.filter(verb="acknowledge").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("people", [2, 8])
def test_of_many_at_once_one_wins(office, people):
    assignment = assignments_of(office.issue(tasks=1))[0]
    head, together, ends = office.head_of(assignment), Barrier(people), []

    def race():
        try:
            mine = Assignment.objects.select_related("directive").get(pk=assignment.pk)
            together.wait(timeout=20)
            tracking.report(mine, by=head, text="Xong", evidence=[tracking.Document("1/BC", clock.today())])
            ends.append("done")
        except Stale:
            ends.append("stale")
        finally:
            connections.close_all()

    threads = [Thread(target=race) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["done"] + ["stale"] * (people - 1)
    assert assignment.reports.count() == 1
    assert Event.objects.filter(verb="report").count() == 1
    assert list(events.faults()) == []


# --- The record --------------------------------------------------------------------------------


def life_of_an_assignment(office):
    """Every verb of an assignment through its public function: the events it must leave, in order."""
    first, second = assignments_of(office.issue(tasks=2))
    head, monitor = office.head_of(first), office.monitor
    tracking.acknowledge(first, by=head)
    office.report(first)
    tracking.withdraw(first, by=head)
    office.report(first)
    tracking.send_back(first, by=monitor, reason="Thiếu danh sách")
    office.report(first)
    tracking.accept(first, by=monitor)
    tracking.reopen(first, by=monitor, reason="Số liệu sai")
    tracking.cancel(second, by=monitor, reason="Giao nhầm")
    return first


LIFE = ["acknowledge", "report", "withdraw", "report", "send_back", "report", "accept", "reopen", "cancel"]


def test_every_verb_leaves_one_event(office):
    life_of_an_assignment(office)
    told = Event.objects.filter(object_type="assignment").order_by("sequence").values_list("verb", flat=True)
    assert list(told) == LIFE


def test_every_verb_of_a_directive_leaves_one_event(office):
    directive = office.draft(tasks=1)
    issuing.submit(directive, by=office.clerk)
    issuing.withdraw_submission(directive, by=office.clerk)
    issuing.submit(directive, by=office.clerk)
    issuing.send_back(directive, by=office.leader, reason="Sửa câu chữ")
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    issuing.issue(directive, by=office.clerk)
    for assignment in assignments_of(directive):
        office.accept(assignment)
    issuing.close(directive, by=office.monitor)
    issuing.revoke(directive, by=office.leader, reason="Ban hành nhầm")
    told = Event.objects.filter(object_type="directive").order_by("sequence").values_list("verb", flat=True)
    wanted = [
        "submit",
        "withdraw_submission",
        "submit",
        "send_back",
        "submit",
        "sign",
        "issue",
        "close",
        "revoke",
    ]
    assert [verb for verb in told if verb != "create"] == wanted


def test_an_event_keeps_who_it_was_that_day(office):
    first = life_of_an_assignment(office)
    head = office.head_of(first)
    event = Event.objects.filter(verb="report").first()
    head.full_name = "Người khác"
    head.save()
    event.refresh_from_db()
    assert (event.actor, event.actor_name) == (head, head.username)
    assert event.before["state"] == "in_progress"
    assert event.after["state"] == "reported"


def test_a_refused_verb_leaves_nothing(office):
    assignment = assignments_of(office.issue(tasks=1))[0]
    before = Event.objects.count()
    with pytest.raises(WrongState):
        tracking.accept(assignment, by=office.monitor)
    assert Event.objects.count() == before


def test_the_chain_holds(office):
    life_of_an_assignment(office)
    assert list(events.faults()) == []


def test_the_record_cannot_be_changed_or_removed(office):
    life_of_an_assignment(office)
    event = Event.objects.first()
    for attempt in (lambda: Event.objects.filter(pk=event.pk).update(note="khác"), event.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def unlock():
    """What an owner of the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What waits for the commit to be checked keeps the table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE units_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER units_event_no_update")
            cursor.execute("DROP TRIGGER units_event_no_delete")


def tampered(office, tamper) -> set[str]:
    directive = life_of_an_assignment(office).directive
    chain = Event.objects.filter(chain=directive.chain_key).order_by("sequence")
    unlock()
    tamper(chain)
    return {reason for _, reason in events.faults(directive.chain_key)}


@pytest.mark.parametrize(
    "change",
    [{"note": "khác"}, {"actor_name": "Người khác"}, {"after": {}}, {"verb": "accept"}, {"object_id": 9}],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(office, change):
    assert "content" in tampered(office, lambda chain: Event.objects.filter(pk=chain[3].pk).update(**change))


def test_a_removed_event_is_found(office):
    assert {"gap", "link"} <= tampered(office, lambda chain: chain[3].delete())


def test_a_cut_tail_is_found(office):
    assert "tail" in tampered(office, lambda chain: chain.last().delete())


def test_a_tail_cut_together_with_its_head_is_found_by_the_anchor(office):
    anchor = ""

    def cut(chain):
        nonlocal anchor
        anchor = events.anchor()
        chain.last().delete()
        last = chain.last()
        EventChain.objects.filter(pk=last.chain).update(sequence=last.sequence, hash=last.hash)

    assert tampered(office, cut) == set()
    assert events.anchor() != anchor


def test_revoking_drops_what_is_open_and_keeps_what_is_done(office):
    directive = office.issue(tasks=2)
    done, still_open = assignments_of(directive)
    office.accept(done)
    issuing.revoke(Directive.objects.get(pk=directive.pk), by=office.leader, reason="Ban hành nhầm")
    states = set(Assignment.objects.values_list("pk", "state"))
    assert states == {(done.pk, AssignmentState.ACCEPTED), (still_open.pk, AssignmentState.CANCELLED)}
