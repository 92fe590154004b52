"""A real Chromium against the portal, which serves its static files as in production. Every test begins in the demo world."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from directives.demo import world
from tests import routes
from tests.rig import chromium

HERE = Path(__file__).parent
WIDTHS = [360, 390, 768, 1024, 1366, 1920]
LISTEN = "addEventListener('securitypolicyviolation', e => console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`))"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | chromium.launch_options()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory) -> Iterator[None]:
    """Hashed, compressed files as in production; a reference to a missing file fails here too."""
    storage = {"BACKEND": "portal.staticfiles.BundledStaticFilesStorage"}
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=portal_settings.STORAGES | {"staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="session")
def server(collected_static) -> Iterator[LiveServer]:
    """The portal on a free port. Playwright holds an event loop in this thread; our queries are plain."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    server = LiveServer("localhost", start=False)
    # Django's test handlers for files step aside: WhiteNoise answers, with its headers.
    server.thread.static_handler = lambda media_handler: media_handler.application
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(server) -> str:
    """Lets a test write page.goto("/nhiem-vu/")."""
    return server.url


@pytest.fixture(scope="session")
def demo(
    django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[sqlite3.Connection, Path, dict]]:
    """The demo world, made once and set aside: database, files, and the keys of what the routes speak of."""
    media = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), closing(_copy()) as kept:
        world.make()
        keys = routes.complete()
        connection.connection.backup(kept)
        yield kept, media, keys


def _copy():
    return sqlite3.connect(":memory:", check_same_thread=False)


@pytest.fixture(autouse=True)
def db(demo, media, django_db_blocker, settings) -> Iterator[None]:
    """The demo world as it was made, whatever the test before did to it.

    Put back whole: the record is append-only, so nothing could be taken out of it, nor the tables emptied.
    """
    kept, settings.MEDIA_ROOT, _ = demo
    with django_db_blocker.unblock():
        connection.ensure_connection()
        kept.backup(connection.connection)
        yield


@pytest.fixture
def keys(demo) -> dict[str, int]:
    """Name → primary key of what the routes' lines speak of."""
    return demo[2]


@pytest.fixture
def as_user(new_context, server) -> Callable[..., Page]:
    """as_user("vanthu", viewport={…}) → a page in a browser of their own, signed in."""

    def open_page(username: str, **options) -> Page:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        name = portal_settings.SESSION_COOKIE_NAME
        context = new_context(**options)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server.url}])
        return context.new_page()

    return open_page


@pytest.fixture
def csp_reports() -> Callable[[Page], list[str]]:
    """csp_reports(page) → a list that fills with every report from the next page on."""

    def collect(page: Page) -> list[str]:
        reports: list[str] = []

        def note(message: ConsoleMessage) -> None:
            if message.type == "error" and (
                "CSP " in message.text or "Content Security Policy" in message.text
            ):
                reports.append(f"{page.url} {message.text}")

        page.on("console", note)
        page.add_init_script(LISTEN)
        return reports

    return collect


@pytest.fixture
def no_sideways_scroll() -> Callable[..., None]:
    """no_sideways_scroll(page) fails naming the width at which the page is wider than the window."""

    def check(page: Page, widths: list[int] = WIDTHS) -> None:
        wide = sideways(page, widths)
        assert wide == {}, f"{page.url} scrolls sideways: {wide}"

    return check


def sideways(page: Page, widths: list[int] = WIDTHS) -> dict[int, int]:
    """Window width → the page's own width, where it is wider: in its own letters, then in the browser's.

    The browser's stand in until ours have come, and for ever where they are blocked; they are wider.
    """
    page.evaluate("document.fonts.ready")
    needed = _own_widths(page, widths)
    page.evaluate(WITHOUT_FONTS)
    bare = _own_widths(page, widths)
    return {
        width: max(needed[width], bare[width]) for width in widths if max(needed[width], bare[width]) > width
    }


def _own_widths(page, widths):
    own = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        own[width] = page.evaluate("document.scrollingElement.scrollWidth")
    return own


WITHOUT_FONTS = """() => {
    for (const sheet of document.styleSheets)
        for (let at = sheet.cssRules.length - 1; at >= 0; at--)
            if (sheet.cssRules[at] instanceof CSSFontFaceRule) sheet.deleteRule(at);
}"""
