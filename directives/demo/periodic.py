"""A quarterly duty of three centres: periods done in time and late, one that nobody reported, the one that runs."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from directives import drafting, issuing, recurring, tracking
from directives.models import Assignment
from units import clock
from units.models import Unit

from .moments import morning
from .people import HEADS, assignments, person

TEXT = Path(__file__).parent / "texts" / "dinh-ky.txt"
ISSUED_BEFORE = timedelta(days=250)
# Unit → days from the deadline to its report: of the newest period that is past, then of those before, in turn.
REPORTED = {"CVDT": (None, -3, -1), "TTKT": (-2, 6, -4), "BQLBX": (0, -5, -2)}
DECIDED_AFTER = timedelta(days=2)
# The daily job, as often as it changes anything here; the last time on the demo's own day.
OPENED_EVERY = 10


def tell(today: date):
    """Record the letter of some months ago and live its quarters; one period of one unit stays open and late."""
    begun = today - ISSUED_BEFORE
    with clock.travel(morning(begun, 10)):
        letter = _record(begun)
    for days in range(0, ISSUED_BEFORE.days + 1, OPENED_EVERY):
        with clock.travel(morning(begun + timedelta(days=days))):
            recurring.open_periods()
    for day, act in sorted(_acts(letter, today), key=lambda one: one[0]):
        with clock.travel(morning(day, 14)):
            act()
    return letter


def _record(day):
    """On paper before the portal was there: entered with its number, which the register keeps."""
    printed = f"{day:%d} tháng {day:%m} năm {day.year}"
    text = TEXT.read_text().replace("{ngày}", printed)
    clerk = person("vanthu")
    letter = drafting.create_draft(text, by=clerk, office=Unit.objects.get(code="SGTVT"), incoming=False)
    drafting.save_draft(
        letter,
        by=clerk,
        version=letter.version,
        changes=drafting.Draft(columns={"number": "297", "issued_on": day}),
    )
    return issuing.record(letter, by=clerk)


def _acts(letter, today) -> Iterator[tuple[date, Callable]]:
    for unit, delays in REPORTED.items():
        rows = assignments(letter).filter(unit__code=f"SGTVT-{unit}", due_on__lt=today).order_by("-due_on")
        for row, delay in zip(rows, delays, strict=False):
            if delay is not None and row.due_on + timedelta(days=delay) + DECIDED_AFTER <= today:
                reported = row.due_on + timedelta(days=delay)
                yield reported, lambda row=row, unit=unit: _report(row, unit)
                yield reported + DECIDED_AFTER, lambda row=row: _accept(row)


def _report(row, unit):
    document = tracking.Document(f"{row.due_on.day}/BC-{unit}", clock.today(), "Văn phòng Sở")
    text = "Báo cáo kết quả của quý; số liệu nêu trong văn bản kèm theo."
    tracking.report(_again(row), by=person(HEADS[unit]), text=text, evidence=[document])


def _accept(row):
    tracking.accept(_again(row), by=person("theodoi"))


def _again(row) -> Assignment:
    return assignments(row.directive).get(pk=row.pk)
