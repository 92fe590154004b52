"""What every test stands on. The world's objects are made in factories.py."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis

from directives.extraction import programs
from directives.models import Mark

from .counts import LONG

# Fixtures that open it.
ASKING = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
# `make test` sets it: there, a part that was left out is a failure.
COMPLETE = os.environ.get("TESTS_COMPLETE") == "true"

# Small and the same on every run; `make test-long` searches wide. No deadline: the machine is shared.
hypothesis.register_profile("small", max_examples=50, derandomize=True, deadline=None)
hypothesis.register_profile("long", max_examples=2000, deadline=None)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip("needs PostgreSQL: make test-postgres"))
    _leave_out(
        config, items, [item for item in items if _lacks_its_program(item) or _is_told_by_sqlite(item)]
    )


def _lacks_its_program(item):
    """What the portal itself can do without; `make test-long` installs it."""
    needed = item.get_closest_marker("needs")
    return needed is not None and programs.path_of(needed.args[0]) is None


def _is_told_by_sqlite(item):
    """What no database answers otherwise, marked so or asking none at all: `make test-long` goes through it on both."""
    same = item.get_closest_marker("walk") is not None or not _asks_the_database(item)
    return same and connection.vendor == "postgresql" and not LONG


def _asks_the_database(item):
    """Without these pytest-django lets nobody near it."""
    return item.get_closest_marker("django_db") is not None or not ASKING.isdisjoint(item.fixturenames)


def _leave_out(config, items, left):
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if COMPLETE and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and the complete run skips nothing"
    return report


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Files of one test; `settings.MEDIA_ROOT` is this folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def counters(request):
    """The mark of the counters, which the migrations made, is gone after a test that commits."""
    if _asks_the_database(request.node):
        request.getfixturevalue("db")
        Mark.objects.get_or_create(pk=1)


@pytest.fixture
def forgotten_attempts(db):
    """The counters of sign-in attempts live in the cache, which outlives a test that commits."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def vietnamese():
    """A page asked for in English leaves its language behind in the thread; the next test begins anew."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
