"""Some weeks of work: letters issued, reports sent, accepted and returned, so that every standing is seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from directives import chaining, drafting, issuing, tracking
from directives.drafting import AddresseeRow, Draft, Target, TaskRow
from directives.enums import Purpose
from directives.models import Assignment, Sector
from units import clock
from units.models import Unit, UnitGroup

from . import periodic
from .between import acts_between
from .moments import morning
from .people import HEADS, assignments, cell, person
from .photograph import photograph

TEXTS = Path(__file__).parent / "texts"
ISSUED_BEFORE = timedelta(days=45)
NOT_DATED = "Văn bản không nêu thời hạn; thực hiện thường xuyên"

# Days from the day the demo is made to the deadline of tasks 1 to 4 of the letter; None where it has none.
LETTER_DUE = (-10, None, 4, 20)
SMALL_DUE = (0, 12)

# Who did what of the letter: (unit, task) → days before the demo's day of report, and of the decision.
ACCEPTED = {
    ("VP", 1): (10, 8), ("TTR", 1): (20, 19), ("KHTC", 1): (7, 5), ("QLCL", 1): (15, 13), ("BQLBX", 1): (14, 12),
    ("TTDK", 1): (21, 20), ("TTKT", 1): (10, 9), ("TTR", 3): (6, 4), ("TTDK", 2): (12, 10), ("TTDK", 3): (9, 7),
    ("TTDK", 4): (8, 6),
}  # fmt: skip
REPORTED = {("QLVT", 1): 4, ("VP", 2): 3, ("VP", 3): 1, ("TTKT", 3): 2, ("QLCL", 3): 1}
RETURNED = {("CVDT", 3): (6, 3)}
ACKNOWLEDGED = ("KCHT", "KHTC", "TTR", "QLCL", "QLVT", "VP", "TTDK", "TTKT", "BQLBX")


SECTORS = {
    "cong-van.txt": "Thông tin, truyền thông",
    "so-lieu.txt": "Cải cách hành chính",
    "hop-giao-ban.txt": "Giao thông",
}


def tell(today: date) -> Iterator[str]:
    """Live the weeks before `today` in the order of their days."""
    letter = _issue("cong-van.txt", today, days_ago=ISSUED_BEFORE.days, due=LETTER_DUE, carry_out=3)
    yield f"issued: {letter}"
    quieter = [_Act(days_ago, 11, run) for days_ago, run in acts_between(letter, today)]
    for act in sorted([*_acts_on(letter), *quieter], key=lambda act: -act.days_ago):
        with clock.travel(morning(today - timedelta(days=act.days_ago), act.hour)):
            act.run()
    _tell_above(today)
    yield f"issued: {_tell_small(today)}"
    yield f"recorded: {periodic.tell(today)}"
    yield f"recorded: {_record_ninh_thuan(today)}"
    yield f"submitted: {_submit_briefing(today)}"
    yield f"draft: {_draft_letter(today)}"


@dataclass(frozen=True)
class _Act:
    days_ago: int
    hour: int
    run: Callable


# --- The letter of the source document ----------------------------------------------------------


def _issue(text, today, *, days_ago, due, carry_out=0):
    clerk, leader = person("vanthu"), person("giamdoc")
    day = today - timedelta(days=days_ago)
    with clock.travel(morning(day)):
        directive = _drafted(text, clerk, today, due, carry_out)
        issuing.submit(directive, by=clerk)
    with clock.travel(morning(day, 10)):
        issuing.sign(directive, by=leader)
    with clock.travel(morning(day, 14)):
        return issuing.issue(directive, by=clerk)


def _drafted(text, clerk, today, due, carry_out=0):
    """`carry_out`: how many of its tasks, from the first, carry out what a cited document gave the office."""
    office = Unit.objects.get(code="SGTVT")
    directive = drafting.create_draft((TEXTS / text).read_text(), by=clerk, office=office, incoming=False)
    read = drafting.sheet_of(directive).tasks or []
    rows = [_dated(row, today, days) for row, days in zip(read, due, strict=True)]
    if carry_out:
        above = next(one for one in chaining.offered(directive) if one.is_cited)
        rows = [replace(row, implements=above) for row in rows[:carry_out]] + rows[carry_out:]
    changes = Draft(columns={"sector": Sector.objects.get(name=SECTORS[text])}, tasks=rows)
    return drafting.save_draft(directive, by=clerk, version=directive.version, changes=changes)


def _dated(row: TaskRow, today, days) -> TaskRow:
    if days is None:
        return replace(row, undated_reason=NOT_DATED)
    return replace(row, due_on=today + timedelta(days=days))


def _acts_on(letter) -> Iterator[_Act]:
    for unit in ACKNOWLEDGED:
        yield _Act(ISSUED_BEFORE.days - 1, 8, lambda unit=unit: _acknowledge(letter, unit))
    for (unit, task), (reported, decided) in ACCEPTED.items():
        yield _Act(reported, 9, lambda unit=unit, task=task: _report(letter, unit, task))
        yield _Act(decided, 15, lambda unit=unit, task=task: _accept(letter, unit, task))
    for (unit, task), reported in REPORTED.items():
        yield _Act(reported, 9, lambda unit=unit, task=task: _report(letter, unit, task))
    for (unit, task), (reported, decided) in RETURNED.items():
        yield _Act(reported, 9, lambda unit=unit, task=task: _report(letter, unit, task))
        yield _Act(decided, 15, lambda unit=unit, task=task: _return(letter, unit, task))


def _acknowledge(directive, unit):
    for assignment in assignments(directive).filter(unit__code=f"SGTVT-{unit}"):
        tracking.acknowledge(assignment, by=person(HEADS[unit]))


def _report(directive, unit, task, *, evidence=None):
    today = clock.today()
    text = f"Đã thực hiện nội dung nhiệm vụ {task} tại đơn vị; kết quả nêu trong văn bản kèm theo."
    document = tracking.Document(f"{today.day + 20 * task}/BC-{unit}", today, "Văn phòng Sở")
    given = (
        [document, photograph(f"{unit} {task}")] if (unit, task) in {("VP", 1), ("QLVT", 1)} else [document]
    )
    return tracking.report(
        cell(directive, unit, task), by=person(HEADS[unit]), text=text, evidence=evidence or given
    )


def _accept(directive, unit, task):
    """The Office's own room is decided on by the leader."""
    who = person("giamdoc" if unit == "VP" else "theodoi")
    return tracking.accept(cell(directive, unit, task), by=who)


