"""Months, periods side by side, and units level by level: what the dashboard compares."""

import re
from collections import Counter
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.template.loader import get_template

from directives import compliance, periods, tracking
from directives.compliance import Key, Level, Span, Tally
from directives.enums import Duty
from directives.models import Assignment
from directives.templatetags import charts
from directives.views.figures.dashboard import DOCUMENTS
from tests.factories import Office, assignments_of, make_unit, make_user
from tests.figures_world import NUMBER, get, html, mixed_document
from units import clock
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def year(office):
    """Work of four months: each month two rooms are in time, the third is late or has not begun."""
    given = []
    for back in (4, 3, 2, 1):
        with clock.travel(clock.now() - timedelta(days=30 * back)):
            given.append(office.issue(tasks=1, due_in=10))
        first, second, third = assignments_of(given[-1])
        with clock.travel(clock.now() - timedelta(days=30 * back - 5)):
            office.accept(first), office.accept(second)
        if back % 2:
            with clock.travel(clock.now() - timedelta(days=30 * back - 15)):
                office.accept(third)
    return given


# --- Months ------------------------------------------------------------------------------------


def months():
    return compliance.months_until(clock.today(), 12)


def test_the_months_end_with_the_day_and_follow_each_other():
    found = compliance.months_until(date(2024, 2, 29), 3)
    assert [(one.first, one.last) for one in found] == [
        (date(2023, 12, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ]


@pytest.mark.parametrize("days_ago", [0, 1, 40])
def test_a_month_has_what_fell_due_in_it_and_what_was_reported_in_it(office, year, days_ago):
    as_of = clock.today() - timedelta(days=days_ago)
    visible = compliance.visible(office.leader)
    due = compliance.by_due_month(visible, as_of, months(), "unit__path")
    done = compliance.by_done_month(visible, as_of, months(), "unit__path")
    for one in months():
        in_month = Assignment.objects.filter(due_on__range=(one.first, one.last), issued_on__lte=as_of)
        counted = sum((tally for (month, _path), tally in due.items() if month == one.first), Tally())
        assert counted.total == in_month.count(), one.key
        reported = Assignment.objects.filter(reported_on__range=(one.first, one.last))
        told = sum((tally for (month, _path), tally in done.items() if month == one.first), Tally())
        assert told.done == reported.filter(reported_on__lte=as_of).count(), one.key


def test_the_page_shows_twelve_months_and_their_rates(office, year):
    shown = get(office.leader, "/thong-ke/").context["months"]
    assert [one.key for one in shown] == [one.key for one in months()]
    due = [one for one in shown if one.due.total]
    assert sum(one.due.fallen_due for one in due) == 12
    assert sum(one.due.done_timely for one in due) == 8
    assert sum(one.finished.done for one in shown) == 10
    for one in due:
        assert one.rate == one.due.done_timely / one.due.fallen_due


def test_of_a_past_period_the_months_end_with_it(office, year):
    past = clock.today().year - 1
    shown = get(office.leader, "/thong-ke/", ky=f"{past}-Q2", **{"vai-tro": "tat-ca"}).context["months"]
    assert (shown[0].key, shown[-1].key) == (f"{past - 1}-M07", f"{past}-M06")


def test_the_charts_say_what_they_conclude_and_have_a_table(office, year):
    shown = html(get(office.leader, "/thong-ke/"))
    labels = re.findall(r'<svg class="chart"[^>]*role="img" aria-label="([^"]+)"', shown)
    assert labels[0].startswith("Tỷ lệ đúng hạn theo tháng đến hạn: ")
    assert labels[1].endswith(": 10, trong đó 2 quá hạn")
    assert "Bảng số liệu theo tháng" in shown
    assert "style=" not in shown


def test_where_nothing_fell_due_or_was_done_the_charts_say_so(office):
    office.issue(tasks=1, due_in=10)
    shown = html(get(office.leader, "/thong-ke/"))
    assert "Chưa có nhiệm vụ hoàn thành</text>" in shown
    assert "Chưa có nhiệm vụ đến hạn</text>" in shown


def test_a_month_alone_is_no_course_and_one_between_gaps_is_a_dot():
    lone, end = f'r="{charts.SPARK_LONE}"', f'r="{charts.SPARK_END}"'
    assert "<svg" not in charts.spark([None, 0.5, None])
    drawn = charts.spark([0.5, None, 1.0, 1.0])
    assert drawn.count(end) == 1
    assert drawn.count("h0") == 2
    assert drawn.count("l61 0") == 1
    assert drawn.count(lone) == 1
    assert lone not in charts.spark([0.5, 0.5, None, 1.0])


@pytest.mark.parametrize(("done", "written"), [(99_999, 12), (100_000, 2)])
def test_numbers_too_long_to_stand_side_by_side_leave_the_highest_and_the_last(done, written):
    months = []
    for n in range(12):
        finished = Tally(Counter({Key("done_early", "lead", False): done if n == 3 else done - 1 - n}))
        months.append(SimpleNamespace(first=date(2025, n + 1, 1), finished=finished))
    columns = charts.finished_chart(months)["columns"]
    assert all(one.is_drawn for one in columns)
    assert sum(bool(one.total) for one in columns) == written
    assert columns[3].total
    assert columns[11].total


def test_each_month_has_its_dot_and_the_first_the_last_and_the_lowest_their_number():
    rates = [0.9, 0.8, 0.5, 0.7, None, 0.95]
    months = [SimpleNamespace(first=date(2025, n + 1, 1), rate=rate) for n, rate in enumerate(rates)]
    told = charts.rate_chart(months)
    assert [one.words for one in told["points"]] == [charts.percent(rate) for rate in (0.9, 0.5, 0.95)]
    drawn = get_template("components/chart_rates.html").render(told)
    (named,) = re.findall(r'marker-mid="url\(#(\w+)\)"', drawn)
    assert f'<marker id="{named}"' in drawn


def test_a_target_is_shown_where_one_is_set(office, year, settings):
    assert "mục tiêu" not in html(get(office.leader, "/thong-ke/"))
    settings.RATE_TARGET = 90.0
    shown = html(get(office.leader, "/thong-ke/"))
    assert 'class="tgt"' in shown
    assert "mục tiêu 90,0\N{NO-BREAK SPACE}%" in shown


# --- Periods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2024-Q1", "2023-Q4"),
        ("2024-Q1c", "2023-Q4c"),
        ("2024-M03", "2024-M02"),
        ("2024", "2023"),
        ("2024c", "2023c"),
        ("2024-H2", "2024-H1"),
        ("2024-W01", "2023-W52"),
        ("2024-03-01", "2024-02-29"),
    ],
)
def test_the_period_before_has_a_name_and_the_days_that_are_compared(key, before):
    assert periods.preceding(key).key == before
    span = Span.named(key).before()
    assert (span.first, span.last) == (periods.read(before).first, periods.read(before).last)


