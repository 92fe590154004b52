"""What goes on between issue and report in the demo world: work given to a person, urged, extended, asked about."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from directives import tracking
from directives.models import Assignment
from units.models import User

from .people import HEADS, cell, person


def acts_between(letter, today: date) -> Iterator[tuple[int, Callable]]:
    """(days before today, act) of the letter's quieter days."""

    def of(unit, task) -> tuple[Assignment, User]:
        return cell(letter, unit, task), person(HEADS[unit])

    def later(days):
        return today + timedelta(days=days)

    yield 12, lambda: _give(*of("KCHT", 3), to="chuyenvien", by_day=later(2))
    yield (
        6,
        lambda: _note(
            of("KCHT", 3)[0], by="chuyenvien", percent=60, text="Đã có dự thảo tin, bài; đang lấy ý kiến."
        ),
    )
    yield 9, lambda: _extended(*of("QLCL", 4), first=later(28))
    yield 5, lambda: _urged(cell(letter, "KCHT", 1), reply_by=later(1))
    yield 3, lambda: _asks_for_time(*of("BQLDA", 1), due_on=later(7))
    yield 3, lambda: _declined(*of("CVDT", 4), unit=cell(letter, "VP", 4).unit)
    yield 2, lambda: _stuck(*of("BQLDA", 3))
    yield 2, lambda: _paused(cell(letter, "BQLBX", 4), review_on=later(14))


def _give(row, head, *, to, by_day):
    tracking.delegate(row, by=head, to=person(to), internal_due_on=by_day)


def _note(row, *, by, percent, text):
    tracking.note_progress(row, by=person(by), percent=percent, text=text)


def _extended(row, head, *, first):
    reason = "Phải chờ số liệu quan trắc của nhà thầu, dự kiến có vào tuần sau."
    tracking.request_extension(row, by=head, due_on=first, reason=reason)
    tracking.extend(row, by=person("giamdoc"), due_on=first)


def _urged(row, *, reply_by):
    tracking.urge(row, by=person("theodoi"), text=tracking.proposed_urging(row), reply_by=reply_by)


def _asks_for_time(row, head, *, due_on):
    reason = "Viên chức phụ trách vừa đi tập huấn, xin lùi để phổ biến đủ cho các tổ công trường."
    tracking.request_extension(row, by=head, due_on=due_on, reason=reason)


def _declined(row, head, *, unit):
    reason = "Việc phát ngôn, cung cấp thông tin cho báo chí do Văn phòng Sở làm đầu mối theo quy chế."
    tracking.decline(row, by=head, reason=reason, unit=unit)


def _stuck(row, head):
    obstacle = "Chưa có kinh phí làm phóng sự; đề nghị Văn phòng Sở bố trí hoặc hướng dẫn nguồn."
    tracking.note_progress(row, by=head, obstacle=obstacle)


def _paused(row, *, review_on):
    reason = "Chờ tỉnh ban hành quy chế phát ngôn mới."
    tracking.pause(row, by=person("theodoi"), reason=reason, review_on=review_on)