def _return(directive, unit, task):
    reason = "Báo cáo chưa kèm danh sách người dự phổ biến. Đề nghị bổ sung và báo cáo lại."
    return tracking.send_back(cell(directive, unit, task), by=person("theodoi"), reason=reason)


def _tell_above(today):
    """What the superiors' work the letter and 1001 carry out says of itself."""
    for code, head, paper, days_ago in (
        ("254-KH/TU", "chutich", "1001/UBND-KGVX", 40),
        ("1001/UBND-KGVX", "giamdoc", "812/SGTVT-VP", 40),
    ):
        row = Assignment.objects.select_related("directive", "task").get(directive__code=code)
        with clock.travel(morning(today - timedelta(days=days_ago), 9)):
            tracking.note_progress(row, by=person(head), text=f"Đã giao tiếp bằng Công văn {paper}.")
        with clock.travel(morning(today - timedelta(days=12), 9)):
            reason = "Theo dõi đến khi các đơn vị được giao tiếp báo cáo xong."
            row.refresh_from_db()
            tracking.review(row, by=person("ubnd"), reason=reason, review_on=today + timedelta(days=18))


# --- The others ---------------------------------------------------------------------------------


def _tell_small(today):
    """A smaller letter shows the rest: due today, done and opened again, let off, acknowledged or not."""
    small = _issue("so-lieu.txt", today, days_ago=14, due=SMALL_DUE)
    with clock.travel(morning(today - timedelta(days=6), 9)):
        _report(small, "TTDK", 2)
        _report(small, "QLVT", 2)
    with clock.travel(morning(today - timedelta(days=5), 9)):
        _accept(small, "TTDK", 2)
        _accept(small, "QLVT", 2)
        reason = "Đơn vị đã thuộc diện cung cấp số liệu theo văn bản khác."
        tracking.cancel(cell(small, "TTDK", 1), by=person("theodoi"), reason=reason)
    with clock.travel(morning(today - timedelta(days=2), 9)):
        reason = "Đầu mối vừa chuyển công tác, cần cử người khác."
        tracking.reopen(cell(small, "QLVT", 2), by=person("theodoi"), reason=reason)
    return small


def _record_ninh_thuan(today):
    """A plan without one numbered task: its tasks are made from passages of the text."""
    clerk, office = person("vanthu.ninhthuan"), Unit.objects.get(code="NT-UBND")
    with clock.travel(morning(today - timedelta(days=30))):
        directive = drafting.create_draft((TEXTS / "ke-hoach-4193.txt").read_text(), by=clerk, office=office)
        group = UnitGroup.objects.get(owner=office)
        changes = Draft(
            columns={"collecting_unit": Unit.objects.get(code="NT-STTTT"), "issuer": office},
            tasks=[replace(row, undated_reason="Văn bản không nêu thời hạn") for row in _passages(directive)],
            addressees=[
                AddresseeRow(group.name, Target(group.name, group=group), Purpose.ACT, salutation=True)
            ],
        )
        drafting.save_draft(directive, by=clerk, version=directive.version, changes=changes)
        return issuing.record(directive, by=clerk)


def _passages(directive):
    """One task more than the parser offers: a sentence of the plan that orders something."""
    start = directive.body.index("Tiếp tục triển khai có hiệu quả Quyết định")
    sentence = directive.body[start : directive.body.index("\n", start)].strip()
    return [TaskRow(text=sentence), *(drafting.sheet_of(directive).tasks or [])]


def _submit_briefing(today):
    clerk = person("vanthu")
    with clock.travel(morning(today - timedelta(days=1), 16)):
        directive = _drafted("hop-giao-ban.txt", clerk, today, (9,))
        return issuing.submit(directive, by=clerk)


def _draft_letter(today):
    """The source document as it came: no number, no day, no deadline."""
    with clock.travel(morning(today - timedelta(days=1), 17)):
        text = (TEXTS / "cong-van.txt").read_text()
        office = Unit.objects.get(code="SGTVT")
        return drafting.create_draft(text, by=person("vanthu"), office=office, incoming=False)


# --- Finding ------------------------------------------------------------------------------------
