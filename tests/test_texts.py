"""The text of a file on the disk or of an upload, read in a process with limits; what is not read says the way out."""

import json
import socket
import subprocess
import sys
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives import apart, texts
from directives.errors import Incomplete
from directives.texts import text_of

from .extraction.word_files import docx, item, num, pattern, table
from .parsing.test_command import run

NUMBERS = pattern(0, "decimal:%1.") + num(1, 0)
BODY = table(["UBND XÃ ĐỒI CHÈ\nSố: 12/UBND-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]) + item(
    "Phòng Hạ tầng rà soát biển báo."
)


@pytest.fixture
def letter(tmp_path):
    return docx(tmp_path / "thư mời.docx", BODY, numbering=NUMBERS)


def test_a_file_on_the_disk_and_an_upload_give_the_same(letter):
    found = text_of(letter)
    assert found.text.endswith("\n1. Phòng Hạ tầng rà soát biển báo.\n")
    assert text_of(SimpleUploadedFile("a.docx", letter.read_bytes())) == found


def test_plain_text_is_read_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Số: 12/UBND-VP\n")
    assert text_of(path).text == "Số: 12/UBND-VP\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK\x03\x04 broken", "bị hỏng"),
        ("a.docx", b"%PDF-1.7", "không đúng với đuôi"),
        ("a.docx", b"", "không có nội dung"),
        ("a.pdf", b"%PDF-1.7 broken", "bị hỏng"),
        ("a.exe", b"MZ", "không thuộc loại"),
        ("a.txt", b"\xff\xff\xff", "Unicode"),
    ],
)
def test_what_is_not_read_says_why(name, content, words):
    with pytest.raises(Incomplete, match=words) as refused:
        text_of(SimpleUploadedFile(name, content))
    assert "file" in refused.value.fields


def test_a_file_with_a_program_in_it_is_not_read(letter):
    with zipfile.ZipFile(letter, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"")
    with pytest.raises(Incomplete, match="macro"):
        text_of(letter)


def test_a_file_too_large_or_missing_is_refused(tmp_path, letter, monkeypatch):
    monkeypatch.setattr(texts, "READABLE", (texts.Kind("docx", (".docx",), "", 10, lambda head: True),))
    for source in (letter, SimpleUploadedFile("a.docx", letter.read_bytes())):
        with pytest.raises(Incomplete, match="lớn hơn"):
            text_of(source)
    with pytest.raises(Incomplete, match="Không tìm thấy"):
        text_of(tmp_path / "b.docx")


def test_a_child_that_dies_is_a_file_too_heavy(letter, monkeypatch):
    monkeypatch.setattr(apart, "ask", lambda *_, **__: None)
    with pytest.raises(Incomplete, match="quá nặng"):
        text_of(letter)


def test_a_child_that_prints_without_end_is_not_listened_to(letter, monkeypatch):
    monkeypatch.setattr(apart, "MOST_PRINTED", 50)
    with pytest.raises(Incomplete, match="quá nặng"):
        text_of(letter)


def test_a_child_is_not_waited_for_longer_than_said():
    assert apart.ask("timeit", "-n1", "import time; time.sleep(60)", seconds=1) is None


def test_a_child_reaches_nobody():
    """Where the system lets a process leave the network, which some containers forbid."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        called = f"socket.create_connection({server.getsockname()}, 5)"
        code = f"import socket; from directives import apart; apart.leave_the_network(); {called}"
        done = subprocess.run([sys.executable, "-c", code], cwd=apart.ROOT, check=False)
    allowed = subprocess.run(["unshare", "--net", "--map-root-user", "true"], check=False).returncode == 0
    assert done.returncode or not allowed


def test_the_child_knows_no_secret_and_fails_quietly():
    assert not [name for name in apart.ENVIRONMENT if "SECRET" in name or "DATABASE" in name]
    assert apart.ask("directives.no_such_module", seconds=20) is None


def test_the_command_reads_it_without_a_database(letter):
    done = run(letter)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["code"], [task["label"] for task in found["tasks"]]) == ("12/UBND-VP", ["1"])


def test_the_command_refuses_with_one_sentence(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    done = run(path)
    assert (done.returncode, done.stdout, len(done.stderr.strip().splitlines())) == (2, "", 1)
