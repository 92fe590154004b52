"""The text of a file that somebody has: the one way from a .txt, .docx, .pdf, .doc or picture to what the parser reads.

Looked into and read in a child process with limits, never here; asks no database and keeps no file.
"""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from directives import apart
from directives.errors import Incomplete
from directives.extraction import Extracted, programs
from directives.extraction.tidy import LONGEST
from directives.files import (
    DOC,
    DOCX,
    HEAD,
    MB,
    PDF,
    PICTURES,
    Kind,
    clean_name,
    kind_of,
    refusal,
    wrong_beginning,
)
from directives.parsing.files import MAX_BYTES, UnreadableError, read_text

TXT = Kind("txt", (".txt",), "text/plain", MAX_BYTES, lambda head: True)
READABLE = (TXT, DOCX, PDF, DOC, *PICTURES)
WALL_SECONDS, WALL_SECONDS_OLD, WALL_SECONDS_OCR = 30, 90, 600


class Unread(Incomplete):
    """A file that was not read. `by_recognition` says whether its words are pictures that could be recognised."""

    by_recognition = False


def can_recognise() -> bool:
    """Whether this machine has what recognises the words of a picture."""
    return programs.path_of(programs.RECOGNISER) is not None


def text_of(source: Path | File, *, ocr: bool = False) -> Extracted:
    """The text of a file on the disk or of an upload. Raises `Incomplete` (field `file`) with the way out.

    Costs a child process of a fraction of a second, at most 30 seconds; none for a .txt. A .doc takes some seconds,
    with `ocr` each page of a scan does. Call it outside a transaction.
    """
    name = clean_name(source.name or "")
    kind = kind_of(name, READABLE)
    with on_disk(source, kind, name) as path:
        return _plain(path, name) if kind is TXT else _asked(path, kind, name, ocr=ocr)


# --- Steps -------------------------------------------------------------------------------------


@contextmanager
def on_disk(source, kind, name):
    """The path of the content, of the size and beginning that its kind has. An upload lies there meanwhile."""
    if isinstance(source, Path):
        if not source.is_file():
            raise _refusal("missing", name)
        _check(source, kind, name)
        yield source
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{kind.extensions[0]}"
        _copy(source, path, kind, name)
        _check(path, kind, name)
        yield path


def _copy(upload, path, kind, name) -> None:
    with path.open("wb") as file:
        for piece in upload.chunks():
            file.write(piece)
            if file.tell() > kind.limit:
                raise _too_large(kind, name)


def _check(path, kind, name) -> None:
    size = path.stat().st_size
    if size > kind.limit:
        raise _too_large(kind, name)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not kind.begins(head):
        raise refusal(wrong_beginning(kind, head), name)


def _plain(path, name) -> Extracted:
    try:
        text = read_text(path)
    except UnreadableError as error:
        raise Incomplete(fields={"file": str(error)}) from None
    if len(text) > LONGEST:
        raise _refusal("heavy", name)
    return Extracted(text)


def _asked(path, kind, name, *, ocr) -> Extracted:
    if kind in PICTURES and not ocr:
        raise _refusal("picture", name)
    wall = WALL_SECONDS_OCR if ocr else WALL_SECONDS_OLD if kind is DOC else WALL_SECONDS
    answer = apart.ask("directives.extraction", kind.word, str(path), *(["ocr"] if ocr else []), seconds=wall)
    if answer is None:
        raise _refusal("heavy", name)
    if "refused" in answer:
        raise _refusal(answer["refused"], name)
    return Extracted(answer["text"], answer["pages"], tuple(answer["notes"]))


# --- What is said when a file is not read ------------------------------------------------------

_SENTENCES = {
    "missing": _("Không tìm thấy tệp “%(name)s”."),
    "heavy": _(
        "Tệp “%(name)s” quá nặng để đọc. Hãy tách thành nhiều tệp nhỏ, hoặc chép phần chữ rồi dán vào."
    ),
    "no_text": _("Tệp “%(name)s” không có chữ nào. Hãy kiểm tra lại tệp, hoặc chép phần chữ rồi dán vào."),
    "scan": _("Tệp “%(name)s” là bản chụp, không có lớp chữ. Hãy gửi bản Word hoặc PDF gốc."),
    "picture": _("Tệp “%(name)s” là ảnh chụp, không có chữ. Hãy gửi bản Word hoặc PDF gốc."),
    "garbled": _("Lớp chữ của tệp “%(name)s” bị sai bảng mã. Hãy xuất lại PDF từ bản gốc."),
    "long_scan": _(
        "Bản chụp “%(name)s” có quá nhiều trang để nhận dạng chữ. Hãy tách lấy những trang cần đọc."
    ),
    "no_ocr": _(
        "Máy chủ chưa cài Tesseract tiếng Việt nên không nhận dạng được “%(name)s”. Hãy gửi bản Word hoặc PDF gốc."
    ),
    "no_converter": _(
        "Máy chủ chưa cài LibreOffice nên không đọc được “%(name)s”. Hãy mở ra và lưu lại thành .docx hoặc PDF."
    ),
}

_BY_RECOGNITION = _("Máy chủ cũng nhận dạng được chữ trên ảnh.")


def _refusal(word, name) -> Incomplete:
    if word not in _SENTENCES:
        return refusal(word, name)
    recognisable = word in ("scan", "picture", "garbled") and can_recognise()
    sentences = [_SENTENCES[word], _BY_RECOGNITION] if recognisable else [_SENTENCES[word]]
    refused = Unread(fields={"file": " ".join(map(str, sentences)) % {"name": name}})
    refused.by_recognition = recognisable
    return refused


def _too_large(kind, name) -> Incomplete:
    return refusal("large_file", name, limit=kind.limit // MB)
