"""The pages of frozen figures: the button, the numbers with their rows, what is another number now, and the files."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import parse_qsl, urlencode

import docx
import pypdfium2
import pytest
from openpyxl import load_workbook

from directives import freezing
from directives.compliance import Span
from directives.compliance.columns import COLUMNS
from directives.freezing import frozen_table
from directives.models import Assignment, Snapshot
from directives.views.paging import PAGE
from tests.factories import Office, assignments_of, give_role, make_user
from tests.figures_world import counted, get, html, mixed_document
from tests.screens import page as page_of
from tests.screens import send, sign_in
from units import clock, once
from units.enums import Role
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


def frozen_by_form(office, **query):
    client = sign_in(office.monitor)
    address = f"/thong-ke/chot/moi/?{urlencode(query)}"
    assert client.get(address).status_code == 200
    answer = send(client, address)
    assert answer.status_code == 303
    return Snapshot.objects.get(code=answer["Location"].split("/")[-2])


def test_the_button_freezes_what_the_address_narrows_to_and_a_double_click_once(office):
    mixed_document(office)
    unit = office.rooms[1]
    snapshot = frozen_by_form(office, **{"don-vi": unit.pk, "vai-tro": "lead"})
    assert [row.name for row in frozen_table(snapshot).rows] == [unit.name]
    client = sign_in(office.leader)
    key = {once.FIELD: once.new_key()}
    answers = {client.post("/thong-ke/chot/moi/", key)["Location"] for _click in range(2)}
    assert len(answers) == 1
    assert Snapshot.objects.count() == 2


def test_of_two_offices_the_one_whose_numbers_are_shown_is_frozen(office):
    other = Office(rooms=1)
    office.issue(tasks=1), other.issue(tasks=5)
    person = make_user(Role.MONITOR, office.unit)
    give_role(person, Role.MONITOR, other.unit)
    client, address = sign_in(person), "/thong-ke/chot/moi/"
    for one, rows in ((office, 3), (other, 5)):
        asked = f"{address}?chot-cho={one.unit.pk}"
        shown = client.get(asked)
        assert (shown.context["office"], shown.context["tally"].total) == (one.unit, rows)
        assert f"Chốt cho {one.unit.name}" in shown.content.decode()
        send(client, asked)
        kept = Snapshot.objects.latest("pk")
        assert (kept.office, kept.row_count) == (one.unit, rows)
    assert f"chot-cho={other.unit.pk}" in page_of(client, address)
    for nobody in (10**9, "x", ""):
        assert client.get(f"{address}?chot-cho={nobody}").status_code == 404


def test_its_files_bear_the_name_of_its_day(office):
    mixed_document(office)
    kept = freezing.freeze(
        Assignment.objects.all(), Span(clock.today()), by=office.monitor, office=office.unit
    )
    Unit.objects.filter(pk=office.unit.pk).update(name="Sở Mới")
    content = sign_in(office.monitor).get(f"/thong-ke/chot/{kept.code}/bieu.docx").content
    heading = docx.Document(BytesIO(content)).tables[0].cell(0, 0).text
    assert (office.unit.name.upper() in heading, "SỞ MỚI" in heading) == (True, False)


def test_the_list_of_snapshots_is_turned_over(office):
    office.issue()
    which = Assignment.objects.all(), Span(clock.today())
    codes = {freezing.freeze(*which, by=office.monitor, office=office.unit).code for _ in range(PAGE + 3)}
    client, address, seen = sign_in(office.leader), "/thong-ke/chot/", []
    while address:
        shown = page_of(client, address)
        seen += re.findall(r'href="/thong-ke/chot/(CS-[^/"]+)/"', shown)
        following = re.search(r'rel="next" href="([^"]+)"', shown)
        address = f"/thong-ke/chot/{unescape(following[1])}" if following else ""
    assert len(seen) == len(codes)
    assert set(seen) == codes


def test_the_page_shows_the_numbers_and_each_opens_its_rows(office):
    mixed_document(office)
    snapshot = frozen_by_form(office)
    shown = get(office.leader, f"/thong-ke/chot/{snapshot.code}/")
    links = re.findall(r'href="(/thong-ke/chot/[^"]+/phan-viec/[^"]+)">([\d.]+)</a>', html(shown))
    assert len(links) > 10
    client = sign_in(office.leader)
    for address, number in links[::3]:
        if "urgings" not in address:
            opened = page_of(client, unescape(address))
            assert opened.count('<th scope="row">') == int(number), address


def test_a_frozen_table_has_the_numbers_that_its_check_names(office):
    mixed_document(office)
    shown = html(get(office.leader, f"/thong-ke/chot/{frozen_by_form(office).code}/"))
    numbers = re.findall(r"<td[^>]*>([^<]*)</td>", re.search(r'<tr class="no">(.*?)</tr>', shown)[1])
    assert numbers == ["2", *(column.number for column in COLUMNS)]


def test_the_page_tells_what_is_another_number_now(office):
    mixed_document(office)
    snapshot = frozen_by_form(office)
    address = f"/thong-ke/chot/{snapshot.code}/"
    assert "vẫn như khi chốt" in html(get(office.leader, address))
    with clock.travel(clock.now() + timedelta(days=2)):
        office.accept(Assignment.objects.filter(state="not_started").first())
        page = html(get(office.leader, address))
        assert re.search(r"Đã hoàn thành</th><td[^>]*>1</td><td[^>]*>2</td>", page)
        assert "Niêm phong nguyên vẹn" in page
        told = html(get(office.leader, f"{address}thay-doi/"))
        assert told.count("đã được xác nhận hoàn thành") == 1
    Snapshot.objects.filter(pk=snapshot.pk).update(row_count=7)
    assert "Niêm phong không khớp" in html(get(office.leader, address))


@pytest.mark.parametrize("query", ["den={past}", "han-trong={month}", "tu={past}&den={past}"])
def test_what_is_compared_is_narrowed_as_what_was_frozen(office, query):
    """Work given after the last day, or due in another month, is none of the difference."""
    mixed_document(office)
    query = query.format(
        past=clock.today() - timedelta(days=15), month=f"{clock.today() - timedelta(days=10):%Y-M%m}"
    )
    office.issue(tasks=1, due_in=70)
    snapshot = frozen_by_form(office, **dict(parse_qsl(query)))
    assert snapshot.row_count == 6
    moved = get(office.leader, f"/thong-ke/chot/{snapshot.code}/").context["moved"]
    assert not {"Giao trong kỳ", "Tổng số được giao"} & {one.heading for one in moved}, moved


def test_strangers_find_nothing(office):
    mixed_document(office)
    snapshot = frozen_by_form(office)
    stranger = Office(rooms=1).leader
    pages = ["", "phan-viec/", "thay-doi/", "bieu.xlsx", "bieu.pdf", "bieu.docx"]
    for client in map(sign_in, (stranger, office.heads[office.rooms[0]])):
        for page in pages:
            assert client.get(f"/thong-ke/chot/{snapshot.code}/{page}").status_code == 404
        assert snapshot.code not in page_of(client, "/thong-ke/chot/")
    assert snapshot.code in html(get(office.clerk, "/thong-ke/chot/"))
    assert get(office.leader, f"/thong-ke/chot/{snapshot.code.lower()}/").status_code == 200
    assert get(office.clerk, "/thong-ke/chot/moi/").status_code == 403


@pytest.mark.parametrize("rooms", [1, 3])
def test_the_queries_do_not_grow(rooms):
    office = Office(rooms=rooms)
    mixed = office.issue(tasks=2)
    office.accept(assignments_of(mixed)[0])
    snapshot = frozen_by_form(office)
    base = f"/thong-ke/chot/{snapshot.code}/"
    counts = [counted(office.leader, base + page).queries for page in ("", "phan-viec/", "thay-doi/")]
    assert counts == [9, 5, 7]
    assert counted(office.leader, "/thong-ke/chot/").queries == 4


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx"])
def test_the_files_of_a_snapshot_print_its_code_and_its_day(office, form, tmp_path):
    mixed_document(office)
    snapshot = frozen_by_form(office)
    with clock.travel(clock.now() + timedelta(days=40)):
        answer = get(office.leader, f"/thong-ke/chot/{snapshot.code}/bieu.{form}")
    path = tmp_path / f"bieu.{form}"
    path.write_bytes(answer.content)
    if form == "xlsx":
        sheet = load_workbook(path).active
        assert snapshot.code in sheet["A1"].value
        total = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng số")
        counted = [value if value is not None else "" for value in snapshot.figures["total"][:-1]]
        assert list(total[2:-1]) == pytest.approx(counted)
        return
    if form == "pdf":
        read = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    else:
        paper = docx.Document(path)
        read = paper.sections[0].footer.paragraphs[0].text + paper.tables[0].cell(0, 0).text
    assert snapshot.code in read
    assert office.unit.name.upper() in "".join(read.splitlines()) or office.unit.name.upper() in read


def test_the_rows_of_a_kept_number_have_the_address_of_the_live_one(office):
    """Addresses written before say the key of the column, and open the same rows."""
    mixed_document(office)
    kept = frozen_by_form(office)
    shown = html(get(office.leader, f"/thong-ke/chot/{kept.code}/"))
    words = set(re.findall(r"phan-viec/\?chi-tieu=([\w-]+)", shown))
    assert words
    assert words <= {column.slug for column in COLUMNS}
    by_key = {column.slug: column.key for column in COLUMNS if column.slug}
    rows = f"/thong-ke/chot/{kept.code}/phan-viec/"
    for word in words:
        now, before = (get(office.leader, rows, **{"chi-tieu": one}) for one in (word, by_key[word]))
        assert now.context["found"] == before.context["found"], word
        assert now.context["found"], word
