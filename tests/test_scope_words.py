"""Of which days and which moment figures are said to be: pages, files and snapshots in the same words."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import pytest

from directives import tracking
from directives.templatetags.wording import known_until
from tests.factories import Office, assignments_of
from tests.figures_world import get, html, mixed_document
from tests.screens import sign_in
from tests.test_official import LIST, TABLE, sheets
from tests.test_snapshot_pages import frozen_by_form
from units import clock
from units.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
MORNING = datetime(2026, 11, 28, 6, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
KNOWN = "số liệu đến 06:10 ngày 28/11/2026"
PAGES = ("/thong-ke/", "/thong-ke/phan-viec/", TABLE, LIST, "/thong-ke/chot/moi/")
WORKBOOKS = ("bieu.xlsx", "bieu/danh-muc.xlsx", "bieu/so-lieu-ky.xlsx")
PAPERS = ("bieu.docx", "bieu/danh-muc.docx")
CALENDAR, DECREE = "Quý IV/2026 (01/10/2026 – 31/12/2026)", "Quý IV/2026 (15/9/2026 – 14/12/2026)"


@pytest.fixture
def office():
    office = Office(rooms=3)
    with clock.travel(MORNING):
        mixed_document(office)
        yield office


def said_in(office, query):
    """What each page and file says of its days."""
    told = {page: html(get(office.leader, f"{page}?{query}")) for page in PAGES}
    for name in WORKBOOKS:
        rows = sheets(office.leader, f"/thong-ke/{name}?{query}").worksheets[0].iter_rows(values_only=True)
        told[name] = "\n".join(str(row[0]) for row in rows)
    for name in PAPERS:
        paper = docx.Document(BytesIO(sign_in(office.leader).get(f"/thong-ke/{name}?{query}").content))
        told[name] = "\n".join(one.text for one in paper.paragraphs)
    return told


def test_a_running_day_says_the_hour_everywhere(office):
    for place, said in said_in(office, "").items():
        assert KNOWN.lower() in said.lower(), place
        assert "hết ngày 28/11" not in said, place
        assert "đến ngày 28/11" not in said, place


def test_a_day_that_is_over_says_that_it_is(office):
    for place, said in said_in(office, "ngay=2026-11-27").items():
        assert "số liệu đến hết ngày 27/11/2026" in said.lower(), place
        assert "06:10" not in said, place


@pytest.mark.parametrize(("key", "period"), [("2026-Q4", CALENDAR), ("2026-Q4c", DECREE)])
def test_a_period_of_the_decree_is_told_from_that_of_the_calendar(office, key, period):
    for place, said in said_in(office, f"ky={key}").items():
        assert f"{period}, {KNOWN}" in said, place


def test_figures_frozen_twice_in_one_day_say_when(office):
    first = frozen_by_form(office)
    with clock.travel(MORNING + timedelta(hours=3)):
        second = frozen_by_form(office)
        assert [one.said[0] for one in (first, second)] == [
            "Số liệu đến 06:10 ngày 28/11/2026",
            "Số liệu đến 09:10 ngày 28/11/2026",
        ]
        for kept, known in ((first, "06:10"), (second, "09:10")):
            rows = html(get(office.leader, f"/thong-ke/chot/{kept.code}/phan-viec/"))
            paper = sign_in(office.leader).get(f"/thong-ke/chot/{kept.code}/bieu.docx").content
            foot = "".join(
                one.text for part in docx.Document(BytesIO(paper)).sections for one in part.footer.paragraphs
            )
            assert f"số liệu đến {known} ngày 28/11/2026" in rows
            assert f"số liệu đến {known} ngày 28/11/2026" in foot


def test_figures_frozen_later_say_the_end_of_their_day(office):
    with clock.travel(MORNING + timedelta(days=1)):
        kept = frozen_by_form(office, ngay="2026-11-28")
    assert kept.said[0] == "Số liệu đến hết ngày 28/11/2026"


def test_kept_figures_say_their_scope_in_the_language_of_the_page(office):
    unit = office.rooms[0]
    tracking.cancel(assignments_of(office.issue(tasks=1, to=[unit]))[0], by=office.monitor, reason="Thôi")
    kept = frozen_by_form(office, **{"ky": "2026-Q4c", "don-vi": unit.pk})
    address = f"/thong-ke/chot/{kept.code}/"
    for page in ("/thong-ke/chot/", address):
        assert "; ".join(kept.said) in plain(html(get(office.leader, page)))
    User.objects.filter(pk=office.leader.pk).update(language="en")
    days = "Quarter IV/2026 (15 Sep 2026 – 14 Dec 2026)"
    for page in ("/thong-ke/chot/", address):
        shown = html(get(office.leader, page))
        assert f"{days}, figures as of 06:10, 28 Nov 2026; {unit.name}; lead tasks" in plain(shown)
        assert f'<span lang="vi">{unit.name}</span>' in shown
    assert "1 item withdrawn" in html(get(office.leader, address))


def plain(page):
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [(date(2026, 11, 28), KNOWN), (date(2026, 11, 27), "số liệu đến hết ngày 27/11/2026")],
)
def test_the_moment_of_the_figures(as_of, said):
    assert known_until(as_of, MORNING) == said
