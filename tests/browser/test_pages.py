"""Every page a person can open: nothing the content policy forbids, nothing axe finds, no sideways scroll.

The pages are those of tests/routes.py. An ordinary run opens each once; `long` opens each as everybody.
"""

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import sideways
from tests.routes import LINES, PEOPLE, STRANGER, Line

# What is a page, though some say no.
PAGES = {200, 403, 404, 405, 409}
NO_PAGE = ("/healthz", "/tep/", "/quan-tri/jsi18n/", "/quan-tri/autocomplete/")
NO_PAGE_ENDS = (".xlsx", ".csv", ".pdf", ".docx", "manh=1")
WIDE = {"width": 1366, "height": 900}


def is_page(line: Line, person: str) -> bool:
    no_page = line.path.startswith(NO_PAGE) or line.path.endswith(NO_PAGE_ENDS)
    return line.status(person) in PAGES and not no_page


def each_page_once() -> list[tuple[str, Line]]:
    """Each page by the first who may read it, whatever else its address asks; each refusal's page once."""
    first: dict[object, tuple[str, Line]] = {}
    for line in LINES:
        for person in [*PEOPLE, STRANGER]:
            if is_page(line, person):
                status = line.status(person)
                first.setdefault(line.path.partition("?")[0] if status == 200 else status, (person, line))
    return list(first.values())


def faults(page, reports, path, *, status) -> list[str]:
    answer = page.goto(path)
    found = [] if answer.status == status else [f"{path}: {answer.status} and not {status}"]
    found += [f"{path} scrolls sideways: {own} at {width}" for width, own in sideways(page).items()]
    page.set_viewport_size(WIDE)
    # Axe itself provokes reports of the policy: those of the page come first.
    found += reports
    found += axe_violations(page)
    reports.clear()
    return found


@pytest.mark.parametrize(
    ("person", "line"), [pytest.param(*one, id=f"{one[1].path} {one[0]}") for one in each_page_once()]
)
def test_a_page_has_no_fault(request, as_user, csp_reports, keys, person, line):
    opened = request.getfixturevalue("page") if person == STRANGER else as_user(person, viewport=WIDE)
    found = faults(opened, csp_reports(opened), line.path.format_map(keys), status=line.status(person))
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_has_a_fault_for_anybody(as_user, csp_reports, keys, person):
    page = as_user(person, viewport=WIDE)
    reports = csp_reports(page)
    lines = [line for line in LINES if is_page(line, person)]
    found = [
        fault
        for line in lines
        for fault in faults(page, reports, line.path.format_map(keys), status=line.status(person))
    ]
    assert not found, f"{person}, {len(lines)} pages\n" + "\n".join(found)


def test_words_for_screen_readers_alone_widen_no_page(as_user):
    """They lie in a table that scrolls, at the end of it."""
    page = as_user("theodoi", viewport=WIDE)
    page.goto("/thong-ke/?ky=quy-nay")
    assert sideways(page) == {}


def test_on_a_tablet_the_names_of_units_have_their_place(as_user):
    page = as_user("theodoi", viewport={"width": 768, "height": 1024})
    page.goto("/thong-ke/?ky=quy-nay")
    names = "[...document.querySelectorAll('.rank th[scope=row]')].map((name) => name.offsetWidth)"
    assert min(page.evaluate(names)) > 768 / 5


@pytest.mark.parametrize("width", [768, 820, 900])
def test_on_a_tablet_every_section_is_in_sight(as_user, width):
    page = as_user("theodoi", viewport={"width": width, "height": 1024})
    page.goto("/")
    nav = page.locator(".top .nav")
    assert nav.evaluate("nav => nav.scrollWidth - nav.clientWidth") == 0
    brand, first = page.locator(".brand").bounding_box(), nav.locator("a").first.bounding_box()
    assert brand["x"] + brand["width"] <= first["x"]
    assert page.get_by_role("link", name="Thông Suốt").count() == 1


@pytest.mark.parametrize("person", ["theodoi", "truongphong", "ubnd"])
def test_the_search_says_what_it_looks_for_on_the_screen_of_an_office(as_user, person):
    page = as_user(person, viewport={"width": 1366, "height": 768})
    page.goto("/")
    page.evaluate("q.value = q.placeholder")
    assert page.evaluate("q.scrollWidth <= q.clientWidth"), "its words fit however long the person's name"
    assert sideways(page) == {}
