"""A document whose periods have not begun: its page says who has them and from when, and no figure counts them."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from directives import compliance
from tests.figures_world import counted, get, html
from tests.recurring_world import Duties, on
from tests.test_rhythm_pages import text_of
from units import clock

pytestmark = pytest.mark.django_db

TODAY, BEGINS = "2024-09-21", "Kỳ tới, từ 01/10/2024"


@pytest.fixture
def duties():
    """Given when no report of the running quarter can come in time."""
    return Duties(issued="2024-09-20")


def page_of(duties, user, **query):
    with on(TODAY):
        return get(user, reverse("directive-detail", args=[duties.letter.pk]), **query)


def test_a_period_ahead_is_told_in_its_cell_and_counted_nowhere(duties):
    page = page_of(duties, duties.office.leader)
    said = text_of(page)
    for unit in (duties.first, duties.second):
        cell = reverse("cell", args=[duties.letter.pk, unit.pk, duties.task.pk])
        assert f'<a href="{cell}" data-g="◌">{BEGINS}</a>' in html(page)
    assert "2 đơn vị · 0 / 0 phần việc đã xong · 2 phần việc của kỳ tới" in said
    assert "2 đơn vị, kỳ đầu từ 01/10/2024" in said
    assert "Chưa giao đơn vị nào" not in said
    assert "Không giao" not in said
    assert not page.context["tally"].counts
    with on(TODAY):
        assert get(duties.office.leader, cell).status_code == 200


def test_paper_and_workbook_tell_the_period_ahead(duties):
    assert BEGINS in html(page_of(duties, duties.office.leader, **{"day-du": "1"}))
    with on(TODAY):
        answer = get(duties.office.leader, reverse("directive-matrix", args=[duties.letter.pk]))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [[cell.value for cell in row[2:]] for row in sheet.iter_rows(min_row=5)] == [[0, 0, BEGINS]] * 2


def test_what_one_number_counts_is_shown_without_what_lies_ahead(duties):
    page = page_of(duties, duties.office.leader, **{"tinh-trang": "trong-han"})
    assert BEGINS not in html(page)
    assert not page.context["matrix"].rows


def test_once_a_period_runs_its_cell_is_shown(duties):
    with on("2024-10-02"):
        matrix = compliance.matrix(duties.letter, duties.office.leader, clock.today())
    assert not any(row.ahead for row in matrix.rows)
    assert matrix.tally.total == 2


def test_a_unit_let_off_has_nothing_ahead(duties):
    row = duties.row(duties.second, "2024-Q4")
    type(row).objects.filter(pk=row.pk).update(state="cancelled")
    assert [row.unit_id for row in page_of(duties, duties.office.leader).context["whole"].rows] == [
        duties.first.pk
    ]


def test_periods_ahead_are_asked_with_the_tasks(duties):
    with on(TODAY):
        ahead = counted(duties.office.leader, reverse("directive-detail", args=[duties.letter.pk])).queries
    with on("2024-10-02"):
        begun = counted(duties.office.leader, reverse("directive-detail", args=[duties.letter.pk])).queries
    assert ahead == begun


def test_a_head_sees_the_own_coming_period_and_nothing_said_of_others(duties):
    said = text_of(page := page_of(duties, duties.office.heads[duties.first]))
    assert f"{duties.first.name}: kỳ đầu từ 01/10/2024" in said
    assert "1 đơn vị · 1 phần việc của kỳ tới" in said
    assert duties.second.name not in said
    assert "Chưa giao" not in said
    assert 'class="bar"' not in html(page)


def test_who_sees_no_row_is_not_told_that_nobody_has_the_work(duties):
    duties.letter.assignments.filter(unit=duties.second).delete()
    page = page_of(duties, duties.office.heads[duties.second])
    said = text_of(page)
    assert page.status_code == 200
    assert "Không có phần việc nào mà bạn xem được." in said
    assert "Chưa giao" not in said
    assert "đơn vị ·" not in said
    assert "0 / 0" not in said
