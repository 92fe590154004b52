"""Documents of many offices, written for these tests, against what a careful clerk reads in them.

A sample is a text, a line that begins with "===", and the clerk's notes, a fact a line; "|" parts the columns of a fact,
";" the units of a column, "-" alone is nothing. What the notes do not speak of is not compared; tasks always are.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from directives.parsing import ParsedDirective, ParsedTask, parse, sentence
from units.naming import fold

OFFICES = sorted((Path(__file__).parent / "offices").glob("*.txt"))
_LISTS: dict[str, Callable[[ParsedDirective], list[list[str]]]] = {
    "addressee": lambda parsed: [[a.name] for a in parsed.addressees],
    "citation": lambda parsed: [[c.code or c.name or "", _said(c.issued_on)] for c in parsed.citations],
    "recipient": lambda parsed: [[r.name, _said(r.purpose)] for r in parsed.recipients],
}


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_header_lists_and_signature(path):
    text, notes = sample(path)
    parsed = parse(text)
    for name, facts in notes.items():
        if name in _LISTS:
            assert _LISTS[name](parsed) == [_filled(fact, 1 if name == "addressee" else 2) for fact in facts]
        elif name == "signer":
            signer = parsed.signer
            assert signer is not None
            assert [_said(signer.authority), _said(signer.title), _said(signer.name)] == facts[0]
        elif name not in ("task", "tasks", "doubt"):
            assert _said(getattr(parsed, name)) == facts[0][0].strip("-")


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_tasks(path):
    text, notes = sample(path)
    tasks = parse(text).tasks
    wanted = [_filled(fact, 7) for fact in notes.get("task", [])]
    assert [_facts(task, want) for task, want in zip(tasks, wanted, strict=False)] == wanted
    assert [(t.label, t.text[:40]) for t in tasks[len(wanted) :]] == []
    assert len(tasks) == len(wanted)


@pytest.mark.parametrize("path", OFFICES, ids=lambda path: path.stem)
def test_doubts(path):
    text, notes = sample(path)
    said = [sentence(doubt) for doubt in parse(text).doubts]
    for fact in notes.get("doubt", []):
        assert " | ".join(fact) in said


def sample(path: Path) -> tuple[str, dict[str, list[list[str]]]]:
    text, _, notes = path.read_text("utf-8").partition("\n===")
    facts: dict[str, list[list[str]]] = {}
    for line in notes.splitlines()[1:]:
        name, _, rest = line.partition(":")
        facts.setdefault(name, []).append([part.strip() for part in rest.split("|")])
    return text, facts


def _filled(fact: list[str], columns: int) -> list[str]:
    return fact + [""] * (columns - len(fact))


def _facts(task: ParsedTask, want: list[str]) -> list[str]:
    """The task in the columns of a note; words are compared as far as the note quotes them."""
    undated = f"- {task.deadline_text}" if task.deadline_text else ""
    return [
        task.label or "",
        task.parent_label or "",
        want[2] if fold(task.text).startswith(fold(want[2])) else task.text,
        "; ".join(task.leads),
        "; ".join(task.coordinating),
        _said(task.deadline_on) or undated,
        _said(task.deliverable),
    ]


def _said(value: object) -> str:
    return "" if value is None else str(value)
