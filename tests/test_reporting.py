"""Reporting from the phone: what was typed and sent once is never asked for again."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfWriter

from directives import files, tracking
from directives.enums import AssignmentState
from directives.errors import Incomplete
from directives.models import Evidence, Report, Upload
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, make_user
from .screens import act, page

pytestmark = pytest.mark.django_db

LIST = "/nhiem-vu/"


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1))[0]


@pytest.fixture
def head(client, office, row):
    person = office.head_of(row)
    client.force_login(person)
    return person


def paper(name="bien-ban.pdf"):
    """A file whose content follows from its name."""
    writer, kept = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": name})
    writer.write(kept)
    return SimpleUploadedFile(name, kept.getvalue())


def report(client, row, **fields):
    return act(client, row, "report", **{"text": "Đã họp phổ biến", **fields})


def test_a_report_from_the_list_goes_back_to_the_list(client, row, head):
    answer = report(client, row, papers=[paper("a.pdf"), paper("b.pdf")], photographs=[], next=LIST)
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    row.refresh_from_db()
    assert row.state == AssignmentState.REPORTED
    assert set(Evidence.objects.values_list("file_name", flat=True)) == {"a.pdf", "b.pdf"}
    assert "Rút lại nếu gửi nhầm" in page(client, LIST)


def test_a_document_is_evidence_by_number_and_date(client, row, head):
    day = clock.today().isoformat()
    assert report(client, row, code=" 12/BC-P ", dated_on=day, addressed_to="Văn phòng Sở").status_code == 303
    kept = Evidence.objects.get()
    assert (kept.code, kept.dated_on, kept.addressed_to) == ("12/BC-P", clock.today(), "Văn phòng Sở")


WRONG = {
    "no result": ({"text": " "}, "Hãy ghi kết quả thực hiện."),
    "no evidence": ({}, "Hãy kèm ít nhất một minh chứng"),
    "a number without its day": ({"code": "12/BC"}, "Hãy ghi ngày của văn bản"),
    "a day without its number": ({"dated_on": "2024-01-02"}, "Hãy ghi số, ký hiệu"),
    "a day to come": ({"code": "12/BC", "dated_on": "2999-01-02"}, "không được sau hôm nay"),
    "no day at all": ({"code": "12/BC", "dated_on": "hôm qua"}, "errsum"),
    "a program": ({"papers": SimpleUploadedFile("a.exe", b"MZ")}, "không thuộc loại nhận được"),
    "a program under another name": (
        {"papers": SimpleUploadedFile("bao-cao.pdf", b"MZ\x90\x00" * 50)},
        "không đúng với đuôi tệp",
    ),
    "a photograph of 21 MB": (
        {"photographs": SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff" + bytes(21 * files.MB))},
        "“anh.jpg” lớn hơn 20 MB",
    ),
    "an empty file": ({"papers": SimpleUploadedFile("a.pdf", b"")}, "không có nội dung"),
    "eleven files": ({"papers": [SimpleUploadedFile("a.pdf", b"x") for _ in range(11)]}, "nhiều nhất 10 tệp"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_faulty_report_is_shown_again_with_all_that_was_typed(client, row, head, fault):
    fields, sentence = WRONG[fault]
    for sent in (fields.get(name) for name in ("papers", "photographs")):
        if isinstance(sent, SimpleUploadedFile):
            sent.seek(0)
    answer = report(client, row, **{"text": "Đã <b>họp</b> 05/6", "next": LIST, **fields})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Lỗi:" in text
    if "text" not in fields:
        assert "Đã &lt;b&gt;họp&lt;/b&gt; 05/6" in text
    assert f'name="next" value="{LIST}"' in text
    assert not Report.objects.exists()


def test_a_file_that_passed_is_not_sent_twice(client, row, head):
    first = report(client, row, text="", papers=paper("a.pdf")).content.decode()
    assert "a.pdf" in first
    assert "a.pdf" in page(client, reverse("assignment-report", args=[row.pk]))
    assert report(client, row, papers=paper("b.pdf")).status_code == 303
    assert list(Evidence.objects.values_list("file_name", flat=True)) == ["a.pdf", "b.pdf"]
    assert not Upload.objects.exists()
    kept = Evidence.objects.get(file_name="a.pdf")
    assert client.get(reverse("evidence-file", args=[kept.pk])).status_code == 200


def test_a_file_is_kept_too_where_a_colleague_was_faster(client, office, row, head):
    office.report(row, by=make_user(Role.DEPUTY, row.unit))
    answer = report(client, row, papers=paper())
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã họp phổ biến" in shown
    assert "không phải chọn lại: bien-ban.pdf" in shown
    assert "phải chọn lại:" not in shown.replace("không phải chọn lại:", "")
    assert Upload.objects.get().uploaded_by == head
    tracking.withdraw(type(row).objects.get(pk=row.pk), by=head)
    assert report(client, row).status_code == 303
    assert set(Evidence.objects.exclude(file="").values_list("file_name", flat=True)) == {"bien-ban.pdf"}


def test_a_file_is_kept_too_where_the_form_is_an_old_one(client, row, head):
    answer = report(client, row, papers=paper(), form_key="")
    assert answer.status_code == 422
    assert "không phải chọn lại: bien-ban.pdf" in answer.content.decode()
    assert report(client, row).status_code == 303
    assert Evidence.objects.get().file_name == "bien-ban.pdf"


def test_a_kept_file_can_be_dropped(client, row, head):
    report(client, row, text="", papers=paper("a.pdf"))
    dropped = Upload.objects.get()
    assert report(client, row, dropped=[dropped.pk], papers=paper("b.pdf")).status_code == 303
    assert list(Evidence.objects.values_list("file_name", flat=True)) == ["b.pdf"]


def test_a_kept_file_is_not_shown_to_a_colleague(client, office, row, head):
    report(client, row, text="", papers=paper("rieng.pdf"))
    client.force_login(make_user(Role.DEPUTY, row.unit))
    assert "rieng.pdf" not in page(client, reverse("assignment-report", args=[row.pk]))


def test_a_file_beyond_every_limit_is_cut_while_it_arrives(client, row, head, monkeypatch):
    seen = []

    def admit(sent):
        seen.append(sent.size)
        raise Incomplete(fields={"file": "quá lớn"})

    monkeypatch.setattr("portal.uploads.CAP", 100_000)
    monkeypatch.setattr("directives.files.admit", admit)
    assert report(client, row, papers=SimpleUploadedFile("a.pdf", b"0" * 3_000_000)).status_code == 422
    assert 100_000 < seen[0] < 300_000


def test_evidence_may_be_left_out_where_the_document_says_so(client, office):
    row = assignments_of(office.issue(tasks=1, evidence_required=False))[0]
    client.force_login(office.head_of(row))
    assert report(client, row).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://x.example/", "//x.example", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(client, row, head, elsewhere):
    assert act(client, row, "acknowledge", next=elsewhere)["Location"] == f"/nhiem-vu/{row.pk}/"


def test_acknowledge_report_withdraw(client, row, head):
    assert act(client, row, "acknowledge").status_code == 303
    assert report(client, row, papers=paper()).status_code == 303
    assert act(client, row, "withdraw").status_code == 303
    row.refresh_from_db()
    assert row.state == AssignmentState.IN_PROGRESS
    assert row.reported_on is None


# --- Again -------------------------------------------------------------------------------------


def form_of(client, row):
    return client.get(reverse("assignment-report", args=[row.pk])).context["form"]


@pytest.fixture(params=["withdrawn", "returned"])
def again(request, client, office, row, head):
    """The row after its first report, with a file and a document, came back."""
    report(client, row, papers=paper("a.pdf"), code="12/BC-P", dated_on=clock.today().isoformat())
    row.refresh_from_db()
    if request.param == "withdrawn":
        tracking.withdraw(row, by=head)
    else:
        tracking.send_back(row, by=office.monitor, reason="Thiếu số liệu")
    return row


def test_a_report_that_came_back_starts_with_what_it_said(client, again):
    form = form_of(client, again)
    assert (form["text"].value(), form["code"].value()) == ("Đã họp phổ biến", "12/BC-P")
    assert [one.file_name for one in form.reused] == ["a.pdf"]
    text = page(client, LIST)
    assert "Đã họp phổ biến" in text
    assert "a.pdf" in text


def test_each_card_of_the_list_begins_with_what_its_own_report_said(client, office, row, head):
    room = next(unit for unit, person in office.heads.items() if person == head)
    rows = [row, *assignments_of(office.issue(tasks=2, to=[room]))]
    queries = []
    for n, one in enumerate(rows, start=1):
        report(client, one, text=f"Lần {n}", papers=paper(f"t{n}.pdf"), code=f"{n}/BC", dated_on="2024-05-31")
        one.refresh_from_db()
        tracking.send_back(one, by=office.monitor, reason="Thiếu số liệu")
        page(client, LIST)
        with CaptureQueriesContext(connection) as asked:
            cards = listed_cards(client)
        queries.append(len(asked))
    assert queries == queries[:1] * 3
    for n, one in enumerate(rows, start=1):
        form = cards[one.pk].form
        assert (form["text"].value(), form["code"].value()) == (f"Lần {n}", f"{n}/BC")
        assert [proof.file_name for proof in form.reusable] == [f"t{n}.pdf"]
    drawn = re.findall(r't\d\.pdf(?= <span class="muted small">)', page(client, LIST))
    assert sorted(drawn) == ["t1.pdf", "t2.pdf", "t3.pdf"]


def listed_cards(client):
    return {
        card.assignment.pk: card for _, _, cards in client.get(LIST).context["sections"] for card in cards
    }


def test_its_files_go_along_again_without_being_sent(client, again):
    first = Evidence.objects.get(file_name="a.pdf")
    assert report(client, again, reused=[first.pk], papers=paper("b.pdf")).status_code == 303
    latest = Report.objects.latest("pk")
    assert [one.file_name for one in latest.evidence.all()] == ["a.pdf", "b.pdf"]
    assert latest.evidence.first().file.name == first.file.name
    assert client.get(reverse("evidence-file", args=[latest.evidence.first().pk])).status_code == 200


def test_a_file_not_ticked_stays_with_the_report_it_proved(client, again):
    answer = report(client, again, text="")
    assert answer.status_code == 422
    assert "a.pdf" in answer.content.decode()
    assert answer.context["form"].reused == []
    assert report(client, again, papers=paper("b.pdf")).status_code == 303
    assert [one.file_name for one in Report.objects.latest("pk").evidence.all()] == ["b.pdf"]


def test_no_file_of_another_report_goes_along(client, office, again, head):
    other = assignments_of(office.issue(tasks=1))[0]
    office.report(other)
    foreign = Evidence.objects.exclude(report__assignment=again).latest("pk")
    report(client, again, reused=[foreign.pk], papers=paper("b.pdf"))
    assert [one.file_name for one in Report.objects.latest("pk").evidence.all()] == ["b.pdf"]


def test_the_same_file_twice_is_one_piece_of_evidence(client, row, head):
    same = [paper("a.pdf"), paper("a.pdf")]
    assert report(client, row, papers=same, photographs=[paper("a.pdf")]).status_code == 303
    assert Evidence.objects.count() == 1
