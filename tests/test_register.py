"""Numbers: unique, without a gap, in the notation of State or Party, also when eight offices ask at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from directives import issuing, register
from directives.enums import DirectiveKind, Notation, PeriodRule
from directives.errors import Incomplete
from directives.models import Directive, Register
from tests import factories
from units import clock
from units.enums import Role
from units.models import Event

DAY = date(2024, 3, 5)


def at(year, month, day):
    return clock.travel(datetime(year, month, day, 3, tzinfo=UTC))


def paper(office, number, day, **fields):
    """A document of the office's own, numbered on paper, as the clerk enters it."""
    return issuing.record(
        office.draft(number=str(number), issued_on=day, due_in=None, **fields), by=office.clerk
    )


def issue(office, *, notation, **fields):
    """Draft, sign and issue under a notation of its own."""
    draft = office.draft(**fields)
    Directive.objects.filter(pk=draft.pk).update(notation=notation)
    draft.refresh_from_db()
    issuing.submit(draft, by=office.clerk)
    issuing.sign(draft, by=office.leader)
    return issuing.issue(draft, by=office.clerk)


@pytest.fixture
def office(db):
    return factories.Office()


class TestNumbers:
    def test_they_follow_one_another_from_01(self, office):
        assert [office.issue().code for _ in range(3)] == [
            f"{n:02d}/{office.unit.notation}-VP" for n in (1, 2, 3)
        ]

    def test_each_year_begins_again(self, office):
        with at(2024, 12, 31):
            last = office.issue()
        with at(2025, 1, 1):
            first = office.issue()
        assert [(d.period, d.ordinal) for d in (last, first)] == [("2024", 1), ("2025", 1)]

    def test_the_year_is_the_office_s_own_not_greenwich_s(self, office):
        with clock.travel(datetime(2024, 12, 31, 18, tzinfo=UTC)):
            assert office.issue().period == "2025"

    def test_a_failed_issue_gives_its_number_back(self, office):
        with transaction.atomic():
            register.take(office.register, DAY)
            transaction.set_rollback(True)
        assert register.take(office.register, DAY) == ("2024", 1)

    def test_peek_foresees_what_take_gives_and_takes_nothing(self, office):
        for _ in range(2):
            foreseen = register.peek(office.register, DAY)
            assert register.peek(office.register, DAY) == foreseen
            assert register.take(office.register, DAY)[1] == foreseen

    def test_the_database_refuses_a_number_given_twice(self, office):
        one, two = office.issue(), office.issue()
        with pytest.raises(IntegrityError), transaction.atomic():
            Directive.objects.filter(pk=two.pk).update(ordinal=one.ordinal)


class TestNotation:
    @pytest.mark.parametrize(
        ("number", "notation", "style", "code"),
        [
            ("09", "SGTVT-VP", Notation.STATE, "09/SGTVT-VP"),
            ("203", "KH-UBND", Notation.STATE, "203/KH-UBND"),
            ("254", "KH/TU", Notation.PARTY, "254-KH/TU"),
        ],
    )
    def test_code(self, number, notation, style, code):
        assert register.code(number, notation, style) == code

    @pytest.mark.parametrize(
        ("kind", "style", "notation"),
        [
            (DirectiveKind.PLAN, Notation.STATE, "KH-SO"),
            (DirectiveKind.PLAN, Notation.PARTY, "KH/SO"),
            (DirectiveKind.LETTER, Notation.STATE, "SO"),
            (DirectiveKind.LETTER, Notation.PARTY, "CV/SO"),
            (DirectiveKind.REGULATION, Notation.PARTY, "QĐi/SO"),
        ],
    )
    def test_usual_notation(self, office, kind, style, notation):
        office.unit.notation = "SO"
        assert register.usual_notation(kind, office.unit, style) == notation

    @pytest.mark.parametrize(("ordinal", "printed"), [(1, "01"), (9, "09"), (10, "10"), (812, "812")])
    def test_numbers_below_ten_take_a_zero(self, ordinal, printed):
        assert register.printed(ordinal) == printed

    def test_an_issue_is_written_in_the_register_s_notation(self, office):
        Register.objects.filter(pk=office.register.pk).update(notation=Notation.PARTY)
        assert issue(office, notation="KH/TU").code == "01-KH/TU"


