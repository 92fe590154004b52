"""On which day of each period a recurring report is wanted, as papers print it; nothing that is not printed."""

import pytest

from directives.parsing import Rhythm, read_rhythm


@pytest.mark.parametrize(
    ("words", "recurrence", "found"),
    [
        (
            "Định kỳ hằng quý, báo cáo trước ngày 15 của tháng cuối quý",
            "quarterly",
            Rhythm("quarterly", "last_month", 15),
        ),
        ("Báo cáo kết quả trước ngày 15 của tháng cuối quý", None, Rhythm("quarterly", "last_month", 15)),
        ("gửi báo cáo trước ngày 20 hằng tháng", "monthly", Rhythm("monthly", "last_month", 20)),
        ("Hàng tháng, báo cáo trước ngày 25", "monthly", Rhythm("monthly", "last_month", 25)),
        (
            "định kỳ 6 tháng, báo cáo trước ngày 15/6 và 15/12",
            "half-yearly",
            Rhythm("half-yearly", "last_month", 15),
        ),
        (
            "định kỳ 6 tháng, báo cáo trước ngày 05/7 và 05/01",
            "half-yearly",
            Rhythm("half-yearly", "next_month", 5),
        ),
        ("hằng quý trước ngày 05 của tháng đầu quý sau", "quarterly", Rhythm("quarterly", "next_month", 5)),
        ("hằng tháng trước ngày 05 của tháng sau", "monthly", Rhythm("monthly", "next_month", 5)),
        ("trước ngày 15/12 hằng năm", "yearly", Rhythm("yearly", "day_of_year", 15, 12)),
        ("hằng năm, báo cáo trước ngày 15 tháng 11", "yearly", Rhythm("yearly", "day_of_year", 15, 11)),
        ("trước 16h00 thứ Sáu hằng tuần", "weekly", Rhythm("weekly", "weekday", 6)),
        (
            "Hằng quý, trong 02 ngày làm việc sau ngày chốt số liệu",
            "quarterly",
            Rhythm("quarterly", "working_days", 2),
        ),
    ],
)
def test_a_printed_rule_is_read(words, recurrence, found):
    assert read_rhythm(words, recurrence) == found


@pytest.mark.parametrize(
    ("words", "recurrence"),
    [
        ("Báo cáo hằng quý", "quarterly"),
        ("trước ngày 15 tháng cuối quý II/2024", None),
        ("trước ngày 15/6/2024", None),
        ("định kỳ 6 tháng, báo cáo trước ngày 15/6 và 20/12", "half-yearly"),
        ("định kỳ 6 tháng, báo cáo trước ngày 20/5 và 20/11", "half-yearly"),
        ("Hằng quý báo cáo; hằng tháng trước ngày 20 gửi số liệu", "quarterly"),
        ("hằng quý trước ngày 15 của tháng cuối quý, hằng tháng trước ngày 20", "quarterly"),
        ("trước ngày 45 hằng tháng", "monthly"),
        ("trước ngày 20 của tháng sau", None),
        ("", None),
    ],
)
def test_what_is_not_surely_said_is_not_read(words, recurrence):
    assert read_rhythm(words, recurrence) is None
