"""Sending a file to draft from: read, kept with the record, refused with the way out, never asked for twice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from directives import files, texts
from directives.extraction import Extracted
from directives.models import Attachment, Directive, Reading
from tests import factories
from tests.drafting_world import ADD, SEED, World, desk_url, key_in
from units.enums import Role

from .extraction.old_files import doc
from .extraction.pdf_files import PICTURE, pdf
from .extraction.word_files import docx, item, num, pattern, table
from .parsing.old_letters import in_tcvn3, in_vni

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

NUMBERS = pattern(0, "decimal:%1.") + num(1, 0)
PLAN = table(["SỞ GIAO THÔNG VẬN TẢI\nSố:     /SGTVT-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]) + item(
    "Phòng Kế hoạch rà soát biển báo, báo cáo trước ngày 30/6/2030."
)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clerk(client, world):
    client.force_login(world.clerk)
    return client


@pytest.fixture
def letter(tmp_path):
    content = docx(tmp_path / "a.docx", PLAN, numbering=NUMBERS).read_bytes()
    return lambda name="Kế hoạch.docx": SimpleUploadedFile(name, content)


def send(client, world, file=None, **fields):
    sent = {"form_key": key_in(client.get(ADD)), "text": "", "purpose": "own", "office": world.unit.pk}
    return client.post(ADD, sent | ({"file": file} if file else {}) | fields)


def test_a_word_file_opens_as_a_draft_with_the_file_beside_it(clerk, world, letter):
    answer = send(clerk, world, letter())
    draft = Directive.objects.get()
    assert answer["Location"] == desk_url(draft)
    assert [task.label for task in draft.tasks.all()] == ["1"], "the number Word counts by itself"
    assert "1. Phòng Kế hoạch" in draft.source
    page = clerk.get(desk_url(draft)).content.decode()
    kept = Attachment.objects.get(directive=draft)
    address = reverse("attachment-file", args=[kept.pk])
    assert address in page
    assert b"".join(clerk.get(address).streaming_content) == letter().read()


def test_a_text_file_is_its_own_original(clerk, world):
    send(clerk, world, SimpleUploadedFile("a.txt", SEED.encode()))
    assert Directive.objects.get().tasks.count() == 4
    assert not Attachment.objects.exists()


def test_a_double_click_makes_one_draft(clerk, world, letter):
    key = key_in(clerk.get(ADD))
    first, second = (send(clerk, world, letter(), form_key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Directive.objects.count(), Attachment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"PK\x03\x04 broken", "bị hỏng"),
        ("a.docx", b"", "không có nội dung"),
        ("a.xlsx", b"PK\x03\x04", "không thuộc loại"),
        ("a.txt", b"   \n", "không có chữ nào"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_at_its_field(clerk, world, name, content, sentence):
    answer = send(clerk, world, SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors["file"])
    assert "Lỗi:" in answer.content.decode()
    assert not Directive.objects.exists()


def test_a_file_and_a_text_at_once_are_not_guessed_between(clerk, world, letter):
    answer = send(clerk, world, letter(), text=SEED)
    assert answer.status_code == 422
    assert "không dùng cả hai" in answer.content.decode()
    assert SEED.strip()[:40] in answer.content.decode(), "what was pasted stays"


def test_the_same_text_again_opens_the_draft_it_has(clerk, world):
    first, second = (send(clerk, world, text=SEED) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "đã có bản nháp" in clerk.get(second["Location"]).content.decode()
    other = send(clerk, world, text=SEED, purpose="incoming")
    assert other["Location"] != first["Location"], "for another purpose it is another paper"


def test_a_letter_of_others_taken_for_an_own_paper_is_pointed_out(clerk, world):
    answer = send(clerk, world, text="UBND TỈNH BÌNH ĐỊNH\nSỞ XÂY DỰNG\n" + SEED)
    assert "không phải cơ quan anh chị" in clerk.get(answer["Location"]).content.decode()
    answer = send(clerk, world, text="UBND TỈNH QUẢNG NGÃI\nSỞ GIAO THÔNG VẬN TẢI\n" + SEED)
    assert "không phải cơ quan anh chị" not in clerk.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("old", [in_tcvn3, in_vni])
def test_a_text_in_letters_from_before_unicode_becomes_a_draft_in_unicode(clerk, world, old):
    answer = send(clerk, world, text=old(SEED))
    draft = Directive.objects.get()
    assert "Chủ động phổ biến, quán triệt" in draft.body
    assert draft.tasks.first().text.startswith("Chủ động phổ biến, quán triệt")
    assert "đã chuyển sang Unicode" in clerk.get(answer["Location"]).content.decode()


class TestOldWord:
    @pytest.fixture
    def old(self, tmp_path, monkeypatch):
        """A .doc, and what LibreOffice would make of it."""
        monkeypatch.setattr(texts, "text_of", lambda source, ocr: Extracted(SEED, notes=("old",)))
        return lambda *names: SimpleUploadedFile("cu.doc", doc(tmp_path / "a.doc", *names).read_bytes())

    def test_its_original_stays_with_the_record_and_leaves_only_as_a_file(self, clerk, world, old, client):
        answer = send(clerk, world, old())
        page = clerk.get(answer["Location"]).content.decode()
        kept = Attachment.objects.get()
        address = reverse("attachment-file", args=[kept.pk])
        assert address in page
        assert "không lưu kèm" not in page
        fetched = clerk.get(address)
        assert b"".join(fetched.streaming_content) == old().read()
        assert fetched["Content-Type"] == "application/msword"
        assert fetched["Content-Disposition"] == 'attachment; filename="cu.doc"'
        assert "sandbox" in fetched["Content-Security-Policy"]
        client.force_login(factories.Office().clerk)
        assert client.get(address).status_code == 404

    def test_one_with_macros_is_not_kept(self, clerk, world, old):
        answer = send(clerk, world, old("Macros"))
        assert "macro" in answer.content.decode()
        assert not Directive.objects.exists()


class TestPhotograph:
    @pytest.fixture
    def photograph(self):
        content = BytesIO()
        Image.new("RGB", (60, 84), "white").save(content, "JPEG")
        return lambda name="trang 1.jpg": SimpleUploadedFile(name, content.getvalue())

    def test_it_is_refused_with_the_way_out(self, clerk, world, photograph, monkeypatch):
        monkeypatch.setattr(texts, "can_recognise", lambda: False)
        answer = send(clerk, world, photograph())
        assert answer.status_code == 422
        assert "là ảnh chụp, không có chữ. Hãy gửi bản Word hoặc PDF gốc." in answer.content.decode()
        assert not Reading.objects.exists()

    def test_where_it_can_be_recognised_one_button_does_it(self, clerk, world, photograph, monkeypatch):
        monkeypatch.setattr(texts, "can_recognise", lambda: True)
        page = send(clerk, world, photograph()).content.decode()
        assert "Nhận dạng chữ</button>" in page
        waiting = Reading.objects.get()
        monkeypatch.setattr(texts, "text_of", lambda source, ocr: Extracted(SEED, notes=("ocr",)))
        answer = send(clerk, world, recognise=waiting.pk)
        assert answer.status_code == 302
        assert "đối chiếu với bản gốc" in clerk.get(answer["Location"]).content.decode()
        assert Attachment.objects.get().file_name == "trang 1.jpg"

    def test_a_picture_that_is_none_says_so_once(self, clerk, world, monkeypatch):
        monkeypatch.setattr(texts, "can_recognise", lambda: True)
        answer = send(clerk, world, SimpleUploadedFile("a.jpg", b"\xff\xd8\xff broken"))
        assert len(answer.context["form"].errors["file"]) == 1
        assert "bị hỏng" in answer.content.decode()
        assert not Reading.objects.exists()


class TestScan:
    @pytest.fixture
    def scan(self, tmp_path):
        content = pdf(tmp_path / "a.pdf", PICTURE, PICTURE).read_bytes()
        return SimpleUploadedFile("ban-chup.pdf", content)

    def test_it_is_refused_with_the_way_out(self, clerk, world, scan):
        page = send(clerk, world, scan).content.decode()
        assert "là bản chụp, không có lớp chữ" in page
        offered = "Nhận dạng chữ</button>" in page
        assert offered == Reading.objects.exists() == texts.can_recognise()

    @pytest.mark.needs("tesseract")
    def test_recognising_needs_no_second_sending(self, clerk, world, scan):
        send(clerk, world, scan)
        waiting = Reading.objects.get()
        answer = send(clerk, world, recognise=waiting.pk)
        if answer.status_code == 302:
            assert not Reading.objects.exists()
            assert Attachment.objects.get().file.name == waiting.file.name
        else:
            assert "file" in answer.context["form"].errors

    def test_it_waits_for_its_sender_alone(self, clerk, client, world, scan):
        kept = files.admit(scan, kinds=(files.PDF,))
        waiting = Reading.objects.create(office=world.unit, **kept.fields(by=world.clerk))
        client.force_login(factories.make_user(Role.CLERK, world.unit))
        assert send(client, world, recognise=waiting.pk).status_code == 404
        assert send(client, world, recognise="x").status_code == 404
