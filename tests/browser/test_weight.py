"""A first visit over a slow line: everything a page makes the browser fetch, compressed as it is served."""

from collections import Counter

import pytest
from playwright.sync_api import Page, Request

from tests.browser.test_pages import is_page
from tests.routes import LINES, Line

MOST = 60_000  # bytes of HTML, style, type and script, headers too, with nothing kept from an earlier visit


def is_light(line: Line) -> bool:
    """Drafting and the paper bring their own type and are for the desk."""
    return not line.path.startswith("/quan-tri/") and "/xem-truoc/" not in line.path


def weight(page: Page, path: str) -> Counter[str]:
    """Bytes by kind of what `path` fetches into this empty browser."""
    fetched: list[Request] = []
    page.on("requestfinished", lambda request: fetched.append(request))
    page.goto(path, wait_until="networkidle")
    weights: Counter[str] = Counter()
    for request in fetched:
        sizes = request.sizes()
        weights[request.resource_type] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return weights


OTHERS = [pytest.param(person, marks=pytest.mark.long) for person in ("truongphong", "giamdoc")]


@pytest.mark.parametrize("person", ["theodoi", *OTHERS])
def test_a_first_visit_is_light(as_user, keys, person):
    lines = [
        line for line in LINES if line.status(person) == 200 and is_page(line, person) and is_light(line)
    ]
    weights = {line.path: weight(as_user(person), line.path.format_map(keys)) for line in lines}
    heavy = {path: dict(one) for path, one in weights.items() if one.total() > MOST}
    assert heavy == {}
    assert all(one["document"] and one["stylesheet"] and one["font"] for one in weights.values())


def test_signing_in_is_light(page):
    assert 0 < weight(page, "/dang-nhap/").total() <= MOST
