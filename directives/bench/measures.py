"""What is measured, one function per row of the table. Pages are asked for by an ordinary leader and a head."""

import random
from collections.abc import Callable
from functools import partial
from itertools import islice
from math import nan

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from directives import compliance, issuing, tracking
from directives.bench import floor, pages, world
from directives.bench.clocked import Visitor, beside, empty_database, growth, milliseconds, processor, seconds
from directives.bench.figure import Figure, Target
from directives.bench.world import World
from directives.compliance import UNITS_PER_PAGE, Span
from directives.enums import OPEN, Duty
from directives.models import Assignment
from directives.parsing import parse
from units import clock

PAGE_TIMES, ISSUE_TIMES, REPORT_TIMES, PARSE_TIMES = 15, 5, 40, 5
LIVE_TIMES, DEEP, MANY, WARM = 2, 10, 20_000, 5
SHORT, LONG = 10, 100
PAPERS = ("pdf", "docx")
# What a list or a verb may cost more in a province a hundred times as large.
LEVEL = 1.5
# Bytes of a page over the wire: a list, as many cells as one looks at, all units of a province, all cells there are.
LIST, PART, UNITS, WHOLE = 8_000, 15_000, 50_000, 80_000


def take(made: World, *, only=()) -> list[Figure]:
    """All figures, or those named. Pages come first: issuing and migrating leave the database less tidy."""
    return [measure(made) for key, measure in MEASURES.items() if not only or key in only]


def matrix(made):
    """All units × all tasks of the widest directive, as its leader prints it."""
    url = reverse("directive-detail", args=[made.wide.pk]) + "?day-du=1"
    what = f"whole matrix, {made.scale.wide_units} units × {made.scale.wide_tasks} tasks"
    ask = floor.application(lambda: floor.matrix(made.wide))
    bare = [milliseconds(ask) for _ in range(PAGE_TIMES)]
    target = Target(time=500, ratio=2 if _has_many(made) else None, queries=7, size=WHOLE)
    return _page("matrix", what, made.leader, url, bare, target)


def matrix_page(made):
    """Its first hundred units, each cell a link, as everybody opens it."""
    url = reverse("directive-detail", args=[made.wide.pk])
    what = f"the matrix as it opens: {min(made.scale.wide_units, UNITS_PER_PAGE)} units"
    return _page("matrix-page", what, made.leader, url, [], Target(queries=7, size=PART))


def task_rows(made):
    """All units of one task: the first page of the list and those that continue it."""
    task = made.wide.tasks.first()
    url = f"{reverse('figures-rows')}?{urlencode({'nhiem-vu': task.pk})}"
    bare = [milliseconds(lambda: floor.task_rows(task.pk)) for _ in range(PAGE_TIMES)]
    what = f"one task × {made.scale.wide_units} units"
    return _page("task-rows", what, made.leader, url, bare, Target(time=150, queries=15))


def unit_tasks(made):
    unit_id = made.wide.recipients.first().unit_id
    bare = [milliseconds(lambda: floor.unit_rows(unit_id)) for _ in range(PAGE_TIMES)]
    what = f"one unit's {made.scale.wide_tasks} tasks, as its head"
    return _page(
        "assignment-list",
        what,
        made.head_of(unit_id),
        reverse("assignment-list"),
        bare,
        Target(queries=6, growth=LEVEL, size=LIST),
    )


def directive_list(made):
    return _page(
        "directive-list",
        "list of directives",
        made.leader,
        reverse("directive-list"),
        [],
        Target(queries=4, growth=LEVEL, size=LIST),
    )


def dashboard(made):
    """The page of an ordinary leader, against fetching the sums of the counters that it shows."""
    told = {"queries": 10, "size": LIST}
    target = Target(ratio=3, **told) if made.scale.loaded else Target(time=60, **told)
    return _page("figures", "dashboard", made.leader, reverse("figures"), _sums(made), target)


def dashboard_whole(made):
    """The same with all units of its table, of which it opens with the worst."""
    url = f"{reverse('figures')}?moi-don-vi=1"
    target = Target(queries=10, size=UNITS)
    return _page("figures-whole", "dashboard, all its units", made.leader, url, _sums(made), target)


