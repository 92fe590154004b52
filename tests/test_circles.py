"""Nobody waits in a circle: whoever acts on many rows holds them all before the first, and one order holds everywhere."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from directives import issuing, lifecycle, recipients, tracking, worksheet
from directives.models import Assignment
from directives.recipients import Basis
from directives.worksheet import Line
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, make_user
from .screens import send, sign_in
from .waiting import ended_or_waits

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PROOF = [tracking.Document("1/BC", clock.today())]


def afresh(row):
    return Assignment.objects.select_related("directive", "task", "unit").get(pk=row.pk)


class Circle:
    """One transaction in two halves; between them somebody else acts, to the end or until they wait for us."""

    def __init__(self, *halves, meanwhile):
        self.faults, self.waited = [], False
        thread = Thread(target=self._run, args=(meanwhile,))
        with transaction.atomic():
            halves[0]()
            thread.start()
            self.waited = not ended_or_waits(thread, 1.5)
            for half in halves[1:]:
                half()
        thread.join(timeout=30)
        assert not thread.is_alive()

    def _run(self, act):
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - a refusal is as good as a success, a deadlock is neither
            self.faults.append(repr(fault))
        finally:
            connections.close_all()

    @property
    def closed(self):
        return [fault for fault in self.faults if "eadlock" in fault]


@pytest.fixture
def office():
    return Office(rooms=2)


def yesterdays(rows):
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
        since_on=clock.today() - timedelta(days=1)
    )
    return rows


def test_the_first_change_of_a_day_locks_the_row_alone(office):
    """The phase that ends is read from the row, not from the document, the task and the unit it hangs on."""
    mine = yesterdays([assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0] for _ in range(2)])
    head = office.head_of(mine[0])
    met = Circle(
        lambda: tracking.acknowledge(afresh(mine[0]), by=head),
        meanwhile=lambda: tracking.acknowledge(afresh(mine[1]), by=head),
    )
    assert not met.waited


def test_reported_while_cancelled_on_another_day_than_given(office):
    row = yesterdays(assignments_of(office.issue(tasks=1, to=office.rooms[:1])))[0]
    met = Circle(
        lambda: lifecycle.hold(row.directive),
        lambda: tracking.report(afresh(row), by=office.head_of(row), text="Xong", evidence=PROOF),
        meanwhile=lambda: tracking.cancel(afresh(row), by=office.monitor, reason="Thôi"),
    )
    assert not met.closed


# --- Many rows at once beside one ----------------------------------------------------------------


def two_of_one_unit(office):
    rows = assignments_of(office.issue(tasks=2, to=office.rooms[:1], due_in=10))
    staff = make_user(Role.STAFF, office.rooms[0])
    tracking.delegate(afresh(rows[1]), by=office.head_of(rows[1]), to=staff)
    return rows, staff


def holding_first(rows, act):
    """The bulk act in two halves: it holds what it will change, and then does all of it."""
    return (lambda: lifecycle.hold_all(rows)), act


@pytest.mark.parametrize("single", ["hand over", "decline"])
@pytest.mark.parametrize("many", ["together", "sheet"])
def test_several_reports_beside_an_act_on_one_of_them(office, many, single):
    rows, staff = two_of_one_unit(office)
    head = office.head_of(rows[0])
    lines = [Line(number=n, key=row.pk, text="Đang làm", percent=10) for n, row in enumerate(rows)]
    acts = {
        "together": lambda: tracking.report_together(
            [afresh(row) for row in rows], by=head, text="Xong", evidence=PROOF
        ),
        "sheet": lambda: worksheet.carry_out(lines, by=head),
    }
    singles = {
        "hand over": lambda: tracking.hand_over(staff, office.rooms[0].pk, by=head),
        "decline": lambda: tracking.decline(afresh(rows[1]), by=head, reason="Không thuộc"),
    }
    met = Circle(*holding_first(rows, acts[many]), meanwhile=singles[single])
    assert met.waited
    assert not met.closed


@pytest.mark.parametrize("single", ["withdraw", "hand over", "remove", "revoke"])
def test_several_acceptances_beside_an_act_on_one_of_them(office, single):
    directive = office.issue(tasks=1, to=office.rooms[:2], due_in=10)
    rows = sorted(assignments_of(directive), key=lambda row: row.pk)
    last = rows[-1]
    staff = make_user(Role.STAFF, last.unit)
    tracking.delegate(afresh(last), by=office.head_of(last), to=staff)
    for row in rows:
        office.report(afresh(row))
    singles = {
        "withdraw": lambda: tracking.withdraw(afresh(last), by=office.head_of(last)),
        "hand over": lambda: tracking.hand_over(staff, last.unit_id, by=office.head_of(last)),
        "remove": lambda: recipients.remove_recipient(
            directive, by=office.monitor, unit=last.unit, basis=Basis("Thôi"), drop_reports=True
        ),
        "revoke": lambda: issuing.revoke(directive, by=office.leader, reason="Sai"),
    }

    def accept_all():
        for row in rows:
            tracking.accept(afresh(row), by=office.monitor)

    met = Circle(*holding_first(rows, accept_all), meanwhile=singles[single])
    assert met.waited
    assert not met.closed


def holds_all_first(act):
    """Whether the act locks documents and rows before it changes the first row."""
    with CaptureQueriesContext(connection) as asked:
        act()
    told = [query["sql"] for query in asked]
    first = next(n for n, sql in enumerate(told) if sql.startswith('UPDATE "directives_assignment"'))
    locks = [sql for sql in told[:first] if "FOR NO KEY UPDATE" in sql and " IN (" in sql]
    tables = [
        table
        for sql in locks
        for table in ("directives_directive", "directives_assignment")
        if f'FROM "{table}" WHERE' in sql
    ]
    return tables[:2] == ["directives_directive", "directives_assignment"]


def test_every_act_on_many_rows_holds_them_first(office):
    """The halves above begin with what these acts begin with."""
    rows, staff = two_of_one_unit(office)
    head = office.head_of(rows[0])
    lines = [Line(number=n, key=row.pk, text="Đang làm") for n, row in enumerate(rows)]
    assert holds_all_first(lambda: tracking.hand_over(staff, office.rooms[0].pk, by=head))
    assert holds_all_first(lambda: worksheet.carry_out(lines, by=head))
    assert holds_all_first(
        lambda: tracking.report_together([afresh(row) for row in rows], by=head, text="Xong", evidence=PROOF)
    )


@pytest.mark.parametrize("address", ["xac-nhan/", "tra-lai/", "qua-han/"])
def test_every_bulk_screen_of_the_queue_holds_first(office, address):
    directive = office.issue(tasks=1, to=office.rooms[:2], due_in=10)
    rows = assignments_of(directive)
    picked = [str(row.pk) for row in rows]
    if address != "qua-han/":
        reports = [office.report(afresh(row)).reports.get() for row in rows]
        picked = [f"{report.assignment_id}-{report.pk}" for report in reports]
    client = sign_in(office.monitor)
    told = {"chon": picked, "reason": "Thiếu", "reply_by": clock.printed_day(clock.today())}
    assert holds_all_first(lambda: send(client, f"/cho-xu-ly/{address}", **told))
