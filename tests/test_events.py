"""The record: whatever is changed in it afterwards is found, and the database refuses to change it."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import give_role, make_unit, make_user
from units import append_only, clock, events
from units.enums import Role
from units.models import Event, EventChain

pytestmark = pytest.mark.django_db


class Database:
    """What the migration's operations ask of a schema editor. Triggers come and go within the test's transaction."""

    connection = connection

    @staticmethod
    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def unguarded(db):
    """Somebody with the keys of the database took the triggers away."""
    append_only.remove(None, Database)


@pytest.fixture
def guarded(unguarded):
    """The triggers of the migration; a test database may do without, because it is flushed."""
    append_only.install(None, Database)


def write(count, chain=events.ADMINISTRATION):
    unit = make_unit()
    return [events.write(f"act-{n}", by=None, obj=unit, chain=chain, after={"n": n}) for n in range(count)]


# --- Writing -----------------------------------------------------------------------------------
def test_an_event_copies_who_did_it_and_as_what():
    unit = make_unit("Sở Giao thông vận tải")
    person = make_user(full_name="Lê Thị Hà")
    give_role(person, Role.CLERK, unit)
    event = events.write("act", by=person, obj=unit, before={"a": 1}, after={"a": 2})
    person.full_name, unit.name = "Tên khác", "Tên khác"
    person.save()
    unit.save()
    event.refresh_from_db()
    assert (event.actor_name, event.actor_post) == ("Lê Thị Hà", "Văn thư, Sở Giao thông vận tải")
    assert event.object_label == "Sở Giao thông vận tải"
    assert list(events.faults()) == []


def test_the_record_speaks_vietnamese_whatever_the_page_speaks():
    person = make_user(full_name="Lê Thị Hà")
    unit = make_unit("Sở Giao thông vận tải")
    give_role(person, Role.CLERK, unit)
    with translation.override("en"):
        event = events.write("act", by=person, obj=unit)
    assert event.actor_post == "Văn thư, Sở Giao thông vận tải"


def test_many_events_are_the_same_as_one_after_another():
    unit, moment = make_unit(), clock.now()
    with clock.travel(moment):
        one_by_one = [events.write("act", by=None, obj=unit, chain="a", after={"n": n}) for n in range(5)]
        together = events.write_all(
            [events.Entry("act", unit, after={"n": n}) for n in range(5)], by=None, chain="b"
        )
    assert [e.sequence for e in together] == [e.sequence for e in one_by_one] == [1, 2, 3, 4, 5]
    assert all(event.pk for event in together)
    assert list(events.faults()) == []
    assert EventChain.objects.get(pk="b").hash == together[-1].hash


def test_an_act_that_fails_leaves_no_event():
    def fail():
        with transaction.atomic():
            write(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Event.objects.exists()
    assert not EventChain.objects.exists()


# --- Tampering ---------------------------------------------------------------------------------
CHANGES = {
    "at": lambda e: e.at + timedelta(seconds=1),
    "actor_name": lambda e: e.actor_name + "x",
    "actor_post": lambda e: e.actor_post + "x",
    "verb": lambda e: e.verb + "x",
    "object_type": lambda e: "directive",
    "object_id": lambda e: e.object_id + 1,
    "object_label": lambda e: e.object_label + "x",
    "before": lambda e: {"x": 1},
    "after": lambda e: {"n": -1},
    "note": lambda e: e.note + "x",
    "previous_hash": lambda e: "0" * 64,
    "hash": lambda e: "0" * 64,
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    count=st.integers(1, 6),
    place=st.integers(0, 5),
    field=st.sampled_from(sorted(CHANGES)),
    mend=st.booleans(),
)
@pytest.mark.usefixtures("unguarded")
def test_a_changed_event_is_found(count, place, field, mend):
    """Even when the hash of the changed event itself was mended, unless everything after it was too."""
    with transaction.atomic():
        write(count)
        victim = Event.objects.order_by("sequence")[place % count]
        setattr(victim, field, CHANGES[field](victim))
        if mend and field != "hash":
            victim.hash = events.digest(victim)
        victim.save()
        assert list(events.faults())
        transaction.set_rollback(True)


@pytest.mark.usefixtures("unguarded")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(count=st.integers(2, 6), place=st.integers(0, 5))
def test_a_removed_event_is_found(count, place):
    with transaction.atomic():
        write(count)
        Event.objects.filter(sequence=place % count + 1).delete()
        assert list(events.faults())
        transaction.set_rollback(True)


@pytest.mark.usefixtures("unguarded")
def test_events_that_changed_places_are_found():
    first, second = write(2)
    Event.objects.filter(pk=first.pk).update(sequence=99)
    Event.objects.filter(pk=second.pk).update(sequence=1)
    Event.objects.filter(pk=first.pk).update(sequence=2)
    assert list(events.faults())


@pytest.mark.usefixtures("unguarded")
def test_a_fault_in_one_chain_is_no_fault_of_another():
    write(2, chain="one")
    write(2, chain="two")
    Event.objects.filter(chain="one", sequence=1).update(note="x")
    assert {row.chain for row, _reason in events.faults()} == {"one"}
    assert list(events.faults("two")) == []


# --- Append-only -------------------------------------------------------------------------------
ATTACKS = {
    "update": lambda event: Event.objects.filter(pk=event.pk).update(note="x"),
    "delete": lambda event: Event.objects.filter(pk=event.pk).delete(),
    "raw update": lambda event: Database.execute("UPDATE units_event SET note = 'x'"),
    "raw delete": lambda event: Database.execute("DELETE FROM units_event"),
}


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses_to_change_the_record(attack):
    (event,) = write(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ATTACKS[attack](event)
    write(1)
    assert Event.objects.get(pk=event.pk).note == ""
    assert Event.objects.count() == 2


# --- The command -------------------------------------------------------------------------------
def test_verify_events_says_what_is_there(capsys):
    write(3)
    write(2, chain="d1")
    call_command("verify_events")
    told = capsys.readouterr().out
    assert "events: 5" in told
    assert "chains: 2" in told
    assert events.anchor() in told


@pytest.mark.usefixtures("unguarded")
def test_verify_events_names_the_first_bad_row():
    bad = write(3)[1]
    Event.objects.filter(pk=bad.pk).update(note="x")
    with pytest.raises(CommandError, match=f"event {bad.pk}, chain administration, sequence 2: content"):
        call_command("verify_events")


@pytest.mark.usefixtures("unguarded")
def test_an_anchor_holds_while_the_record_grows_and_breaks_when_its_end_is_cut(tmp_path, capsys):
    anchor = tmp_path / "anchor.json"
    write(3)
    call_command("verify_events", anchor=anchor)
    assert json.loads(anchor.read_text())["digest"] == events.anchor()
    write(2)
    call_command("verify_events", anchor=anchor)
    assert "holds" in capsys.readouterr().out
    Event.objects.filter(sequence__gt=2).delete()
    last = Event.objects.get(sequence=2)
    EventChain.objects.update(sequence=2, hash=last.hash)
    call_command("verify_events")
    with pytest.raises(CommandError, match="chain administration"):
        call_command("verify_events", anchor=anchor)


@pytest.mark.usefixtures("unguarded")
def test_an_anchor_finds_a_record_written_anew(tmp_path):
    anchor = tmp_path / "anchor.json"
    write(2)
    call_command("verify_events", anchor=anchor)
    Event.objects.all().delete()
    EventChain.objects.all().delete()
    write(2)
    with pytest.raises(CommandError, match="no longer holds"):
        call_command("verify_events", anchor=anchor)


def test_a_file_that_is_no_anchor_is_told(tmp_path):
    anchor = tmp_path / "anchor.json"
    anchor.write_text("{}")
    with pytest.raises(CommandError, match="not an anchor"):
        call_command("verify_events", anchor=anchor)