class TestBooks:
    def test_a_kind_with_a_book_of_its_own_is_numbered_apart(self, office):
        plans = Register.objects.create(issuer=office.unit, name="Sổ kế hoạch", kinds=[DirectiveKind.PLAN])
        letter, plan = office.issue(), issue(office, notation="KH-SO", kind=DirectiveKind.PLAN)
        assert (letter.register, letter.ordinal) == (office.register, 1)
        assert (plan.register, plan.ordinal) == (plans, 1)

    def test_two_books_that_would_print_one_code_on_one_day_are_refused_with_a_sentence(self, office):
        Register.objects.create(issuer=office.unit, name="Sổ kế hoạch", kinds=[DirectiveKind.PLAN])
        office.issue()
        with pytest.raises(Incomplete) as refused:
            office.issue(kind=DirectiveKind.PLAN)
        assert "notation" in refused.value.fields

    def test_a_book_by_term_runs_over_the_years(self, office):
        Register.objects.filter(pk=office.register.pk).update(
            period_rule=PeriodRule.TERM, term_starts_on=date(2020, 10, 1), term_ends_on=date(2025, 9, 30)
        )
        with at(2023, 12, 31):
            first = office.issue()
        with at(2024, 1, 2):
            second = office.issue()
        assert [(d.period, d.ordinal) for d in (first, second)] == [("2020-2025", 1), ("2020-2025", 2)]

    def test_outside_its_term_a_book_gives_no_number(self, office):
        office.register.period_rule = PeriodRule.TERM
        office.register.term_starts_on, office.register.term_ends_on = date(2020, 10, 1), date(2025, 9, 30)
        for day in (date(2020, 9, 30), date(2025, 10, 1)):
            with pytest.raises(Incomplete):
                register.take(office.register, day)


class TestPaperNumbers:
    def test_they_are_blocked_and_passed_over(self, office):
        with at(2024, 3, 5):
            paper(office, 2, DAY)
            paper(office, 3, DAY)
            assert [office.issue().ordinal for _ in range(3)] == [1, 4, 5]

    def test_one_that_was_given_already_is_refused(self, office):
        with at(2024, 3, 5):
            office.issue()
            with pytest.raises(Incomplete) as refused:
                paper(office, 1, DAY)
        assert "number" in refused.value.fields

    def test_the_same_number_of_another_year_is_free(self, office):
        with at(2024, 3, 5):
            office.issue()
            assert paper(office, 1, date(2023, 12, 28)).period == "2023"

    def test_another_office_s_number_touches_no_book_of_ours(self, office):
        elsewhere = factories.Office()
        incoming = office.draft(number="1", issued_on=DAY, due_in=None)
        incoming.issuer = elsewhere.unit
        incoming.save()
        with at(2024, 3, 5):
            assert issuing.record(incoming, by=office.clerk).ordinal is None
            assert elsewhere.issue().ordinal == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestEightAtOnce:
    ISSUERS, EACH = 8, 12

    def test_no_number_twice_and_no_gap(self):
        office = factories.Office()
        signed = [self._signed(office) for _ in range(self.ISSUERS * self.EACH)]
        paper(office, 5, clock.today())
        shares = [signed[n :: self.ISSUERS] for n in range(self.ISSUERS)]
        with ThreadPoolExecutor(self.ISSUERS) as pool:
            given = [
                number
                for numbers in pool.map(lambda share: self._issue(office, share), shares)
                for number in numbers
            ]
        expected = [n for n in range(1, len(signed) + 2) if n != 5]
        assert sorted(given) == expected

    def _signed(self, office):
        draft = office.draft(tasks=1)
        issuing.submit(draft, by=office.clerk)
        return issuing.sign(draft, by=office.leader)

    def _issue(self, office, share):
        try:
            return [
                issuing.issue(Directive.objects.get(pk=draft.pk), by=office.clerk).ordinal for draft in share
            ]
        finally:
            connection.close()


@pytest.mark.django_db
def test_an_administrator_opens_a_book_that_goes_on_from_paper(client):
    other = factories.make_unit("Sở khác")
    client.force_login(factories.make_user(Role.ADMIN, other))
    form = {"issuer": other.pk, "name": "Sổ đi", "notation": "state", "period_rule": "year"}
    assert client.post("/quan-tri/directives/register/add/", form | {"last": 811}).status_code == 302
    book = Register.objects.get(issuer=other)
    assert register.peek(book, clock.today()) == 812
    assert Event.objects.filter(verb="open_register", object_id=book.pk).count() == 1
    answer = client.post(
        f"/quan-tri/directives/register/{book.pk}/change/", form | {"name": "Sổ công văn đi"}
    )
    assert answer.status_code == 302
    book.refresh_from_db()
    assert (book.name, register.peek(book, clock.today())) == ("Sổ công văn đi", 812)


@pytest.mark.django_db
def test_the_history_of_a_register_is_its_events(client):
    office = factories.Office()
    client.force_login(factories.make_user(Role.ADMIN, office.unit))
    address = f"/quan-tri/directives/register/{office.register.pk}/history/"
    sought = f"?object_type=register&object_id={office.register.pk}"
    assert client.get(address)["Location"].endswith(sought)
