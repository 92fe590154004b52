"""A form that was not taken: nothing typed is lost, every field has its name, and one button sends it again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directives.models import Directive, Report
from units import clock
from units.once import new_key

from .factories import PASSWORD, Office, assignments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forgotten_attempts")]

HERE = {"Origin": "http://testserver"}
FILE = "bao-cao-quy-3.pdf"


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def draft(office):
    return office.draft(tasks=3)


@pytest.fixture
def assignment(office):
    return assignments_of(office.issue(tasks=1))[0]


def drafted(draft):
    """The drafting screen of one task, with its keys, marks and buttons."""
    return {
        "form_key": new_key(),
        "version": draft.version,
        "seen": "{}",
        "act": "save",
        "kind": draft.kind,
        "issuer": draft.issuer_id,
        "notation_style": "state",
        "title": "V/v kiểm tra",
        "number": "915",
        "task-count": "1",
        "task-0-level": "0",
        "task-0-label": "II.3",
        "task-0-text": "Rà soát",
        "task-0-due_on": "15/3/2027",
    }


def desk(draft):
    return reverse("admin:directives_directive_change", args=[draft.pk])


def shown(page):
    """Label → what stands in the field below it."""
    label = re.compile(
        r'<label for="typed-\d+">([^<]*)</label>(?:<textarea[^>]*>([^<]*)<|<input[^>]* value="([^"]*)")'
    )
    return {name: text or value for name, text, value in label.findall(page)}


def carried(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


# --- The session ended --------------------------------------------------------------------------
def test_a_form_sent_after_the_session_ended_says_so_and_keeps_every_field(client, draft):
    page = client.post(desk(draft), drafted(draft), headers=HERE)
    assert page.status_code == 403
    assert "Phiên đăng nhập đã hết, chưa lưu gì" in page.text
    assert shown(page.text) == {
        "Loại văn bản": "Công văn",
        "Cách ghi": draft.get_notation_style_display(),
        "Trích yếu": "V/v kiểm tra",
        "Số": "915",
        "Nhiệm vụ II.3: Số mục": "II.3",
        "Nhiệm vụ II.3: Nội dung": "Rà soát",
        "Nhiệm vụ II.3: Thời hạn": "15/3/2027",
    }


def test_after_signing_in_in_another_tab_the_same_form_is_sent_again_and_done_once(office, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("account_login"))
    sent = drafted(draft) | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    ended = browser.post(desk(draft), sent, headers=HERE)
    again = carried(ended.text)
    assert {name: again[name] for name in ("act", "form_key", "title")} == {
        name: sent[name] for name in ("act", "form_key", "title")
    }

    signing_in = browser.get(reverse("account_login"))
    token = carried(signing_in.text)["csrfmiddlewaretoken"]
    browser.post(
        reverse("account_login"),
        {"login": office.clerk.username, "password": PASSWORD, "csrfmiddlewaretoken": token},
    )
    # The token of the page that waited is of the time before: the second page has a fresh one.
    renewed = browser.post(desk(draft), again, headers=HERE)
    assert renewed.status_code == 403
    assert "bấm Gửi lại để gửi" in renewed.text
    for _click in range(2):
        assert browser.post(desk(draft), carried(renewed.text), headers=HERE).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.number, draft.version) == ("V/v kiểm tra", "915", 2)


def test_a_page_of_another_site_cannot_put_its_words_behind_our_button(office, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.clerk)
    for headers in ({"Origin": "https://evil.example"}, {"Referer": "https://evil.example/"}, {}):
        page = browser.post(desk(draft), drafted(draft), headers=headers)
        assert page.status_code == 403
        assert "Gửi lại" not in page.text
        assert shown(page.text)["Trích yếu"] == "V/v kiểm tra", "to be copied"


def test_of_chosen_files_the_name_is_kept_and_they_are_asked_for_again(client, assignment):
    sent = {
        "form_key": new_key(),
        "text": "Xong",
        "dated_on": clock.today().isoformat(),
        "papers": SimpleUploadedFile(FILE, b"%PDF-"),
    }
    page = client.post(reverse("assignment-report", args=[assignment.pk]), sent, headers=HERE)
    assert shown(page.text) == {"Kết quả": "Xong", "Ngày văn bản": clock.today().isoformat()}
    assert f"Tệp đã chọn không giữ lại được, phải chọn lại: {FILE}." in page.text
    assert re.search(r'<input type="file"[^>]* name="papers" required>', page.text), (
        "not sent without it unawares"
    )
    assert not Report.objects.exists()


def test_the_pasted_text_comes_back_under_its_name(client):
    page = client.post(
        reverse("admin:directives_directive_add"),
        {"text": "Số: 12\nNội dung", "purpose": "incoming"},
        headers=HERE,
    )
    assert shown(page.text) == {
        "Dán nội dung": "Số: 12\nNội dung",
        "Để làm gì": "Ghi văn bản nơi khác ban hành (vào sổ đến)",
    }
    assert not Directive.objects.exists()


def test_a_password_is_neither_shown_nor_carried(client):
    sent = {"oldpassword": "cu cua toi", "password1": "moi cua toi"}
    page = client.post(reverse("account_change_password"), sent, headers=HERE)
    assert "cua toi" not in page.text
    assert "Gửi lại" not in page.text


def test_opening_a_page_or_signing_out_twice_leads_to_the_sign_in(client, draft):
    assert client.get(desk(draft)).status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302


# --- Every page that holds a form ---------------------------------------------------------------
def test_rows_of_the_administration_have_their_names_too(client):
    sent = {"code": "H47", "names-0-name": "Sở Y tế", "names-TOTAL_FORMS": "1", "_save": "x"}
    page = client.post(reverse("admin:units_unit_add"), sent, headers=HERE)
    told = shown(page.text)
    assert "H47" in told.values()
    assert "Sở Y tế" in told.values()
    assert not any(name.startswith("names") for name in told)


def test_what_only_refuses_again_is_left_for_the_page_of_the_work(client, office, assignment):
    address = reverse("assignment-report", args=[assignment.pk])
    office.accept(assignment)
    client.force_login(office.head_of(assignment))
    page = client.post(
        address,
        {"form_key": new_key(), "text": "Xong"},
        headers={"Referer": f"http://testserver{address}?next=/"},
    )
    assert page.status_code == 409
    assert f'href="{reverse("assignment-detail", args=[assignment.pk])}">Quay lại trang trước' in page.text
