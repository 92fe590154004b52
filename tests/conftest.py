"""What every test stands on. The world's objects are made in factories.py."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis

# `make test` sets it: there, a part that was left out is a failure.
COMPLETE = os.environ.get("TESTS_COMPLETE") == "true"

# Small and the same on every run; `make test-long` searches wide. No deadline: the machine is shared.
hypothesis.register_profile("small", max_examples=50, derandomize=True, deadline=None)
hypothesis.register_profile("long", max_examples=2000, deadline=None)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip("needs PostgreSQL: make test-postgres"))


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
