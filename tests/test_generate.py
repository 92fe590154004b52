"""The synthetic province: as large as said, the same for the same seed, and valid enough to work in."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from directives import compliance, register, rollup, tracking
from directives.bench import loading, world
from directives.bench.scales import SCALES, Fate, Scale
from directives.enums import AssignmentState, Duty
from directives.models import (
    Assignment,
    Directive,
    Evidence,
    Phase,
    Recipient,
    Register,
    Report,
    Request,
    Task,
)
from tests.factories import Office
from units import clock
from units.models import Unit

pytestmark = pytest.mark.django_db

FEW = Scale((1, 5), 1, directives=1, wide_tasks=4, wide_units=5, fate=SCALES["XS"].fate)
TOWN = Scale((1, 4, 12, 20), 5, directives=150, wide_tasks=5, wide_units=20, fate=SCALES["S"].fate)
LOADED = Scale((1, 5), 1, directives=3, wide_tasks=2, wide_units=5, fate=SCALES["M"].fate, loaded=True)


def rows():
    owed = Assignment.objects.order_by("task_id", "unit_id")
    return list(
        owed.values_list("task__text", "unit__code", "state", "duty", "due_on", "reported_on", "is_returned")
    )


def test_the_command_makes_xs_and_prints_rows_per_table():
    out = StringIO()
    call_command("generate", scale="XS", seed=7, stdout=out)
    printed = dict(line.rsplit(maxsplit=1) for line in out.getvalue().splitlines())
    assert (printed["Directive"], printed["Task"], printed["Recipient"]) == ("1", "100", "200")
    assert printed["Assignment"] == "20,000"
    assert Assignment.objects.exclude(reported_on=None).count() == pytest.approx(10_000, rel=0.05)
    assert Report.objects.count() == Evidence.objects.exclude(code="").count()


def test_the_command_refuses_a_database_in_use():
    Office().draft()
    with pytest.raises(CommandError):
        call_command("generate", scale="XS")


@pytest.mark.parametrize("scale", [FEW, TOWN], ids=["few", "town"])
def test_one_seed_and_day_give_one_province(scale):
    def made(seed):
        with transaction.atomic():
            world.generate(scale, seed=seed, until=date(2026, 6, 30))
            found = rows()
            transaction.set_rollback(True)
        return found

    first = made(1)
    assert first == made(1)
    assert first != made(2)


def test_the_office_works_on_in_it():
    """Verbs of real people: roles, reports, registers and counters are as the portal would have left them."""
    made = world.generate(FEW, seed=1)
    waiting = Assignment.objects.filter(state=AssignmentState.REPORTED).select_related("directive").first()
    assert tracking.accept(waiting, by=made.monitor).state == AssignmentState.ACCEPTED
    owed = Assignment.objects.filter(state=AssignmentState.IN_PROGRESS).select_related("directive").first()
    proof = tracking.Document("1/BC", clock.today())
    head = made.head_of(owed.unit_id)
    assert tracking.report(owed, by=head, text="Xong", evidence=[proof]).state == AssignmentState.REPORTED
    assert Register.objects.count() == 1
    assert register.take(made.wide.register, made.wide.issued_on)[1] == made.wide.ordinal + 1


def test_what_saving_would_fill_is_filled():
    world.generate(TOWN, seed=3)
    for model, columns in [(Unit, ["path", "search"]), (Directive, ["search"])]:
        before = list(model.objects.order_by("pk").values_list(*columns))
        for row in model.objects.order_by("pk")[:40]:
            row.save()
        assert list(model.objects.order_by("pk").values_list(*columns)) == before
    connection.check_constraints()


def test_everybody_owed_was_a_recipient_and_nothing_happens_tomorrow():
    world.generate(TOWN, seed=3)
    owed = set(Assignment.objects.values_list("directive_id", "unit_id"))
    assert owed == set(Recipient.objects.values_list("directive_id", "unit_id"))
    assert not Assignment.objects.filter(reported_on__gt=clock.today()).exists()
    assert not Assignment.objects.filter(accepted_at__gt=clock.now() + timedelta(days=1)).exists()
    assert not Assignment.objects.filter(reported_on__lt=F("issued_on")).exists()


def test_shares_are_those_of_a_province():
    world.generate(TOWN, seed=3)
    owed, all_tasks = Assignment.objects.all(), Task.objects.all()
    share = owed.count() / 100
    assert owed.filter(state=AssignmentState.ACCEPTED).count() / share == pytest.approx(62, abs=12)
    assert owed.filter(duty=Duty.SUPPORT).count() / share == pytest.approx(20, abs=6)
    assert all_tasks.filter(due_on=None).count() / all_tasks.count() == pytest.approx(0.15, abs=0.05)
    assert Request.objects.count() / share == pytest.approx(5, abs=3)
    assert len({unit.path.count("/") for unit in Unit.objects.all()}) == 4


def test_the_counters_and_the_past_are_as_the_verbs_would_have_left_them():
    world.generate(TOWN, seed=3)
    assert rollup.faults() == []
    assert Phase.objects.exists()
    since = Assignment.objects.exclude(phases=None).filter(phases__last_on__gte=F("since_on"))
    assert not since.exists()
    known = compliance.tally(Assignment.objects.all(), clock.today() - timedelta(days=30))
    assert 0 < known.total < Assignment.objects.count()


def test_a_fate_is_kept():
    everything = Fate(
        done_when_due=1000, done_before_due=1000, done_undated=1000, awaiting=0, extended=0, cancelled=0
    )
    world.generate(Scale((1, 3), 1, 1, wide_tasks=3, wide_units=3, fate=everything), seed=1)
    assert set(Assignment.objects.values_list("state", flat=True)) == {AssignmentState.ACCEPTED}


@pytest.mark.postgres
def test_loading_puts_indexes_and_foreign_keys_back():
    def definitions():
        tables = [model._meta.db_table for model in world.LOADED]
        # A condition comes back with its casts spelled out, so only its presence is compared.
        indexes = [definition.partition("(state)")[0] for definition in loading._indexes(tables)[1]]
        return sorted(indexes), sorted(loading._foreign_keys(tables)[1])

    before = definitions()
    world.generate(LOADED, seed=1)
    assert Assignment.objects.exists()
    assert definitions() == before
    assert all(before)