@pytest.mark.parametrize(("tasks", "before", "change"), [(5, 0, 50), (4, None, None), (2, None, None)])
def test_the_rate_is_set_beside_that_of_the_period_before(office, tasks, before, change):
    """Last month one of three units was late, this month nobody: the day in the middle of a month keeps both apart. A unit
    that had fewer than five to be measured by is compared with nothing."""
    with clock.travel(clock.now().replace(year=2025, month=5, day=2)):
        for one in assignments_of(office.issue(tasks=tasks, due_in=10)):
            if one.unit_id != office.rooms[0].pk:
                office.accept(one)
    with clock.travel(clock.now().replace(year=2025, month=6, day=2)):
        for one in assignments_of(office.issue(tasks=tasks, due_in=10)):
            office.accept(one)
    with clock.travel(clock.now().replace(year=2025, month=6, day=20)):
        answer = get(office.leader, "/thong-ke/", ky="2025-M06")
        assert answer.context["rate_before"] == pytest.approx(2 / 3)
        shown = " ".join(re.sub("<[^>]+>", "", html(answer)).split())
        # Of June count those that are still late from May, and three times as many done in time.
        assert "75,0 % nhiệm vụ đến hạn được hoàn thành đúng hạn, tăng 8,3 điểm so với tháng 5/2025" in shown
        late = next(one for one in answer.context["units"] if one.tally.overdue)
        assert (late.rate_before, late.change) == (before, change)
        assert (answer.context["today"] - late.oldest).days == 39
        assert "39 ngày" in shown
        alone = get(office.leader, "/thong-ke/", ky="2025-M06", **{"don-vi": office.rooms[0].pk})
        assert alone.context["lead"].rate_headline == 0.5
        assert alone.context["change"] == change
        assert get(office.leader, "/thong-ke/").context["change"] is None


