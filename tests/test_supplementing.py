"""Proof added to work that was accepted: neither the end of the document nor a letting off wipes out what was done."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from directives import compliance, issuing, tracking
from directives.compliance import chains
from directives.enums import AssignmentState, ReportOutcome
from directives.errors import NotAllowed, WrongState
from directives.models import Assignment, Directive
from directives.rollup import keeping
from units import clock

from .factories import Office, assignments_of
from .screens import act, ago, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def rows(office):
    """Of one document: accepted, accepted with proof added a day ago, and open."""
    with ago(9):
        rows = assignments_of(office.issue(tasks=3, to=office.rooms, due_in=10))
    with ago(5):
        for row in rows[:2]:
            office.report(row)
            tracking.accept(row, by=office.monitor, quality="excellent")
    with ago(1):
        supplement(office, rows[1])
    return rows


def supplement(office, row):
    proof = [tracking.Document("1/BC", clock.today())]
    return tracking.supplement(row, by=office.head_of(row), text="Bổ sung", evidence=proof)


def outcomes(row):
    return list(row.reports.order_by("pk").values_list("outcome", flat=True))


def past(office):
    days = [clock.today() - timedelta(days=n) for n in range(1, 12)]
    return [repr(compliance.tally(compliance.visible(office.leader), day)) for day in days]


# --- It ends ------------------------------------------------------------------------------------


def test_a_revoked_document_keeps_what_was_accepted_whatever_was_added(office, rows):
    before, reported_on = past(office), rows[1].reported_on
    issuing.revoke(Directive.objects.get(), by=office.leader, reason="Ban hành nhầm")
    for row in rows:
        row.refresh_from_db()
    done = AssignmentState.ACCEPTED
    assert [row.state for row in rows] == [done, done, AssignmentState.CANCELLED]
    assert (rows[1].reported_on, bool(rows[1].accepted_at)) == (reported_on, True)
    assert outcomes(rows[1]) == [ReportOutcome.ACCEPTED, ReportOutcome.DROPPED]
    tally = compliance.tally(compliance.visible(office.leader), clock.today())
    assert (tally.total, tally.done) == (2, 2)
    assert (past(office), keeping.faults()) == (before, [])


def test_what_was_accepted_is_not_let_off_before_its_addition_is_decided(office, rows):
    row = rows[1]
    assert "cancel" not in tracking.open_verbs(office.monitor, Assignment.objects.get(pk=row.pk))
    with pytest.raises(NotAllowed):
        tracking.cancel(row, by=office.head_of(row), reason="x")
    with pytest.raises(WrongState):
        tracking.cancel(row, by=office.monitor, reason="Giao nhầm")
    answer = act(sign_in(office.monitor), row, "cancel", reason="Giao nhầm")
    assert "Hãy quyết định phần đó trước." in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, outcomes(row)[-1]) == (AssignmentState.REPORTED, ReportOutcome.PENDING)
    tracking.send_back(row, by=office.monitor, reason="Sai")
    tracking.cancel(row, by=office.monitor, reason="Giao nhầm")


def test_whoever_has_not_seen_the_addition_does_not_let_off_either(office, rows):
    with ago(4):
        row = office.report(rows[2])
    seen = Assignment.objects.get(pk=row.pk)
    tracking.accept(row, by=office.monitor)
    supplement(office, row)
    with pytest.raises(WrongState):
        tracking.cancel(seen, by=office.monitor, reason="Giao nhầm")


# --- It comes back ------------------------------------------------------------------------------


def test_what_comes_back_is_accepted_no_more(office, rows):
    """No mark of it in the workbook, no proof of it in the chain, until it is accepted again: then once."""
    row, before = rows[1], past(office)
    tracking.send_back(row, by=office.monitor, reason="Sai")
    assert outcomes(row) == [ReportOutcome.REOPENED, ReportOutcome.RETURNED]
    assert marked(office) == [("1", "Đạt xuất sắc")]
    assert proofs(row) == 0
    tracking.accept(office.report(row), by=office.monitor, quality="lessons")
    assert marked(office) == [("1", "Đạt xuất sắc"), ("2", "Đạt, cần rút kinh nghiệm")]
    assert (proofs(row), past(office)) == (1, before)


def test_what_was_never_accepted_comes_back_as_before(office, rows):
    tracking.send_back(office.report(rows[2]), by=office.monitor, reason="Sai")
    assert outcomes(rows[2]) == [ReportOutcome.RETURNED]


def marked(office):
    address = f"/van-ban/{Directive.objects.get().pk}/ma-tran.xlsx"
    book = load_workbook(BytesIO(sign_in(office.monitor).get(address).content))
    return [line[1:] for line in book["Chất lượng"].values][1:]


def proofs(row):
    return chains.with_proofs(Assignment.objects.filter(pk=row.pk), clock.today()).get().proofs
