"""Deadlines printed as a period: what the words say, the day they give, and the button that sets it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from directives import drafting, issuing
from directives.calendar import is_working
from directives.drafting.deadlines import Period, counted_day, period_of, starting_day
from directives.parsing import parse
from directives.parsing.deadlines import last_day
from tests.drafting_world import World, desk_url, fields_of, work
from units import clock
from units.enums import DayKind
from units.holidays import office_calendar
from units.models import CalendarDay
from units.naming import plain_letters

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(1, 60)
WORKING = "trong vòng {} ngày làm việc"


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("trong vòng 5 ngày làm việc", Period(5, "working")),
        ("trong 03 ngày làm việc", Period(3, "working")),
        ("Trong thời hạn 05 (năm) ngày làm việc kể từ ngày ký", Period(5, "working")),
        ("trong thời hạn 10 ngày kể từ ngày ban hành Kế hoạch này", Period(10, "day")),
        ("trong thời hạn 10 ngày, kể từ ngày nhận được văn bản này", Period(10, "day")),
        ("trong thời hạn 10 ngày kể từ khi nhận được văn bản", Period(10, "day")),
        ("trong thời hạn 10 ngày kể từ ngày Quyết định này được ban hành", Period(10, "day")),
        ("chậm nhất sau 15 ngày", Period(15, "day")),
        ("chậm nhất là sau 15 ngày kể từ ngày ban hành", Period(15, "day")),
        ("trong vòng 02 tuần", Period(2, "week")),
        ("Trong thời gian 03 tháng kể từ ngày ban hành", Period(3, "month")),
        ("không quá 20 ngày kể từ ngày ký", Period(20, "day")),
        ("không quá 20 ngày", None),
        ("sau 24 giờ", None),
        ("trong vòng 24 giờ", None),
        ("trong vòng 10 ngày làm việc kể từ ngày kết thúc quý", None),
        ("trong thời hạn 10 ngày kể từ ngày nhận được văn bản đề nghị", None),
        ("trong thời hạn 10 ngày kể từ ngày ban hành Nghị quyết của Hội đồng nhân dân tỉnh", None),
        ("trong thời hạn 10 ngày kể từ ngày ký hợp đồng", None),
        ("trong vòng 5 ngày làm việc; trước ngày 30/6/2030", None),
        ("trong vòng 0 ngày", None),
        ("trong vòng 999 ngày", None),
        ("trước ngày 31/5/2024", None),
        ("", None),
    ],
)
def test_only_what_is_certain_is_counted(words, period):
    assert period_of(words) == period


def test_working_days_go_round_tet_and_the_days_worked_in_compensation():
    off = {date(2024, 2, day) for day in range(8, 15)}
    assert counted_day(WORKING.format(2), date(2024, 2, 6), off=off) == date(2024, 2, 15)
    assert counted_day(WORKING.format(1), date(2024, 5, 3), worked={date(2024, 5, 4)}) == date(2024, 5, 4)


def test_a_month_ends_on_the_same_day_or_on_its_last():
    words = "trong thời gian 01 tháng kể từ ngày ký"
    assert counted_day(words, date(2024, 1, 31)) == date(2024, 2, 29)
    assert counted_day(words, date(2024, 12, 15)) == date(2025, 1, 15)


@given(DAYS, COUNTS, st.sets(DAYS, max_size=30), st.sets(DAYS, max_size=10))
def test_a_working_day_is_one_and_the_count_is_exact(start, count, off, worked):
    end = counted_day(WORKING.format(count), start, off=off, worked=worked)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert is_working(end, off=off, worked=worked)
    assert sum(is_working(day, off=off, worked=worked) for day in days) == count


@given(DAYS, COUNTS, st.integers(0, 20), st.sampled_from(["ngày làm việc", "ngày", "tuần"]), st.sets(DAYS))
def test_later_starts_and_longer_periods_never_end_sooner(start, count, more, unit, off):
    words = f"trong thời hạn {min(count, 30)} {unit} kể từ ngày ký"
    longer = f"trong thời hạn {min(count, 30) + more} {unit} kể từ ngày ký"
    end = counted_day(words, start, off=off)
    assert end > start
    assert counted_day(words, start + timedelta(days=more), off=off) >= end
    assert counted_day(longer, start, off=off) >= end


@given(DAYS, COUNTS, st.sampled_from(["ngày làm việc", "ngày", "tháng"]))
def test_the_day_it_was_counted_from_is_found_again(start, count, unit):
    words = f"trong vòng {min(count, 12)} {unit}"
    end = counted_day(words, start)
    found = starting_day(words, end)
    assert found >= start
    assert counted_day(words, found) == end


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), COUNTS, st.sampled_from(["ngày", "tuần"]))
def test_the_parser_counts_the_same_days(start, count, unit):
    words = f"trong thời hạn {min(count, 50)} {unit} kể từ ngày ký"
    assert last_day(plain_letters(words), start) == counted_day(words, start)


@pytest.mark.parametrize("start", [date.min, date.max])
def test_a_day_of_no_office_is_counted_from_by_nobody(start):
    assert counted_day(WORKING.format(5), start) is None
    assert starting_day(WORKING.format(5), start) is None


def test_words_of_a_few_working_days_are_read_as_a_deadline():
    text = "Kính gửi: Thanh tra Sở\n\n1. Báo cáo Giám đốc Sở trong 03 ngày làm việc kể từ ngày ký.\n"
    assert parse(text).tasks[0].deadline_text == "trong 03 ngày làm việc kể từ ngày ký"


TEXT = (
    "Kính gửi: Các phòng chuyên môn, nghiệp vụ Sở\n\nSở yêu cầu:\n\n"
    "1. Rà soát các văn bản, báo cáo Giám đốc Sở trong vòng 5 ngày làm việc.\n\n"
    "2. Xây dựng kế hoạch năm 2030, hoàn thành trước ngày 31/5/2030.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)


@pytest.mark.django_db
class TestOnTheDesk:
    @pytest.fixture
    def world(self):
        return World()

    @pytest.fixture
    def clerk(self, world, client):
        client.force_login(world.clerk)
        return client

    def expected(self, start):
        days = office_calendar(start, start + timedelta(days=40))
        return counted_day(WORKING.format(5), start, **days)

    def test_the_doubt_says_the_day_and_a_button_sets_it_and_nothing_is_kept(self, clerk, world):
        draft = world.draft(TEXT)
        day = self.expected(clock.today())
        page = clerk.get(desk_url(draft)).content.decode()
        assert f"nếu ban hành hôm nay là {clock.printed_day(day)}" in page
        assert f"Đặt {clock.printed_day(day)}<" in page
        assert draft.tasks.get(label="1").due_on is None, "never silently"
        answer = work(clerk, draft, "task-due-0", title="Trích yếu đang gõ")
        assert fields_of(answer)["task-0-due_on"] == clock.printed_day(day)
        assert fields_of(answer)["title"] == "Trích yếu đang gõ"
        assert draft.tasks.get(label="1").due_on is None
        assert clerk.post(desk_url(draft), fields_of(answer) | {"act": "save"}).status_code == 302
        assert draft.tasks.get(label="1").due_on == day
        assert "task-due-0" not in clerk.get(desk_url(draft)).content.decode()

    def test_days_the_government_gave_off_are_not_counted(self, clerk, world):
        draft, day = world.draft(TEXT), self.expected(clock.today())
        CalendarDay.objects.create(day=day, kind=DayKind.OFF)
        assert self.expected(clock.today()) > day
        assert (
            f"Đặt {clock.printed_day(self.expected(clock.today()))}<"
            in clerk.get(desk_url(draft)).content.decode()
        )

    def test_a_printed_day_of_issue_is_counted_from(self, world):
        draft = world.draft(TEXT, incoming=True)
        draft.number, draft.issued_on = "5", date(2024, 4, 26)
        doubts = drafting.doubts_of(draft, drafting.sheet_of(draft), today=date(2024, 5, 1))
        found = next(doubt for doubt in doubts if doubt.proposed)
        assert found.proposed == date(2024, 5, 8), "29 April to 1 May are days off"
        assert found.reason.endswith("tính từ ngày ban hành 26/4/2024 là 08/5/2024.")

    def test_without_a_day_of_issue_nothing_is_proposed(self, world):
        draft = world.draft(TEXT, incoming=True)
        draft.number, draft.issued_on = "5", None
        doubts = drafting.doubts_of(draft, drafting.sheet_of(draft), today=date(2024, 5, 1))
        assert not [doubt for doubt in doubts if doubt.proposed]

    @pytest.mark.parametrize("act", ["task-due-1", "task-due-99", "task-due-", "task-due-²", "task-due-0-0"])
    def test_a_button_for_a_task_without_a_period_changes_nothing(self, clerk, world, act):
        draft = world.draft(TEXT)
        before = fields_of(clerk.get(desk_url(draft)))
        answer = work(clerk, draft, act)
        assert answer.status_code == 200
        assert {k: v for k, v in fields_of(answer).items() if k.startswith("task-")} == {
            k: v for k, v in before.items() if k.startswith("task-")
        }

    def test_the_review_says_that_a_deadline_was_counted_from_another_day(self, client, clerk, world):
        draft = world.draft(TEXT.replace("Sở yêu cầu", "V/v rà soát\n\nSở yêu cầu"))
        today = clock.today()
        later = self.expected(today + timedelta(days=7))
        work(clerk, draft, title="Rà soát", signer_name="Nguyễn Phong", notation="SGTVT-VP", **{
            "task-0-due_on": clock.printed_day(later)
        })  # fmt: skip
        page = clerk.get(desk_url(draft)).content.decode()
        assert f"nếu ban hành hôm nay là {clock.printed_day(self.expected(today))}" in page
        draft.refresh_from_db()
        issuing.submit(draft, by=world.clerk)
        issuing.sign(draft, by=world.office.leader)
        page = clerk.get(reverse("directive-issue", args=[draft.pk])).content.decode()
        assert "Thời hạn tính từ ngày khác" in page
        assert f"nếu ban hành hôm nay là {clock.printed_day(self.expected(today))}" in page


# --- Days on which nobody works -----------------------------------------------------------------


def reasons(world, **fields):
    draft = world.draft(TEXT)
    draft.tasks.filter(label="1").update(due_text="", **fields)
    found = drafting.doubts_of(draft, drafting.sheet_of(draft), today=date(2026, 11, 27))
    return [doubt.reason for doubt in found if doubt.anchor == "id_task-0-due_on"]


@pytest.mark.django_db
class TestDaysOff:
    @pytest.fixture
    def world(self):
        return World()

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            (date(2027, 1, 31), ["thời hạn 31/01/2027 là Chủ nhật."]),
            (date(2027, 1, 30), ["thời hạn 30/01/2027 là thứ Bảy."]),
            (date(2027, 1, 1), ["thời hạn 01/01/2027 là ngày nghỉ."]),
            (date(2027, 1, 29), []),
        ],
    )
    def test_a_deadline_of_a_draft_on_a_day_off_is_said(self, world, day, said):
        assert reasons(world, due_on=day) == said

    def test_the_first_period_due_on_a_day_off_is_said(self, world):
        monthly = {"recurrence": "monthly", "due_rule": "last_month"}
        assert reasons(world, **monthly, due_day=20) == ["thời hạn 20/12/2026 là Chủ nhật."]
        assert reasons(world, **monthly, due_day=21) == []
