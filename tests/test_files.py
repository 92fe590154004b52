"""The way in for files, with real files of every kind and hostile ones, and the way out."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from directives import files
from directives.enums import AttachmentKind
from directives.errors import Incomplete
from directives.models import Attachment, Evidence, Report
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, make_user

# --- Making files ------------------------------------------------------------------------------

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GPS, ORIENTATION = 0x8825, 0x0112


def upload(name, content):
    return SimpleUploadedFile(name, content)


def docx(*, main=WORD, parts=None, compression=zipfile.ZIP_DEFLATED):
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    parts = {"[Content_Types].xml": types, "word/document.xml": "<document/>"} | (parts or {})
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def linked(kind):
    target = f'<Relationship Id="r1" Type="{LINK}/{kind}" Target="http://x.example/a" TargetMode="External"/>'
    return docx(parts={"word/_rels/document.xml.rels": f"<Relationships>{target}</Relationships>"})


def xlsx():
    book, kept = Workbook(), io.BytesIO()
    book.active.append(["Đơn vị", "Kết quả"])
    book.save(kept)
    return kept.getvalue()


def pdf(change=None, **options):
    writer, kept = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if change:
        change(writer, **options)
    writer.write(kept)
    return kept.getvalue()


def action(writer, *, kind):
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): NameObject(kind)})


def hidden_script(writer):
    writer._add_object(DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)")}))


def xfa(writer):
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("x")}
    )


def picture(kind="JPEG", size=(40, 20), *, exif=None):
    kept = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(kept, kind, **({"exif": exif} if exif else {}))
    return kept.getvalue()


def telling_exif():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "MAYCHUP"
    exif.get_ifd(GPS).update({1: "N", 2: (15.0, 7.0, 0.0), 3: "E", 4: (108.0, 48.0, 0.0)})
    return exif


def heic():
    kept = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 32), "teal")).save(
        kept, format="HEIF", exif=telling_exif().tobytes()
    )
    return kept.getvalue()


def bomb():
    return docx(parts={f"word/media/{n}.xml": b"0" * 30_000_000 for n in range(3)})


def huge_png():
    kept = io.BytesIO()
    Image.new("1", (9000, 9000)).save(kept, "PNG")
    return kept.getvalue()


def encrypt(writer):
    writer.encrypt("mat-khau", algorithm="RC4-128")


def refused(name, content, **options) -> str:
    with pytest.raises(Incomplete) as refusal:
        files.admit(upload(name, content), **options)
    return str(refusal.value.fields["file"])


# --- What is taken -----------------------------------------------------------------------------

UNTOUCHED = {"bao-cao.pdf": pdf, "bao-cao.docx": docx, "danh-sach.xlsx": xlsx, "QUYẾT ĐỊNH.PDF": pdf}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_a_document_is_kept_byte_for_byte(name):
    content = UNTOUCHED[name]()
    admitted = files.admit(upload(name, content))
    assert admitted.content.read() == content
    assert (admitted.size, admitted.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert admitted.file_name == f"{name[:-4]}{name[-4:].lower()}"


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "anh.jpg"), ("JPEG", "ẢNH HỌP.JPEG"), ("PNG", "anh.png")]
)
def test_a_picture_is_kept_as_a_picture(kind, name):
    admitted = files.admit(upload(name, picture(kind)))
    with Image.open(admitted.content) as kept:
        assert (kept.format, kept.size) == (kind, (40, 20))
    assert admitted.sha256 == hashlib.sha256(admitted.content.path.read_bytes()).hexdigest()


def test_place_and_camera_are_stripped_and_the_picture_stands_upright():
    admitted = files.admit(upload("anh.jpg", picture(exif=telling_exif())))
    content = admitted.content.read()
    with Image.open(io.BytesIO(content)) as kept:
        assert not kept.getexif()
        assert kept.size == (20, 40)
    assert b"MAYCHUP" not in content
    assert b"Exif" not in content


def test_a_heic_photograph_becomes_a_jpeg_without_its_place():
    admitted = files.admit(upload("IMG_0001.HEIC", heic()))
    assert (admitted.file_name, admitted.media_type) == ("IMG_0001.jpg", "image/jpeg")
    with Image.open(admitted.content) as kept:
        assert kept.format == "JPEG"
        assert not kept.getexif()


def test_what_is_hidden_behind_a_picture_is_gone():
    admitted = files.admit(upload("anh.png", picture("PNG") + b"PK\x03\x04<script>"))
    assert b"<script>" not in admitted.content.read()


def test_a_hyperlink_and_an_opening_at_a_page_are_harmless():
    assert files.admit(upload("a.docx", linked("hyperlink"))).size
    assert files.admit(upload("a.pdf", pdf(action, kind="/GoTo"))).size


@pytest.mark.parametrize("kind", files.EVIDENCE, ids=lambda kind: kind.word)
def test_the_limit_is_the_last_byte_taken(kind):
    class Declared(SimpleUploadedFile):
        """Says nothing of its size, as a stream does."""

        @property
        def size(self):
            return 0

        @size.setter
        def size(self, value):
            pass

    head = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "heic": b"0000ftypheic"}
    content = head.get(kind.word, b"PK\x03\x04").ljust(kind.limit + 1, b"0")
    sentence = refused(f"a{kind.extensions[0]}", content)
    assert f"{kind.limit // files.MB} MB" in sentence
    with pytest.raises(Incomplete, match="MB"):
        files.admit(Declared(f"a{kind.extensions[0]}", content))


# --- What is not taken -------------------------------------------------------------------------

HOSTILE = {
    "a web page as a picture": ("anh.png", b"<html><script>alert(1)</script>", "đuôi tệp"),
    "an SVG as a picture": ("anh.jpg", b"<svg onload='alert(1)'/>", "đuôi tệp"),
    "a program": ("cai-dat.exe", b"MZ", "không thuộc loại"),
    "a web page": ("trang.html", b"<html>", "không thuộc loại"),
    "no ending": ("baocao", pdf, "không thuộc loại"),
    "old Word": ("cong-van.doc", b"\xd0\xcf\x11\xe0", "Office cũ"),
    "a picture as PDF": ("a.pdf", picture, "đuôi tệp"),
    "a PDF that begins later": ("a.pdf", lambda: b"GIF89a" + pdf(), "đuôi tệp"),
    "nothing": ("a.pdf", b"", "không có nội dung"),
    "PDF in name alone": ("a.pdf", b"%PDF-1.7 nothing else", "bị hỏng"),
    "a PDF with a password": ("a.pdf", lambda: pdf(encrypt), "mật khẩu"),
    "a PDF with a script": ("a.pdf", lambda: pdf(action, kind="/JavaScript"), "tự chạy"),
    "a PDF with a script no page leads to": ("a.pdf", lambda: pdf(hidden_script), "tự chạy"),
    "a PDF that starts a program": ("a.pdf", lambda: pdf(action, kind="/Launch"), "tự chạy"),
    "a PDF that opens a page elsewhere": ("a.pdf", lambda: pdf(action, kind="/URI"), "tự chạy"),
    "a PDF with a form program": ("a.pdf", lambda: pdf(xfa), "tự chạy"),
    "a PDF with a file in it": ("a.pdf", lambda: pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "đính kèm"),
    "Excel named Word": ("a.docx", xlsx, "đuôi tệp"),
    "a Word file with macros": ("a.docx", lambda: docx(parts={"word/vbaProject.bin": b"x"}), "macro"),
    "a macro-enabled type": ("a.docx", lambda: docx(main=MACRO_WORD), "macro"),
    "an object of another program": ("a.docx", lambda: docx(parts={"word/embeddings/oleObject1.bin": b""}), "macro"),
    "a template from elsewhere": ("a.docx", lambda: linked("attachedTemplate"), "liên kết"),
    "a picture from elsewhere": ("a.docx", lambda: linked("image"), "liên kết"),
    "a way out of the folder": ("a.docx", lambda: docx(parts={"../../etc/passwd": b"x"}), "Cấu trúc"),
    "a document type": ("a.docx", lambda: docx(parts={"[Content_Types].xml": "<!DOCTYPE a><Types/>"}), "Cấu trúc"),
    "a bomb": ("a.docx", bomb, "quá nặng"),
    "too many parts": ("a.docx", lambda: docx(parts={f"word/{n}.xml": "" for n in range(2001)}), "quá nặng"),
    "two files in one": ("a.docx", lambda: docx() + b"%PDF-1.7", "ghép thêm"),
    "a zip that is no document": ("a.xlsx", lambda: docx(), "đuôi tệp"),
    "half a zip": ("a.docx", lambda: docx()[:200], "bị hỏng"),
    "a picture too large to draw": ("a.png", huge_png, "40 triệu"),
    "half a picture": ("a.jpg", lambda: picture(size=(400, 400))[:3000], "bị hỏng"),
}  # fmt: skip


@pytest.mark.parametrize("sample", HOSTILE)
def test_a_file_is_refused_with_the_way_out(sample):
    name, content, words = HOSTILE[sample]
    sentence = refused(name, content() if callable(content) else content)
    assert words in sentence
    assert "Hãy" in sentence


def test_a_refused_file_leaves_nothing_behind(media):
    refused("a.jpg", picture(size=(400, 400))[:3000])
    refused("a.pdf", b"%PDF-1.7 nothing else")
    assert list(media.rglob("*")) == [media / "incoming"]


def test_only_the_kinds_asked_for_are_taken():
    assert "không thuộc loại" in refused("a.docx", docx(), kinds=files.SCANS)


def test_a_parser_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(files, "WALL_SECONDS", 0.001)
    assert "quá nặng" in refused("a.pdf", pdf())


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\a\\báo cáo.pdf": "báo cáo.pdf",
    "a\u202efdp.pdf": "afdp.pdf",
    'a"b\r\nX: y.pdf': "abX y.pdf",
    ".pdf": "pdf",
    "x" * 300 + ".PDF": "x" * 146 + ".pdf",
}


@pytest.mark.parametrize("given", NAMES)
def test_names_are_made_harmless(given):
    assert files.clean_name(given) == NAMES[given]


# --- Kept and given out ------------------------------------------------------------------------


@pytest.fixture
def reported(db):
    """An office with one report, proved by a PDF."""
    office = Office(rooms=2)
    assignment = assignments_of(office.issue(tasks=1))[0]
    office.report(assignment, evidence=[files.admit(upload("Biên bản “họp”.pdf", pdf()))])
    office.evidence = Evidence.objects.get()
    office.assignment = assignment
    return office


def fetch(client, user, stored, route="evidence-file", method="get"):
    client.force_login(user)
    return getattr(client, method)(reverse(route, args=[stored.pk]))


def test_the_store_tells_nothing(reported, media):
    stored = reported.evidence
    assert stored.file.name[2] == "/"
    assert not stored.file.name.endswith(".pdf")
    assert stored.file.path.startswith(str(media))
    assert list((media / "incoming").iterdir()) == []


def test_a_file_comes_back_as_it_went_in(client, reported):
    answer = fetch(client, reported.monitor, reported.evidence)
    assert hashlib.sha256(answer.getvalue()).hexdigest() == reported.evidence.sha256
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(reported.evidence.size)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n%20")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_packed_answer_keeps_its_length(client, reported):
    client.force_login(reported.monitor)
    answer = client.get(
        reverse("evidence-file", args=[reported.evidence.pk]), headers={"accept-encoding": "gzip"}
    )
    assert "Content-Encoding" not in answer
    assert len(answer.getvalue()) == reported.evidence.size


def test_head_answers_without_the_content(client, reported):
    answer = fetch(client, reported.monitor, reported.evidence, method="head")
    assert (answer.status_code, answer["Content-Length"]) == (200, str(reported.evidence.size))
    assert answer.getvalue() == b""


def test_who_may_fetch_evidence(client, reported):
    office, room = reported, reported.assignment.unit
    stranger = Office(rooms=1)
    allowed = [office.monitor, office.leader, office.clerk, office.heads[room], make_user(Role.STAFF, room)]
    others = [
        office.heads[office.rooms[1]],
        stranger.monitor,
        stranger.clerk,
        make_user(Role.ADMIN, office.unit),
    ]
    assert [fetch(client, user, office.evidence).status_code for user in allowed] == [200] * len(allowed)
    assert [fetch(client, user, office.evidence).status_code for user in others] == [404] * len(others)
    client.logout()
    assert client.get(reverse("evidence-file", args=[office.evidence.pk])).status_code == 302


def test_a_file_of_a_document_is_fetched_by_who_sees_the_document(client, reported):
    draft = reported.draft()
    admitted = files.admit(upload("ban-ky.pdf", pdf()))
    stored = Attachment.objects.create(
        directive=draft, kind=AttachmentKind.ORIGINAL, **admitted.fields(by=reported.clerk)
    )
    seen = {
        user: fetch(client, user, stored, "attachment-file").status_code
        for user in [reported.clerk, reported.monitor]
    }
    assert seen == {reported.clerk: 200, reported.monitor: 404}


def test_evidence_without_a_file_is_not_found(client, db):
    office = Office(rooms=1)
    office.report(assignments_of(office.issue(tasks=1))[0])
    assert fetch(client, office.monitor, Evidence.objects.get()).status_code == 404


@pytest.mark.parametrize("harm", ["gone", "changed", "longer"])
def test_a_harmed_file_is_a_clear_page(client, reported, harm):
    path = reported.evidence.file.path
    if harm == "gone":
        reported.evidence.file.storage.delete(reported.evidence.file.name)
    else:
        with open(path, "r+b") as file:  # noqa: PTH123 - changed in place, as a bad disk would
            file.seek(0, 2 if harm == "longer" else 0)
            file.write(b"X")
    answer = fetch(client, reported.monitor, reported.evidence)
    assert answer.status_code == 410
    assert "Biên bản" in answer.content.decode()


def test_a_file_of_an_undone_report_is_swept(reported, media):
    from django.core.management import call_command

    kept = reported.evidence.file.path
    orphan = media / "ab" / "abcd"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")
    forgotten = media / "incoming" / "tmp1"
    forgotten.write_bytes(b"x")
    call_command("sweep_files")
    assert orphan.exists()
    with clock.travel(clock.now() + timedelta(days=2)):
        call_command("sweep_files")
    assert not orphan.exists()
    assert not forgotten.exists()
    assert Report.objects.get().evidence.get().file.path == kept
    assert reported.evidence.file.storage.exists(reported.evidence.file.name)