@pytest.mark.parametrize(
    ("rate", "before", "points"),
    [
        (0.871, 0.839, 3.2),
        (1 / 16, 3 / 16, -12.5),
        (1 / 16, 0.0, 6.3),
        (0.5, 0.5, 0),
        (0.25, 0.75, -50),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_points_are_the_difference_of_the_rates_as_printed(rate, before, points):
    assert compliance.points(rate, before) == points


def test_the_periods_to_choose_from_keep_the_other_filters(office, year):
    answer = get(office.leader, "/thong-ke/", **{"don-vi": office.rooms[0].pk, "vai-tro": "tat-ca"})
    chosen = {name: current for name, _url, current in answer.context["scope"].periods}
    assert list(chosen) == ["Tháng này", "Quý này", "Năm nay", "Từ trước đến nay"]
    assert [name for name, current in chosen.items() if current] == ["Từ trước đến nay"]
    for _name, url, _current in answer.context["scope"].periods:
        following = get(office.leader, f"/thong-ke/{url}").context["scope"]
        assert (following.chosen["unit"], following.duty) == (office.rooms[0].pk, "tat-ca")


# --- Level by level ----------------------------------------------------------------------------


@pytest.fixture
def province():
    """A province with two departments, of which one has a room below a room."""
    top = Office(rooms=0)
    one, two = Office(rooms=2, parent=top.unit), Office(rooms=1, parent=top.unit)
    below = make_unit("Trạm", parent=one.rooms[0])
    one.heads[below] = make_user(Role.HEAD, below)
    top.issue(tasks=1, to=[one.unit, two.unit])
    with clock.travel(clock.now() - timedelta(days=30)):
        late = one.issue(tasks=2, due_in=10, to=[*one.rooms, below])
    one.accept(assignments_of(late)[0])
    two.issue(tasks=3)
    return top, one, two, below


def test_one_gets_down_from_the_province_to_the_rows(province):
    top, one, two, below = province
    answer = get(top.leader, "/thong-ke/")
    assert totals(answer) == {(one.unit.pk, False): 7, (two.unit.pk, False): 4}
    answer = get(top.leader, f"/thong-ke/don-vi/{one.unit.pk}/")
    assert totals(answer) == {
        (one.unit.pk, True): 1,
        (one.rooms[0].pk, False): 4,
        (one.rooms[1].pk, False): 2,
    }
    assert "việc của chính đơn vị" in html(answer)
    answer = get(top.leader, f"/thong-ke/don-vi/{one.rooms[0].pk}/")
    assert totals(answer) == {(one.rooms[0].pk, True): 2, (below.pk, False): 2}
    assert [name for _pk, name in answer.context["way"]] == [top.unit.name, one.unit.name]
    answer = get(top.leader, f"/thong-ke/don-vi/{below.pk}/")
    assert totals(answer) == {(below.pk, True): 2}
    (name,) = re.findall(r'<th scope="row"><a href="([^"]+)">Trạm</a>', html(answer))
    assert get(top.leader, unescape(name)).context["count"] == 2


def totals(answer):
    return {(one.unit_id, one.alone): one.tally.total for one in answer.context["units"]}


def test_months_of_what_was_reported_in_a_month_or_due_in_one_count_no_other(office, year):
    """Each month's numbers keep the other narrowing: what fell due in September of what was reported in October."""
    reported = f"{clock.today() - timedelta(days=95):%Y-M%m}"
    for narrowing in ({"bao-cao-trong": reported}, {"han-trong": reported}):
        links = NUMBER.findall(html(get(office.leader, "/thong-ke/", **narrowing)))
        assert any("han-trong" in url and "bao-cao-trong" in url for url, _number in links)
        for url, number in links:
            assert get(office.leader, unescape(url)).context["count"] == int(number), url


LATER = [pytest.param(query, marks=pytest.mark.long) for query in ("?ky=", "?theo-nam=")]


@pytest.mark.walk
@pytest.mark.parametrize("query", ["", "?vai-tro=tat-ca", "?ngay=", *LATER])
def test_every_number_of_every_level_leads_to_exactly_its_rows(province, query):
    top, one, _two, _below = province
    query = query.replace("ngay=", f"ngay={clock.today() - timedelta(days=5):%d/%m/%Y}")
    query = query.replace("theo-nam=", f"ky={clock.today().year}")
    for address in ("/thong-ke/", f"/thong-ke/don-vi/{one.unit.pk}/", f"/thong-ke/don-vi/{one.rooms[0].pk}/"):
        links = NUMBER.findall(html(get(top.leader, address + query)))
        assert links
        for url, number in links:
            assert get(top.leader, unescape(url)).context["count"] == int(number), (address, url)


def test_the_filters_go_along_on_the_way_down(province):
    top, one, _two, _below = province
    shown = html(get(top.leader, "/thong-ke/", ky=f"{clock.today().year}"))
    assert f'href="/thong-ke/don-vi/{one.unit.pk}/?ky={clock.today().year}' in unescape(shown)


def test_a_unit_that_received_nothing_is_the_way_down_to_those_below(province):
    top, one, _two, _below = province
    between = make_unit("Chi cục", parent=one.unit)
    room = make_unit("Phòng của Chi cục", parent=between)
    one.issue(tasks=1, to=[room])
    row = next(one for one in get(one.leader, "/thong-ke/").context["units"] if one.name == "Chi cục")
    assert (row.unit_id, row.tally.total, row.alone) == (between.pk, 1, False)
    assert totals(get(one.leader, f"/thong-ke/don-vi/{between.pk}/")) == {(room.pk, False): 1}
    assert get(Office().leader, f"/thong-ke/don-vi/{between.pk}/").status_code == 404


def test_who_sees_units_here_and_there_sees_each_alone(office):
    """The office gives work to a neighbour too: what both lie below is not the office's to add up."""
    top = make_unit("Tỉnh")
    office.unit.parent = top
    office.unit.save()
    neighbour = make_unit("Sở bên", parent=top)
    office.issue(tasks=1, to=[*office.rooms, neighbour])
    found = get(office.leader, "/thong-ke/").context
    assert {one.unit_id for one in found["units"]} == {*(room.pk for room in office.rooms), neighbour.pk}
    assert not found["folded"]


def test_a_level_puts_each_unit_into_one_row():
    level = Level("000001/")
    rows = {path: level.row_of(path) for path in ("000001/", "000001/000002/", "000001/000002/000003/")}
    assert list(rows.values()) == ["000001/", "000001/000002/", "000001/000002/"]
    assert [level.is_alone(row) for row in rows.values()] == [True, False, False]
    assert Level().row_of("000001/000002/") == "000001/000002/"


def test_ranks_and_rates_are_of_the_whole_row(province):
    top, one, _two, _below = province
    answer = get(top.leader, "/thong-ke/")
    row = next(row for row in answer.context["units"] if row.unit_id == one.unit.pk)
    lead = compliance.tally(
        Assignment.objects.filter(unit__path__startswith=one.unit.path), clock.today()
    ).only(Duty.LEAD)
    assert row.tally.only(Duty.LEAD) == lead
    assert row.is_ranked


def test_the_documents_are_the_newest_with_unfinished_work(office):
    old = mixed_document(office)
    given = [office.issue(tasks=1, title=f"V/v việc {n}") for n in range(DOCUMENTS + 1)]
    for one in assignments_of(given[-1]):
        office.accept(one)
    found = get(office.leader, "/thong-ke/").context["documents"]
    assert {one.directive_id for one in found} == {one.pk for one in given[:DOCUMENTS]}
    assert old.pk not in {one.directive_id for one in found}


def test_work_that_was_sent_back_leaves_the_month_of_its_report(office, year):
    row = Assignment.objects.filter(state="accepted").first()
    before = finished(office)
    tracking.reopen(row, by=office.monitor, reason="Kết quả chưa đúng")
    assert finished(office) == before - 1


def finished(office):
    return sum(one.finished.done for one in get(office.leader, "/thong-ke/").context["months"])
