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


def weights(pages: dict[str, Page]) -> dict[str, Counter[str]]:
    """Bytes by kind of what each address fetches into its own empty browser; they wait for silence together."""
    fetched: dict[str, list[Request]] = {path: [] for path in pages}
    for path, page in pages.items():
        page.on("requestfinished", lambda request, path=path: fetched[path].append(request))
        page.goto(path, wait_until="commit")
    for page in pages.values():
        page.wait_for_load_state("networkidle")
    return {path: _added_up(requests) for path, requests in fetched.items()}


def _added_up(requests: list[Request]) -> Counter[str]:
    found: Counter[str] = Counter()
    for request in requests:
        sizes = request.sizes()
        found[request.resource_type] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return found


OTHERS = [pytest.param(person, marks=pytest.mark.long) for person in ("truongphong", "giamdoc")]
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("person", ["theodoi", *OTHERS])
def test_a_first_visit_is_light(as_user, keys, person, part):
    lines = [
        line for line in LINES if line.status(person) == 200 and is_page(line, person) and is_light(line)
    ]
    found = weights({line.path.format_map(keys): as_user(person) for line in lines[part::PARTS]})
    heavy = {path: dict(one) for path, one in found.items() if one.total() > MOST}
    assert heavy == {}
    assert all(one["document"] and one["stylesheet"] and one["font"] for one in found.values())


def test_signing_in_is_light(page):
    assert 0 < weights({"/dang-nhap/": page})["/dang-nhap/"].total() <= MOST