def figures(made):
    """The figures of the running year by unit, from the counters, against their bare SQL."""
    bare = [milliseconds(partial(floor.counters, made.leader, _year())) for _ in range(PAGE_TIMES)]
    times = [milliseconds(partial(_rolled, made)) for _ in range(PAGE_TIMES)]
    with CaptureQueriesContext(connection) as captured:
        _rolled(made)
    told = f"this year by unit: {made.scale.units} units, from the counters"
    return Figure("rolled", told, "ms", times, bare, len(captured), target=Target(ratio=3))


def live(made):
    """The same, against counting the assignments themselves."""
    rows = compliance.visible(made.leader)
    bare = [milliseconds(lambda: compliance.by_unit(rows, _year())) for _ in range(LIVE_TIMES)]
    times = [milliseconds(partial(_rolled, made)) for _ in range(PAGE_TIMES)]
    # Among few rows the one is as good as the other.
    target = Target(ratio=1 / 15) if made.scale.loaded else Target()
    return Figure("live", "the same, against a live count", "ms", times, bare, target=target)


def navigation(made):
    """The counts that stand on every page of a monitor."""
    times = [milliseconds(lambda: compliance.waiting_count(made.monitor)) for _ in range(PAGE_TIMES)]
    return Figure("waiting", "counts of the navigation, as monitor", "ms", times, target=Target(growth=LEVEL))


def deep(made):
    """The last page of a list of rows, against its first."""
    visitor, url = Visitor(made.leader), f"{reverse('directive-list')}"
    last = visitor.deep(url, DEEP)
    times = [milliseconds(lambda: visitor.fetch(last)) for _ in range(PAGE_TIMES)]
    bare = [milliseconds(lambda: visitor.fetch(url)) for _ in range(PAGE_TIMES)]
    return Figure(
        "deep", f"page {DEEP} of the list, against the first", "ms", times, bare, target=Target(ratio=LEVEL)
    )


def home(made):
    return _page("today", "today, as leader", made.leader, reverse("today"), [], Target())


def report(made):
    """The verb alone: a head reports one task done with a document as evidence."""
    owed = Assignment.objects.filter(directive=made.wide, state__in=OPEN).select_related("directive")
    times = [_report(made, assignment) for assignment in owed.order_by("unit_id", "task_id")[:REPORT_TIMES]]
    return Figure("report", "report one task done", "ms", times, target=Target(growth=LEVEL))


def issue(made):
    """The verb itself against the bare INSERT … SELECT of the same rows, turn by turn."""
    spent, bare = [], []
    for turn in range(ISSUE_TIMES):
        directive, other = _signed(made, seed=2 * turn), world.draft(made, seed=2 * turn + 1)
        spent.append(seconds(partial(issuing.issue, directive, by=made.clerk)))
        bare.append(seconds(partial(floor.insert_assignments, other, like=directive)))
        floor.remove_assignments(other)
    what = f"issue {made.scale.wide_tasks} tasks × {made.scale.wide_units} units"
    return Figure(
        "issue", what, "s", spent, bare, target=Target(time=3, ratio=2 if _has_many(made) else None)
    )


def waits(made):
    """The longest that a report takes while a document is issued to everybody beside it, in a worker that has served a page
    and some reports: the first of its life are slow with nothing beside them too."""
    owed = Assignment.objects.filter(directive=made.wide, state__in=OPEN).select_related("directive")
    rows = iter(list(owed.order_by("-unit_id", "-task_id")[: 2 * REPORT_TIMES]))
    Visitor(made.leader).fetch(reverse("directive-list"))
    for row in islice(rows, WARM):
        _report(made, row)
    directive = _signed(made, seed=1_000)
    issuing_ = beside(partial(issuing.issue, directive, by=made.clerk))
    times = [_report(made, row) for row in rows if not issuing_.done()]
    issuing_.result()
    # Where nothing was reported beside it no target is held.
    worst = [max(times, default=nan)]
    return Figure("wait", "worst report beside an issue", "ms", worst, target=Target(time=100))


def memory(made):
    """How much a worker grows over all pages and files, after it has served fifty of them."""
    return Figure(
        "memory", "growth of a worker", "MB", [growth(made.leader, _everything(made))], target=Target(time=25)
    )


