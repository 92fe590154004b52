"""The dashboard and the rows behind every number."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django import forms
from pytest_django.asserts import assertHTMLEqual

from directives import issuing
from directives.enums import Duty
from directives.forms.fields import JoinedSelect
from directives.models import Assignment, TaskUnit
from tests.factories import Office, assignments_of, make_unit
from tests.figures_world import NUMBER, counted, get, html, mixed_document
from tests.screens import issue_earlier, sign_in
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def mixed(office):
    return mixed_document(office)


# --- The dashboard -----------------------------------------------------------------------------


def test_a_sentence_first_and_the_formula_with_its_numbers(office, mixed):
    shown = re.sub("<[^>]+>", "", html(get(office.leader, "/thong-ke/")))
    assert "0,0\N{NO-BREAK SPACE}% nhiệm vụ đến hạn được hoàn thành đúng hạn." in shown
    assert "4 nhiệm vụ quá hạn chưa xong" in shown
    assert "0 / (0 + 1 hoàn thành quá hạn + 4 quá hạn chưa xong) = 0 / 5" in shown


def test_the_four_boxes(office, mixed):
    tally = get(office.leader, "/thong-ke/").context["tally"]
    boxes = (tally.total, tally.done, tally.done_on_time_box, tally.done_late)
    assert boxes == (6, 1, 0, 1)
    assert (tally.open, tally.open_in_time_box, tally.open_overdue_box) == (5, 0, 5)


@pytest.mark.parametrize(
    "address",
    ["/thong-ke/", "/thong-ke/?ky={year}", "/thong-ke/?ngay={past}", "/van-ban/", "/van-ban/{}/", "/"],
)
def test_every_number_leads_to_exactly_its_rows(office, mixed, address):
    office.issue(tasks=1)
    past = clock.today() - timedelta(days=12)
    address = address.format(mixed.pk, year=clock.today().year, past=past.isoformat())
    links = NUMBER.findall(html(get(office.leader, address)))
    assert links
    for url, number in links:
        behind = get(office.leader, unescape(url))
        assert (behind.context["count"], len(behind.context["found"])) == (int(number), int(number)), url


def test_the_legend_adds_up_to_the_cells_and_shows_apart_what_came_back(office, mixed):
    answer = get(office.leader, f"/van-ban/{mixed.pk}/")
    legend = html(answer).partition('<div class="legend">')[2].partition("</div>")[0]
    cells, _, within = legend.partition("Trong số chưa hoàn thành:")
    numbers = [[int(n) for n in re.findall(r"<b>(\d+)</b>", part)] for part in (cells, within)]
    assert (sum(numbers[0]), numbers[1]) == (answer.context["tally"].total, [1])


def test_two_numbers_of_what_is_late_say_what_parts_them(office, mixed):
    shown = " ".join(re.sub(r"<[^>]+>", "", html(get(office.leader, "/thong-ke/"))).split())
    assert "4 nhiệm vụ quá hạn chưa xong" in shown
    assert "5 quá hạn (trong đó 1 chờ xác nhận)" in shown
    assert "1 báo cáo chờ xác nhận chưa tính vào tỷ lệ này" in shown


def test_the_same_figures_are_one_step_away_by_group_issuer_and_sector(office, mixed):
    client = sign_in(office.leader)
    shown = html(client.get("/thong-ke/?ky=nam-nay"))
    ways = re.findall(r'href="(/thong-ke/bieu/\?[^"]*nhom=([^"&]+))"', shown)
    assert [by for _url, by in ways] == ["nhom-don-vi", "co-quan", "linh-vuc"]
    for url, by in ways:
        table = client.get(unescape(url))
        assert table.context["table"].by == by
        assert table.context["table"].total.tally == client.get("/thong-ke/?ky=nam-nay").context["tally"]


def test_support_is_counted_apart(office):
    directive = office.draft(tasks=1)
    TaskUnit.objects.create(task=directive.tasks.get(), unit=office.rooms[0], duty=Duty.LEAD)
    TaskUnit.objects.create(task=directive.tasks.get(), unit=office.rooms[1], duty=Duty.SUPPORT)
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    issuing.issue(directive, by=office.clerk)
    totals = {
        duty: get(office.leader, "/thong-ke/", **{"vai-tro": duty}).context["tally"].total
        for duty in ("", "support", "tat-ca")
    }
    assert totals == {"": 1, "support": 1, "tat-ca": 2}
    assert "Phối hợp tính riêng:" in html(get(office.leader, "/thong-ke/"))
    for address in ("/", "/van-ban/", f"/van-ban/{directive.pk}/", "/thong-ke/?vai-tro=tat-ca"):
        assert "gồm 1 phối hợp" in html(get(office.leader, address)), address
    assert "gồm 1 phối hợp" not in html(get(office.leader, "/thong-ke/"))


@pytest.mark.parametrize(("period", "most"), [("", 11), (clock.today().year, 12)])
@pytest.mark.parametrize("who", ["leader", "monitor", "clerk"])
def test_the_dashboard_takes_the_same_queries_for_one_and_for_three(office, who, period, most):
    """One more where a period is compared with the one before."""
    office.issue(to=office.rooms[:1])
    one = counted(getattr(office, who), "/thong-ke/", ky=period)
    office.issue(), office.issue(tasks=4)
    three = counted(getattr(office, who), "/thong-ke/", ky=period)
    assert len(three.context["units"]) == 3
    assert one.queries == three.queries == most


def test_the_filters_are_one_link_away_and_lie_open_where_one_is_wrong(office):
    """The names of all units would weigh more than the page."""
    office.issue(tasks=1)
    shut = html(get(office.leader, "/thong-ke/", ky=2024))
    assert "<select" not in shut
    way = re.search(r'<a class="disc" href="([^"]+)#loc">Lọc số liệu', shut)[1]
    for opened in (
        html(get(office.leader, f"/thong-ke/{unescape(way)}")),
        html(get(office.leader, "/thong-ke/", ky="x")),
    ):
        assert '<details class="disc" id="loc" open>' in opened
        assert f'<option value="{office.rooms[0].pk}">{office.rooms[0].name}</option>' in opened
    assert get(office.leader, f"/thong-ke/{unescape(way)}").context["scope"].chosen["period"] == "2024"
    marked = [
        "đang lọc" in html(get(office.leader, page))
        for page in (
            "/thong-ke/?ky=",
            "/thong-ke/?ky=2024",
            "/thong-ke/bieu/?nhom=linh-vuc",
            "/thong-ke/bieu/?ky=2024",
        )
    ]
    assert marked == [False, True, False, True]


@pytest.mark.parametrize(("rooms", "shown"), [(20, 20), (21, 15)])
def test_of_many_units_the_worst_are_shown_and_all_on_demand(rooms, shown):
    """What is said of all of them stays the same."""
    office = Office(rooms=rooms)
    late = issue_earlier(office, 60, tasks=6, due_in=10)
    for row in assignments_of(late)[::2]:
        office.accept(row)
    first, every = (get(office.leader, "/thong-ke/", **asked) for asked in ({}, {"moi-don-vi": 1}))
    assert len(first.context["units"]) == shown
    assert first.context["units"] == every.context["units"][:shown]
    assert (len(every.context["units"]), every.context["unshown"]) == (rooms, 0)
    assert (first.context["late_units"], first.context["worst"]) == (
        every.context["late_units"],
        every.context["worst"],
    )
    assert len(first.context["late_units"]) + first.context["late_unshown"] == first.context["worst"]["units"]
    rest = re.search(rf'href="([^"]+)">Và {first.context["late_unshown"]} đơn vị nữa<', html(first))
    assert get(office.leader, unescape(rest[1])).context["count"] == first.context["tally"].overdue
    way = re.search(r'href="([^"]+)#theo-don-vi">Xem tất cả các đơn vị', html(first))
    assert (f"Trên đây là {shown} đơn vị xếp trước, còn {rooms - shown} đơn vị nữa." in html(first)) == bool(
        way
    )
    assert bool(way) == (shown < rooms)
    if way:
        assert len(get(office.leader, f"/thong-ke/{unescape(way[1])}&loc=1").context["units"]) == rooms


def test_the_rows_take_the_same_queries_for_one_and_for_many(office):
    office.issue(tasks=1, to=office.rooms[:1])
    one = counted(office.monitor, "/thong-ke/phan-viec/")
    office.issue(tasks=3)
    many = counted(office.monitor, "/thong-ke/phan-viec/")
    assert (one.context["count"], many.context["count"]) == (1, 10)
    assert one.queries == many.queries <= 6


def test_a_finished_task_without_deadline_is_said_in_the_box_and_in_the_formula(office):
    dated, undated = office.issue(tasks=2), office.issue(tasks=1, due_in=None)
    office.accept(assignments_of(dated)[0]), office.accept(assignments_of(undated)[0])
    support = office.draft(tasks=1)
    TaskUnit.objects.create(task=support.tasks.get(), unit=office.rooms[0], duty=Duty.LEAD)
    TaskUnit.objects.create(task=support.tasks.get(), unit=office.rooms[1], duty=Duty.SUPPORT)
    issuing.submit(support, by=office.clerk), issuing.sign(support, by=office.leader)
    issuing.issue(support, by=office.clerk)
    for one in assignments_of(support):
        office.accept(one)
    for query, box, undated in [("", 3, 1), ("?vai-tro=tat-ca", 4, 1)]:
        shown = html(get(office.leader, f"/thong-ke/{query}"))
        said = " ".join(re.sub("<[^>]+>", "", shown).split())
        assert f"{box} đúng hạn (trong đó {undated} không có thời hạn)" in said
        assert "2 / (2 + 0 hoàn thành quá hạn + 0 quá hạn chưa xong) = 2 / 2" in said
        assert "1 việc hoàn thành không có thời hạn ở trong số đúng hạn" in said
        formula = shown.partition('class="small muted formula"')[2].partition("</p>")[0]
        numbers = re.findall(r'href="([^"]+)">(\d+)', formula)
        assert len(numbers) == 5
        for url, number in numbers:
            assert get(office.leader, unescape(url)).context["count"] == int(number), url


FEW, ALONE = (
    "Ít hơn 5 việc chủ trì đến hạn, không xếp hạng",
    "Chỉ một đơn vị có từ 5 việc chủ trì đến hạn, không xếp hạng",
)


def test_units_with_few_due_tasks_stand_in_a_group_of_their_own(office):
    first, second, third = office.rooms
    with clock.travel(clock.now() - timedelta(days=20)):
        office.issue(tasks=4, due_in=10, to=[first])
        good, _ = office.issue(tasks=5, due_in=10, to=[second]), office.issue(tasks=5, due_in=10, to=[third])
        for one in assignments_of(good):
            office.accept(one)
    answer = get(office.leader, "/thong-ke/")
    units = [(one.unit_id, one.rank) for one in answer.context["units"]]
    assert units == [(third.pk, 2), (second.pk, 1), (first.pk, None)]
    shown = html(answer)
    assert shown.index(second.name) < shown.index(FEW) < shown.index(f">{first.name}</a></th>")
    assert ALONE not in shown


def test_a_unit_without_a_rate_stands_behind_every_rate(office):
    """The first has only supported others, the second was on time: no rate is not the best rate."""
    first, second, third = office.rooms
    with clock.travel(clock.now() - timedelta(days=20)):
        draft = office.draft(tasks=6, due_in=10, to=[])
        for task in draft.tasks.all():
            TaskUnit.objects.create(task=task, unit=first, duty=Duty.SUPPORT)
            TaskUnit.objects.create(task=task, unit=third, duty=Duty.LEAD)
        issuing.submit(draft, by=office.clerk)
        issuing.sign(draft, by=office.leader)
        issuing.issue(draft, by=office.clerk)
        for one in assignments_of(office.issue(tasks=1, due_in=10, to=[second])):
            office.accept(one)
    answer = get(office.leader, "/thong-ke/?vai-tro=tat-ca")
    rates = [(one.unit_id, one.tally.rate_headline) for one in answer.context["units"]]
    assert rates == [(third.pk, 0), (second.pk, 1), (first.pk, None)]
    assert "Thứ hạng</th>" in html(answer)


def test_one_unit_alone_has_no_rank(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        office.issue(tasks=4, due_in=10, to=office.rooms[:1])
        office.issue(tasks=5, due_in=10, to=office.rooms[1:2])
    answer = get(office.leader, "/thong-ke/")
    assert [one.rank for one in answer.context["units"]] == [None, None]
    shown = html(answer)
    assert shown.index(ALONE) < shown.index(FEW)


def test_filters_of_the_address_reach_the_rows(office):
    with clock.travel(clock.now() - timedelta(days=400)):
        old = office.issue(tasks=1, due_in=500)
    new = office.issue(tasks=2)
    for query, expected in [
        ({"van-ban": old.pk}, 3),
        ({"van-ban": new.pk}, 6),
        ({"tu": f"{clock.today():%d/%m/%Y}"}, 9),
        ({"den": (clock.today() - timedelta(days=1)).isoformat()}, 3),
        ({"tu": "01/3/2020", "den": "31/3/2020"}, 0),
        ({"ky": f"{clock.today().year}"}, 9),
        ({"ky": "2020-Q1c"}, 0),
        ({"ngay": (clock.today() - timedelta(days=1)).isoformat()}, 3),
        ({"loai": "plan"}, 0),
        ({"co-quan": office.unit.pk}, 9),
        ({"don-vi": office.rooms[0].pk}, 3),
        ({"don-vi": office.unit.pk}, 9),
        ({"don-vi": office.unit.pk, "rieng": 1}, 0),
    ]:
        assert get(office.leader, "/thong-ke/", **query).context["tally"].total == expected, query
        assert get(office.leader, "/thong-ke/phan-viec/", **query).context["count"] == expected, query


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"tu": "05/3/2024", "den": "04/3/2024"}, "Ngày cuối không được trước ngày đầu."),
        ({"ngay": "31/12/2999"}, "số liệu chỉ tính đến hôm nay"),
        ({"ky": "2999-Q1"}, "Kỳ này chưa bắt đầu"),
        ({"ky": "abc"}, "Không có kỳ “abc”; hãy chọn kỳ khác."),
        ({"ky": "quy-1"}, "quy-1"),
    ],
)
def test_a_period_that_cannot_be_is_said_at_its_field(office, query, sentence):
    office.issue(tasks=1)
    answer = get(office.leader, "/thong-ke/", **query)
    assert sentence in html(answer)
    assert get(office.leader, "/thong-ke/phan-viec/", **query).status_code == 404


@pytest.mark.parametrize("query", [{"ky": "2999-Q1"}, {"ky": "2024-Q1", "ngay": "2023-12-31"}])
def test_a_refused_period_narrows_nothing_and_its_numbers_still_open_their_rows(office, mixed, query):
    plain = {name: value for name, value in query.items() if name != "ky"}
    shown = get(office.leader, "/thong-ke/", **query)
    assert shown.context["tally"] == get(office.leader, "/thong-ke/", **plain).context["tally"]
    assert not {"first", "last"} & shown.context["scope"].chosen.keys()
    for url, _number in NUMBER.findall(html(shown)):
        assert get(office.leader, unescape(url)).status_code == 200, url


@pytest.mark.parametrize("address", ["/thong-ke/", "/thong-ke/bieu/", "/thong-ke/phan-viec/"])
@pytest.mark.parametrize(
    "query",
    [
        {"tu": "01/01/0001"},
        {"den": "31/12/9999"},
        {"ngay": "20/01/0001"},
        {"ky": "0001-Q1c"},
        {"ky": "9999-12-31"},
        {"han-trong": "0001-Q1c"},
    ],
)
def test_days_at_the_ends_of_the_calendar_are_refused_in_words(office, mixed, address, query):
    answer = get(office.leader, address, **query)
    assert answer.status_code == (404 if address.endswith("phan-viec/") else 200)


def test_a_wrong_filter_is_said_and_narrows_nothing(office):
    office.issue(tasks=1)
    answer = get(office.leader, "/thong-ke/", tu="hôm qua")
    assert answer.context["tally"].total == 3
    assert f"hãy ghi như 05/3/{clock.today().year}." in html(answer)
    assert get(office.leader, "/thong-ke/phan-viec/", tu="hôm qua").status_code == 404


def test_a_unit_has_its_own_page_and_strangers_find_none(office):
    office.issue(tasks=2)
    address = f"/thong-ke/don-vi/{office.rooms[0].pk}/"
    assert get(office.leader, address).context["tally"].total == 2
    assert get(office.heads[office.rooms[0]], address).context["tally"].total == 2
    assert get(office.heads[office.rooms[1]], address).status_code == 404
    assert get(Office().leader, address).status_code == 404
    assert get(office.leader, "/thong-ke/don-vi/999999/").status_code == 404


def test_a_head_sees_the_own_figures_before_the_office_does(office):
    office.accept(assignments_of(office.issue(tasks=2))[0])
    mine = get(office.heads[office.rooms[0]], "/thong-ke/").context
    twin = get(office.heads[office.rooms[1]], "/thong-ke/").context
    assert (mine["tally"].total, mine["tally"].done, len(mine["units"])) == (2, 1, 1)
    assert (twin["tally"].total, twin["tally"].done, len(twin["units"])) == (2, 0, 1)


def test_the_rows_turn_over_without_losing_or_repeating(office):
    office.issue(tasks=18, due_in=None)
    office.issue(tasks=1)
    seen, address = [], "/thong-ke/phan-viec/"
    while address:
        answer = get(office.leader, address)
        seen += [row.pk for row in answer.context["found"]]
        address = answer.context["next_url"] and f"/thong-ke/phan-viec/{answer.context['next_url']}"
    assert sorted(seen) == sorted(Assignment.objects.values_list("pk", flat=True))
    assert len(seen) == 57


def test_a_wrong_filter_is_said_before_the_figures(office, mixed):
    for page in ("/thong-ke/", "/thong-ke/bieu/", "/thong-ke/can-quyet/"):
        field = "so-voi" if "can-quyet" in page else "tu"
        shown = html(get(office.leader, page, **{field: "hôm kia"}))
        assert "<title>Lỗi:" in shown
        assert shown.index("điều kiện lọc chưa đúng") < shown.index('filters" method="get"')
        assert "điều kiện lọc chưa đúng" not in html(get(office.leader, page))


def test_nothing_given_yet_says_so(office):
    assert "Chưa có nhiệm vụ nào mà đồng chí được xem" in html(get(office.leader, "/thong-ke/"))


def test_a_unit_below_another_does_not_count_twice(office):
    child = make_unit(parent=office.rooms[0])
    office.issue(tasks=1, to=[office.rooms[0], child])
    shown = get(office.leader, "/thong-ke/")
    assert shown.context["tally"].total == 2
    assert {one.unit_id: one.tally.total for one in shown.context["units"]} == {
        office.rooms[0].pk: 1,
        child.pk: 1,
    }
    for url, number in NUMBER.findall(html(shown)):
        assert get(office.leader, unescape(url)).context["count"] == int(number)


# --- The form of the filters ---------------------------------------------------------------------


@pytest.mark.parametrize("chosen", ["", "2", 3, "?", None])
def test_a_joined_list_is_what_the_template_of_django_draws(chosen):
    choices = [("", "Tất cả"), (2, "Sở <b>A</b> & B"), ('Kỳ "chốt"', [(3, "Quý II"), ("?", "Năm")])]
    told = {"name": "ky", "value": chosen, "attrs": {"id": "id_ky", "class": "in", "required": True}}
    drawn = [kind(choices=choices).render(**told) for kind in (forms.Select, JoinedSelect)]
    assertHTMLEqual(*drawn)
