"""What a table says of itself wherever it is read: what its rows are, why they do not add up, what its sheets hold."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from directives.freezing import frozen_table
from directives.models import Directive
from directives.templatetags.wording import day
from tests.factories import Office, assignments_of
from tests.figures_world import get, html, mixed_document
from tests.screens import ago, sign_in
from tests.test_official import TABLE, plain_rows, sheets
from tests.test_snapshot_pages import frozen_by_form
from units import clock
from units.models import UnitGroup

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
OVERLAP = "Đơn vị thuộc nhiều nhóm được tính ở mỗi nhóm, nên cộng các dòng lớn hơn tổng số."
LEAD = "(chỉ tính nhiệm vụ chủ trì có thời hạn)"


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def mixed(office):
    return mixed_document(office)


def words_of(book):
    cells = (cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def frozen_words(office, kept):
    answer = sign_in(office.leader).get(f"/thong-ke/chot/{kept.code}/bieu.xlsx")
    return words_of(load_workbook(BytesIO(answer.content)))


def paper_words(user, address):
    paper = docx.Document(BytesIO(sign_in(user).get(address).content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in paper.paragraphs)])


# --- By document ---------------------------------------------------------------------------------


@pytest.fixture
def same_number(office):
    """Two documents with one number, of two years: what tells them apart is their day and what they are about."""
    with ago(400):
        office.issue(tasks=1, title="V/v phòng, chống bão")
    office.issue(tasks=1, title="V/v chuyển đổi số")
    assert len(set(Directive.objects.values_list("code", flat=True))) == 1
    return [
        (f"{one.code} ngày {day(one.issued_on)}: {one.title}", one)
        for one in Directive.objects.order_by("issued_on")
    ]


def test_documents_of_one_number_are_told_apart_in_every_file(office, same_number):
    said = [words for words, _one in same_number]
    assert [row[1] for row in plain_rows(office.leader, f"{TABLE[:-1]}.csv?nhom=van-ban")[1:3]] == said
    paper = paper_words(office.leader, f"{TABLE[:-1]}.docx?nhom=van-ban")
    sheet = words_of(sheets(office.leader, f"{TABLE[:-1]}.xlsx?nhom=van-ban"))
    frozen = frozen_words(office, frozen_by_form(office, nhom="van-ban"))
    for words in said:
        assert words in paper
        assert words in sheet
        assert words in frozen


def test_documents_of_one_number_are_told_apart_on_the_pages(office, same_number):
    kept = frozen_by_form(office, nhom="van-ban")
    for page in (
        get(office.leader, TABLE, nhom="van-ban"),
        get(office.leader, f"/thong-ke/chot/{kept.code}/"),
    ):
        for _words, one in same_number:
            assert f"<small>{day(one.issued_on)} · {one.title}</small>" in html(page)


def test_a_table_frozen_before_days_were_kept_is_read_as_it_was(office, same_number):
    kept = frozen_by_form(office, nhom="van-ban")
    for row in kept.figures["rows"]:
        del row[4:]
    kept.save(update_fields=["figures"])
    assert [row.issued_on for row in frozen_table(kept).rows] == [None, None]
    code, about = same_number[0][1].code, same_number[0][1].title
    assert f"{code}: {about}" in frozen_words(office, kept)


# --- What is said under a table ------------------------------------------------------------------


def test_rows_that_are_more_than_their_total_say_why_wherever_they_stand(office, mixed):
    for name in "AB":
        UnitGroup.objects.create(owner=office.unit, name=f"Khối {name}").listed.add(*office.rooms[:2])
    kept = frozen_by_form(office, nhom="nhom-don-vi")
    assert OVERLAP in html(get(office.leader, TABLE, nhom="nhom-don-vi"))
    assert OVERLAP in words_of(sheets(office.leader, f"{TABLE[:-1]}.xlsx?nhom=nhom-don-vi"))
    assert OVERLAP in words_of(sheets(office.leader, f"{TABLE}so-lieu-ky.xlsx?nhom=nhom-don-vi"))
    assert OVERLAP in paper_words(office.leader, f"{TABLE[:-1]}.docx?nhom=nhom-don-vi")
    assert OVERLAP in html(get(office.leader, f"/thong-ke/chot/{kept.code}/"))
    assert OVERLAP in frozen_words(office, kept)
    assert OVERLAP not in words_of(sheets(office.leader, f"{TABLE[:-1]}.xlsx"))


def test_a_rate_of_lead_work_says_so_under_a_table_of_both_duties(office, mixed):
    kept = frozen_by_form(office, **{"vai-tro": "tat-ca"})
    told = html(get(office.leader, TABLE, **{"vai-tro": "tat-ca"})).count(LEAD)
    assert told > 0
    assert words_of(sheets(office.leader, f"{TABLE[:-1]}.xlsx?vai-tro=tat-ca")).count(LEAD) == told
    assert frozen_words(office, kept).count(LEAD) == told


# --- The workbook of a period --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("don-vi", "Tổng hợp theo đơn vị"),
        ("nhom-don-vi", "Tổng hợp theo nhóm đơn vị"),
        ("linh-vuc", "Tổng hợp theo lĩnh vực"),
        ("van-ban", "Tổng hợp theo văn bản"),
        ("co-quan", "Tổng hợp theo cơ quan giao"),
    ],
)
def test_the_sheet_of_the_table_is_named_by_what_its_rows_are(office, mixed, by, name):
    assert sheets(office.leader, f"{TABLE}so-lieu-ky.xlsx?nhom={by}").sheetnames[1] == name


def test_sheets_say_of_which_day_they_are_where_it_is_not_the_last_of_the_period(office):
    with ago(40):
        rows = assignments_of(office.issue(tasks=1, due_in=5))
    office.accept(rows[0])
    today = clock.today()
    first, last = today - timedelta(days=45), today - timedelta(days=20)
    for days, names in {
        f"tu={first}&den={last}&ngay={today}": ["Hoàn thành đến ngày số liệu", "Còn mở đến ngày số liệu"],
        f"tu={first}&den={last}": ["Hoàn thành trong kỳ", "Còn mở cuối kỳ"],
        f"tu={first}&den={today + timedelta(days=9)}": ["Hoàn thành trong kỳ", "Còn mở đến ngày số liệu"],
        "": ["Hoàn thành trong kỳ", "Còn mở cuối kỳ"],
    }.items():
        book = sheets(office.leader, f"{TABLE}so-lieu-ky.xlsx?{days}")
        assert [book.sheetnames[3], book.sheetnames[5]] == names, days
        assert max(map(len, book.sheetnames)) <= 31
