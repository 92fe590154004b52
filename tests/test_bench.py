"""The benchmark runs and says what it promised; how fast is for a quiet machine to say."""

import json
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from directives.bench import measures, table, world
from directives.bench.figure import Figure, Target
from directives.bench.scales import SCALES, Scale
from directives.management.commands.bench import AS_SERVED
from tests.factories import Office

TINY = Scale((1, 4), 1, directives=1, wide_tasks=3, wide_units=4, fate=SCALES["XS"].fate)
KEYS = {
    "key",
    "what",
    "unit",
    "best",
    "median",
    "floor",
    "ratio",
    "growth",
    "queries",
    "bytes",
    "target",
    "held",
}


@pytest.fixture(autouse=True)
def tiny_world(monkeypatch):
    monkeypatch.setitem(SCALES, "XS", TINY)
    monkeypatch.setattr(measures, "LONG", 2 * measures.SHORT)


def bench(*arguments):
    """What the command prints; on a busy machine, or of so small a world, targets need not hold."""
    out = StringIO()
    with suppress(SystemExit):
        call_command("bench", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_every_row_is_measured():
    rows = [f"--only={key}" for key in measures.MEASURES if key != "migrate"]
    told = json.loads(bench("--json", *rows))
    figures = {figure["key"]: figure for figure in told["figures"]}
    assert set(figures) == set(measures.MEASURES) - {"migrate"}
    assert all(set(figure) == KEYS for figure in figures.values())
    assert all(
        figures[key]["floor"] for key in ("matrix", "task-rows", "assignment-list", "issue", "parse-long")
    )
    assert told["scale"] == "XS"


@pytest.mark.django_db
@pytest.mark.walk
def test_a_full_page_of_a_list_is_light(monkeypatch):
    """Lists of a province show no more rows than these, only others."""
    monkeypatch.setattr(measures, "PAGE_TIMES", 1)
    fate = SCALES["S"].fate
    scale = Scale((1, 4, 40), 2, directives=60, wide_tasks=40, wide_units=8, fate=fate)
    with override_settings(**AS_SERVED):
        found = measures.take(world.generate(scale, seed=1), only=("directive-list", "assignment-list"))
    assert {figure.key: figure.size for figure in found if figure.size > measures.LIST} == {}
    assert all(figure.size > measures.LIST / 3 for figure in found), "a page that is full"


@pytest.mark.django_db(transaction=True)
def test_a_fresh_migration_leaves_this_database_alone():
    printed = bench("--only=migrate")
    assert "fresh migrate" in printed
    assert Office().draft().pk


@pytest.mark.django_db
def test_it_refuses_a_database_in_use_unless_told():
    Office().draft()
    with pytest.raises(CommandError):
        bench("--only=report")
    assert "report one task" in bench("--only=report", "--keep")


@pytest.mark.django_db
def test_a_target_that_does_not_hold_fails_the_command(monkeypatch):
    slow = Figure("report", "slow", "ms", [5.0], target=Target(time=1))
    monkeypatch.setitem(measures.MEASURES, "report", lambda made: slow)
    with pytest.raises(SystemExit) as ended:
        call_command("bench", "--only=report", stdout=StringIO())
    assert ended.value.code == 1


@pytest.mark.parametrize(
    ("target", "held"),
    [
        (Target(), True),
        (Target(time=20), True),
        (Target(time=19), False),
        (Target(ratio=2), True),
        (Target(ratio=1.9), False),
        (Target(queries=7), True),
        (Target(queries=6), False),
        (Target(time=20, ratio=1), False),
        (Target(size=8_000), True),
        (Target(size=7_999), False),
    ],
    ids=str,
)
def test_when_a_target_holds(target, held):
    """The median of 10, 20, 90 is 20; the best against the best floor is 2."""
    assert Figure("k", "w", "ms", [90, 10, 20], [8, 5], queries=7, size=8_000, target=target).held is held


def test_a_ratio_without_a_floor_does_not_hold():
    assert not Figure("k", "w", "ms", [1], target=Target(ratio=2)).held


def test_the_table_goes_between_the_marks_of_the_readme(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n")
    text = "| a table |\n"
    table.write_readme(readme, text)
    assert readme.read_text() == f"before\n{table.BEGIN}\n{text}{table.END}\nafter\n"
