"""The documents of the synthetic province: directives with their tasks and whom they reached."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from directives import register
from directives.bench import rows, vocabulary
from directives.bench.organisation import Organisation
from directives.bench.scales import Scale
from directives.enums import STATE_ABBREVIATIONS, DirectiveKind, DirectiveState, Notation, Purpose
from directives.models import Addressee, Directive, Recipient, RegisterCounter, Task
from units.naming import fold

CHUNK = 2_000
YEARS = 5
UNDATED, SUPPORT = 0.15, 0.24
MOST_TASKS = 50
ENDING = 0.28  # the chance that a task is the last one: 3.6 tasks a directive
SKEW = 2.2  # a few units receive most of the narrow directives
SPANS = [10, 15, 30, 30, 60, 90, 120, 180, 270, 365, 365, 540]
KINDS = [DirectiveKind.LETTER] * 6 + [
    DirectiveKind.PLAN,
    DirectiveKind.DECISION,
    DirectiveKind.NOTICE,
    DirectiveKind.INSTRUCTION,
]


@dataclass(frozen=True)
class Paper:
    """Rows of one directive."""

    directive: dict
    tasks: list[dict]
    recipients: list[dict]


def publish(org: Organisation, scale: Scale, draw, until: date) -> range:
    """Write the directives of the five years before `until`; the keys they got, the widest one's last."""
    press = _Press(org, scale, draw)
    first = press.first
    days = _issue_days(scale.directives - 1, draw, until)
    wide_on = _workday(until - timedelta(days=60))
    papers = (press.print(day) for day in days)
    for chunk in _chunks(papers):
        _write(chunk)
    _write([press.print_wide(wide_on)])
    _count_numbers(press)
    rows.settle(Directive, Task)
    return range(first, first + scale.directives)


class _Press:
    """Gives keys and numbers while directives are printed in the order of their days."""

    def __init__(self, org, scale, draw):
        self.org, self.scale, self.draw = org, scale, draw
        self.first = rows.first_id(Directive)
        self.keys, self.task_keys = count(self.first), count(rows.first_id(Task))
        self.numbers: Counter[tuple[int, int]] = Counter()

    def print(self, day):
        root, kind = self.org.issuers[0], self.draw.choice(KINDS)
        reach = self.draw.random()
        issuer = root if reach > 0.96 or self.draw.random() < 0.4 else self.draw.choice(self.org.issuers)
        wanted = min(MOST_TASKS, 1 + int(math.log(1 - self.draw.random()) / math.log(1 - ENDING)))
        return self._paper(issuer, kind, day, wanted, self._reached(issuer, reach))

    def print_wide(self, day):
        """The one directive whose matrix everybody fears."""
        units = self.org.units[1 : 1 + self.scale.wide_units]
        return self._paper(
            self.org.issuers[0], DirectiveKind.PLAN, day, self.scale.wide_tasks, units, wide=True
        )

    def _reached(self, issuer, reach):
        """Units reached: 70 % of directives go to 1–5, 26 % to 5–40, 4 % to hundreds."""
        units = self.org.units
        if reach > 0.96:
            low, high = min(100, len(units) // 2), min(1_000, len(units) - 5)
            size = int(low * (high / low) ** (self.draw.random() ** 5))
            return [unit for unit in self.draw.sample(units, size) if unit is not issuer]
        most = min(40, len(units) // 4)
        size = self.draw.randint(1, 5) if reach < 0.70 else self.draw.randint(5, most)
        drawn = {int(len(units) * self.draw.random() ** SKEW) for _ in range(size)}
        return [units[n] for n in sorted(drawn) if units[n] is not issuer] or [units[-1]]

    def _paper(self, issuer, kind, day, tasks, units, *, wide=False):
        key = next(self.keys)
        tasks = [self._task(key, n, day, wide) for n in range(1, tasks + 1)]
        recipients = [self._recipient(key, n, unit, wide) for n, unit in enumerate(units, start=1)]
        return Paper(self._directive(key, issuer, kind, day, tasks), tasks, recipients)

    def _directive(self, key, issuer, kind, day, tasks):
        self.numbers[issuer["id"], day.year] += 1
        ordinal = self.numbers[issuer["id"], day.year]
        title, clerk = vocabulary.title(self.draw), self.org.clerk_of(issuer["id"])
        notation = _notation(kind, issuer)
        number = register.printed(ordinal)
        code = register.code(number, notation, Notation.STATE)
        at = datetime.combine(day, time(2), UTC)
        return {
            "id": key,
            "kind": kind,
            "issuer_id": issuer["id"],
            "office_id": issuer["id"],
            "issuer_name": issuer["name"],
            "register_id": self.org.registers[issuer["id"]],
            "period": str(day.year),
            "ordinal": ordinal,
            "number": number,
            "notation": notation,
            "code": code,
            "title": title,
            "place": issuer["place"],
            "issued_on": day,
            "body": "\n".join(f"{task['label']}. {task['text']}" for task in tasks),
            "signer_title": vocabulary.SIGNER,
            "signed_by_id": self.org.leader_of(issuer["id"]),
            "signed_at": at,
            "state": DirectiveState.ISSUED,
            "created_by_id": clerk,
            "created_at": at,
            "updated_at": at,
            "submitted_at": at,
            "issued_at": at,
            "search": fold(f"{code} {kind.label} {title} {issuer['name']}"),
        }

    def _task(self, directive_key, position, day, wide):
        span = self.draw.choice(range(15, 151)) if wide else self.draw.choice(SPANS)
        dated = self.draw.random() >= UNDATED
        return {
            "id": next(self.task_keys),
            "directive_id": directive_key,
            "position": position,
            "label": str(position),
            "text": vocabulary.task_text(self.draw),
            "deliverable": vocabulary.deliverable(self.draw),
            "due_on": day + timedelta(days=span) if dated else None,
            "undated_reason": "" if dated else vocabulary.NO_DEADLINE,
        }

    def _recipient(self, directive_key, position, unit, wide):
        supports = position > 1 and not wide and self.draw.random() < SUPPORT
        return {
            "directive_id": directive_key,
            "unit_id": unit["id"],
            "unit_name": unit["name"],
            "purpose": Purpose.COORDINATE if supports else Purpose.ACT,
            "position": position,
        }


def _notation(kind, issuer):
    if kind == DirectiveKind.LETTER:
        return f"{issuer['notation']}-VP"
    return f"{STATE_ABBREVIATIONS[kind]}-{issuer['notation']}"


def _issue_days(number, draw, until):
    """Working days of five years, denser and denser."""
    start = date(until.year - YEARS + 1, 1, 1)
    span = (until - start).days
    days = (start + timedelta(days=int(span * draw.random() ** 0.35)) for _ in range(number))
    return sorted(map(_workday, days))


def _workday(day):
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _chunks(papers: Iterator[Paper]) -> Iterator[list[Paper]]:
    chunk = []
    for paper in papers:
        chunk.append(paper)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(papers):
    rows.write(Directive, (paper.directive for paper in papers))
    rows.write(Task, (task for paper in papers for task in paper.tasks))
    rows.write(Recipient, (recipient for paper in papers for recipient in paper.recipients))
    rows.write(
        Addressee,
        (
            {"directive_id": paper.directive["id"], "text": vocabulary.LISTED, "purpose": Purpose.ACT}
            for paper in papers
        ),
    )


def _count_numbers(press):
    """The counters of the registers say what was given out; the next number follows."""
    rows.write(
        RegisterCounter,
        (
            {"register_id": press.org.registers[issuer_id], "period": str(year), "last": last}
            for (issuer_id, year), last in press.numbers.items()
        ),
    )