def read(made):
    """A pasted plan, from its text to the parsed draft; no query is asked."""
    return Figure("parse", f"read a plan of {SHORT} pages", "ms", _readings(SHORT), target=Target(time=150))


def read_long(made):
    """A plan ten times as long beside the short one: the ratio says whether reading is linear."""
    short, long = _readings(SHORT), _readings(LONG)
    return Figure("parse-long", f"{LONG} pages, against {SHORT}", "ms", long, short, target=Target(ratio=12))


def migrate(made):
    """From an empty database to all tables."""
    with empty_database():
        spent = seconds(lambda: call_command("migrate", interactive=False, verbosity=0))
    ContentType.objects.clear_cache()
    return Figure("migrate", "fresh migrate", "s", [spent], target=Target(time=20))


MEASURES: dict[str, Callable[[World], Figure]] = {
    "matrix": matrix,
    "matrix-page": matrix_page,
    "task-rows": task_rows,
    "assignment-list": unit_tasks,
    "directive-list": directive_list,
    "figures": dashboard,
    "figures-whole": dashboard_whole,
    "rolled": figures,
    "live": live,
    "waiting": navigation,
    "deep": deep,
    "today": home,
    "memory": memory,
    "report": report,
    "issue": issue,
    "wait": waits,
    "parse": read,
    "parse-long": read_long,
    "migrate": migrate,
}


def _page(key, what, user, url, bare, target):
    visitor = Visitor(user)
    urls = visitor.leaves(url) if key == "task-rows" else [url]
    size, queries = visitor.fetch(*urls), visitor.queries(*urls)
    times = [milliseconds(lambda: visitor.fetch(*urls)) for _ in range(PAGE_TIMES)]
    return Figure(key, what, "ms", times, bare, queries, size, target)


def _sums(made):
    return [milliseconds(lambda: _shown(made).is_kept) for _ in range(PAGE_TIMES)]


def _readings(number):
    text = pages.plan(number, random.Random(number))
    return [processor(partial(parse, text)) for _ in range(PARSE_TIMES)]


def _report(made, assignment):
    head = made.head_of(assignment.unit_id)
    proof = [tracking.Document("12/BC-DV", clock.today())]
    return milliseconds(lambda: tracking.report(assignment, by=head, text="Đã hoàn thành.", evidence=proof))


def _rolled(made):
    return compliance.Rolled(made.leader, _year()).units


def _has_many(made):
    """What a page or a verb costs besides its rows weighs more than few rows do."""
    return made.scale.wide_tasks * made.scale.wide_units >= MANY


def _shown(made):
    """What the dashboard asks the counters: each unit, twelve months, and of each unit what makes the rates of six."""
    today = clock.today()
    first, half = (compliance.months_until(today, months)[0].first for months in (12, 6))
    days, rates = ((first, today), (half, today)), compliance.Tally.fallen_due.standings
    return compliance.Rolled(made.leader, today, compliance.EVERY, *days, Duty.LEAD, rates)


def _year():
    today = clock.today()
    return Span(today, today.replace(month=1, day=1), today)


def _everything(made):
    """Pages and files of every kind: those of the widest directive whole, those of the figures of one unit."""
    wide = [made.wide.pk]
    whole = [reverse(name) for name in ("today", "directive-list", "figures", "figures-rows", "overdue-list")]
    page = reverse("directive-detail", args=wide)
    return [*whole, page, f"{page}?day-du=1", *_files_of(wide), *_files_of_unit(made)]


def _files_of(wide):
    papers = [reverse("directive-paper", args=[*wide, form]) for form in PAPERS]
    return papers + [reverse(name, args=wide) for name in ("directive-matrix", "directive-history-file")]


def _files_of_unit(made):
    kinds = [f"{kind}-{form}" for kind in ("official-table", "detail-list") for form in ("csv", "xlsx")]
    files = [reverse(name) for name in (*kinds, "period-workbook")]
    files += [
        reverse(f"{kind}-paper", args=[form]) for kind in ("official-table", "detail-list") for form in PAPERS
    ]
    narrowed = urlencode({"don-vi": made.wide.recipients.last().unit_id})
    return [f"{url}?{narrowed}" for url in files]


def _signed(made, *, seed):
    directive = world.draft(made, seed=seed)
    issuing.submit(directive, by=made.clerk)
    return issuing.sign(directive, by=made.leader)
