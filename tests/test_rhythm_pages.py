"""The screens of recurring work: the rule on the drafting desk, the periods side by side, the page that changes it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import drafting, periods, readiness, recurring
from directives.drafting import TaskRow
from directives.models import Rhythm
from directives.periods import Rule
from tests.drafting_world import World, desk_url, fields_of, key_in
from tests.factories import make_unit
from tests.recurring_world import MONTHLY, QUARTERLY, Duties, on
from units.models import UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

TODAY = "2024-10-02"
PRINTED = "1. Định kỳ hằng quý, báo cáo kết quả về Văn phòng Sở trước ngày 15 của tháng cuối quý.\n"


def text_of(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def duties():
    made = Duties()
    made.open("2024-09-20")
    return made


def cell_of(duties, **query):
    return reverse("cell", args=[duties.letter.pk, duties.first.pk, duties.task.pk], query=query or None)


# --- Periods side by side -----------------------------------------------------------------------


def test_a_cell_opens_on_what_needs_somebody_and_leads_to_the_other_periods(duties):
    client = browser(duties.office.leader)
    with on(TODAY):
        page = client.get(cell_of(duties))
        assert page.context["assignment"].period == "2024-Q3"
        shown = text_of(page)
        assert "Quý III/2024 Quá hạn 17 ngày" in shown
        assert "Quý IV/2024 Còn 74 ngày" in shown
        other = client.get(cell_of(duties, ky="2024-Q4"))
        assert other.context["assignment"].period == "2024-Q4"
        assert client.get(cell_of(duties, ky="2024-Q9")).status_code == 404
        assert client.get(cell_of(duties, ky="2024-Q4", manh=1)).status_code == 200


def test_lists_name_the_period_and_keep_apart_what_has_not_begun(duties):
    with on("2024-09-21"):
        page = browser(duties.office.heads[duties.first]).get(reverse("assignment-list"))
    groups = [(group.word, count) for group, count, _cards in page.context["sections"]]
    assert groups == [("qua-han", 1), ("ky-toi", None)]
    assert "Quý IV/2024" in text_of(page)
    with on("2024-09-21"):
        alone = browser(duties.office.heads[duties.first]).get(
            reverse("assignment-list"), {"tinh-trang": "ky-toi"}
        )
    assert [card.assignment.period for _g, _c, cards in alone.context["sections"] for card in cards] == [
        "2024-Q4"
    ]


def test_the_queue_names_the_period(duties):
    with on("2024-09-14"):
        duties.office.report(duties.row(duties.first, "2024-Q3"))
        assert "Quý III/2024" in text_of(browser(duties.office.monitor).get(reverse("queue")))


def test_a_page_of_one_period_costs_as_much_as_one_of_many():
    costs = []
    for until in ("2024-09-20", "2027-01-02"):
        duties = Duties()
        duties.open(until)
        client = browser(duties.office.leader)
        with on(until):
            client.get(cell_of(duties))
            with CaptureQueriesContext(connection) as queries:
                page = client.get(cell_of(duties))
        costs.append((len(queries), len(page.context["periods"])))
    assert costs == [(costs[0][0], 2), (costs[0][0], 11)]


def test_a_directive_with_many_recurring_tasks_costs_one_query_for_their_rules(duties):
    client = browser(duties.office.leader)
    address = reverse("directive-detail", args=[duties.letter.pk])
    with on(TODAY):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
    assert len(queries) <= 8
    assert "Hằng quý, hạn ngày 15 của tháng cuối kỳ" in text_of(page)
    assert "Quý III/2024: quá hạn 17 ngày" in text_of(page)


# --- The rule changed ---------------------------------------------------------------------------


def send(client, address, **fields):
    page = client.get(address)
    return client.post(address, {"form_key": key_in(page), **fields})


def rhythm_page(duties):
    return reverse("rhythm", args=[duties.letter.pk, duties.task.pk])


def test_the_office_changes_the_rule_on_its_page(duties):
    client = browser(duties.office.leader)
    typed = {"recurrence": "monthly", "due_rule": "next_month", "due_day": "5"}
    with on("2024-09-21"):
        assert (
            rhythm_page(duties)
            in client.get(reverse("directive-detail", args=[duties.letter.pk])).content.decode()
        )
        looked = send(client, rhythm_page(duties), **typed, act="look")
        assert (looked.status_code, Rhythm.objects.count()) == (200, 1)
        assert "Tháng 10/2024 (01/10/2024 – 31/10/2024) , hạn 05/11/2024" in text_of(looked)
        unsaid = send(client, rhythm_page(duties), **typed)
        assert (unsaid.status_code, "Hãy ghi rõ lý do." in text_of(unsaid)) == (422, True)
        wrong = send(client, rhythm_page(duties), **typed | {"due_day": "45"}, reason="Theo quyết định mới")
        assert (wrong.status_code, "Hãy ghi số từ 1 đến 31." in text_of(wrong)) == (422, True)
        done = send(client, rhythm_page(duties), **typed, reason="Theo quyết định mới")
        assert done.status_code == 302
    assert Rhythm.objects.get(ends_on=None).rule == MONTHLY
    assert duties.periods() == ["2024-Q3", "2024-M10"]


def test_the_office_ends_the_recurrence_on_its_page(duties):
    client, address = (
        browser(duties.office.monitor),
        reverse("rhythm-end", args=[duties.letter.pk, duties.task.pk]),
    )
    with on("2024-09-21"):
        key = key_in(client.get(rhythm_page(duties)))
        assert client.post(address, {"form_key": key, "reason": " "}).status_code == 422
        assert client.post(address, {"form_key": key, "reason": "Không cần nữa"}).status_code == 302
        assert client.post(address, {"form_key": key, "reason": "Không cần nữa"}).status_code == 302
    assert duties.periods() == ["2024-Q3"]


def test_the_history_tells_what_was_changed(duties):
    duties.change("2024-09-21", MONTHLY)
    with on(TODAY):
        page = browser(duties.office.heads[duties.first]).get(
            reverse("directive-history", args=[duties.letter.pk])
        )
    assert "Đổi quy định định kỳ" in text_of(page)
    assert "Mở kỳ mới" in text_of(page)


# --- The drafting desk --------------------------------------------------------------------------


@pytest.fixture
def world():
    return World()


def test_the_words_of_the_paper_are_read_as_a_rule(world):
    draft = world.draft(
        f"SỞ GIAO THÔNG VẬN TẢI\nSố: /SGTVT-VP\nKính gửi: Các phòng.\nYêu cầu các đơn vị:\n{PRINTED}"
    )
    assert draft.tasks.get().rule == QUARTERLY


def test_half_a_year_is_read_too(world):
    words = "1. Định kỳ 6 tháng, báo cáo kết quả trước ngày 15/6 và 15/12.\n"
    draft = world.draft(
        f"SỞ GIAO THÔNG VẬN TẢI\nSố: /SGTVT-VP\nKính gửi: Các phòng.\nYêu cầu các đơn vị:\n{words}"
    )
    assert draft.tasks.get().rule == Rule("half_yearly", due="last_month", day=15)


def test_the_desk_shows_the_next_periods_and_keeps_the_rule(world):
    draft = world.draft()
    client, address = browser(world.clerk), desk_url(draft)
    with on("2024-08-20"):
        typed = fields_of(client.get(address)) | {
            "task-0-recurrence": "quarterly", "task-0-due_rule": "last_month", "task-0-due_day": "15",
        }  # fmt: skip
        page = client.post(address, typed | {"act": "ky-task-0"})
        told = "Quý III/2024 (01/7/2024 – 30/9/2024) , hạn 15/9/2024"
        assert (page.status_code, told in text_of(page)) == (200, True)
        piece = client.post(address, typed | {"act": "ky-task-0"}, headers={"HX-Request": "true"})
        assert (b"<html" in piece.content, told in text_of(piece)) == (False, True)
        assert client.post(address, typed | {"act": "save"}).status_code == 302
    assert draft.tasks.order_by("position").first().rule == QUARTERLY


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"due_rule": "last_month"}, "Hãy ghi số từ 1 đến 31."),
        ({"due_on": "30/9/2024"}, "Việc định kỳ có hạn theo từng kỳ"),
        ({"due_rule": "weekday", "due_day": "3"}, "chỉ dùng cho việc hằng tuần"),
    ],
)
def test_a_rule_that_cannot_be_carried_out_is_told_at_its_field(world, rule, words):
    client, draft = browser(world.clerk), world.draft()
    typed = fields_of(client.get(desk_url(draft))) | {"task-0-recurrence": "quarterly", "act": "save"}
    page = client.post(desk_url(draft), typed | {f"task-0-{name}": value for name, value in rule.items()})
    assert (page.status_code, words in text_of(page)) == (422, True)


def test_a_recurring_task_without_a_day_is_a_doubt_and_may_be_issued(world):
    draft = world.draft()
    task = TaskRow(text="Báo cáo hằng quý", recurrence="quarterly")
    drafting.replace_tasks(draft, by=world.clerk, version=draft.version, tasks=[task])
    page = browser(world.clerk).get(desk_url(draft))
    assert "việc định kỳ chưa đặt hạn" in text_of(page)
    assert not [name for name in readiness.missing_for_submission(draft) if name.startswith("task")]
    draft.tasks.update(due_rule="last_month")
    assert [name for name in readiness.missing_for_submission(draft) if name.endswith("-rule")]


def test_the_desk_asks_the_calendar_once_for_all_rows(world):
    costs = []
    for rows in (1, 3):
        draft = world.draft()
        task = TaskRow(text="Báo cáo", recurrence="monthly", due_rule="working_days", due_day=2)
        drafting.replace_tasks(draft, by=world.clerk, version=draft.version, tasks=[task] * rows)
        client = browser(world.clerk)
        client.get(desk_url(draft))
        with CaptureQueriesContext(connection) as queries:
            client.get(desk_url(draft))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_next_periods_are_the_same_for_one_rule_and_for_many():
    day = recurring.clock.today()
    rule = Rule("monthly", "cut_off", "working_days", 2)
    assert recurring.coming_of({"a": rule, "b": QUARTERLY}, day)["a"] == recurring.coming(rule, day)


def test_the_page_says_which_running_period_the_new_rule_overlaps(duties):
    client = browser(duties.office.leader)
    typed = {"recurrence": "monthly", "due_rule": "last_month", "due_day": "15", "act": "look"}
    with on("2024-11-20"):
        shown = text_of(send(client, rhythm_page(duties), **typed))
    assert "Lưu ý: Quý IV/2024 vẫn chạy đến 31/12/2024" in shown
    assert "Báo cáo kỳ đó vẫn theo hạn 15/12/2024" in shown


def test_the_page_says_why_the_duty_comes_back_no_more(duties):
    client = browser(duties.office.leader)
    with on("2024-09-22"):
        address = reverse("rhythm-end", args=[duties.letter.pk, duties.task.pk])
        client.post(
            address, {"form_key": key_in(client.get(rhythm_page(duties))), "reason": "Đã có quy định khác"}
        )
        assert "“Đã có quy định khác”" in text_of(client.get(rhythm_page(duties)))


def test_a_day_of_every_month_is_said_so():
    assert periods.said(Rule("monthly", due="last_month", day=15)) == "Hằng tháng, hạn ngày 15 hằng tháng"
    assert "của tháng cuối kỳ" in periods.said(QUARTERLY)


# --- A unit added -------------------------------------------------------------------------------


def test_who_adds_a_unit_sees_the_rule_and_the_first_period_instead_of_a_deadline(duties):
    client = browser(duties.office.monitor)
    address = reverse("directive-add-recipient", args=[duties.letter.pk])
    late = make_unit("Phòng mới lập", parent=duties.office.unit)
    with on("2024-09-10"):
        page = client.get(address)
        assert "Hằng quý, hạn ngày 15 của tháng cuối kỳ · kỳ đầu: Quý III/2024, hạn 15/9/2024" in text_of(
            page
        )
        assert f"due_on_{duties.task.pk}" not in page.content.decode()
        typed = {"unit": late.name, "duty": "lead", f"task_{duties.task.pk}": "on", "reason": "Bổ sung"}
        assert send(client, address, **typed).status_code in (302, 303)
    assert duties.periods(late) == ["2024-Q3"]
    with on("2024-09-11"):
        recurring.end_rhythm(duties.task, by=duties.office.leader, reason="x")
    with on("2024-10-02"):
        assert "đã thôi định kỳ" in text_of(client.get(address))


def test_a_group_is_added_unit_by_unit(duties):
    UnitGroup.objects.create(name="Các phòng", owner=duties.office.unit)
    client = browser(duties.office.monitor)
    address = reverse("directive-add-recipient", args=[duties.letter.pk])
    with on("2024-09-10"):
        typed = {"unit": "Các phòng", "duty": "lead", f"task_{duties.task.pk}": "on", "reason": "Bổ sung"}
        answer = send(client, address, **typed)
    assert (answer.status_code, "Hãy bổ sung từng đơn vị." in text_of(answer)) == (422, True)
