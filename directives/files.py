"""The one way in for files: every upload passes `admit`, whichever screen it comes from.

A file is known by its content; its extension must agree. Whatever parses it runs in a child process
(`directives.inspection`) with limits, never here.
"""

import hashlib
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from directives import apart
from directives.errors import Incomplete

MB = apart.MB
WALL_SECONDS = 30
NAME_LENGTH = 150
INCOMING = "incoming"


# --- What is taken -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its name may end, how its content begins, how large it may be, as what it is kept."""

    word: str
    extensions: tuple[str, ...]
    media_type: str
    limit: int
    begins: Callable[[bytes], bool]
    kept_as: str = ""


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in {
        b"heic",
        b"heix",
        b"heim",
        b"heis",
        b"hevc",
        b"mif1",
        b"msf1",
    }


# How a store of old Office begins, and a new file behind a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = Kind("pdf", (".pdf",), "application/pdf", 50 * MB, _starts(b"%PDF-"))
DOCX = Kind("docx", (".docx",), f"{_OFFICE}.wordprocessingml.document", 20 * MB, _starts(b"PK\x03\x04"))
DOC = Kind("doc", (".doc",), "application/msword", 20 * MB, _starts(OLD_OFFICE))
XLSX = Kind("xlsx", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet", 20 * MB, _starts(b"PK\x03\x04"))
JPEG = Kind("jpeg", (".jpg", ".jpeg"), "image/jpeg", 20 * MB, _starts(b"\xff\xd8\xff"), ".jpg")
PNG = Kind("png", (".png",), "image/png", 20 * MB, _starts(b"\x89PNG\r\n\x1a\n"), ".png")
HEIC = Kind("heic", (".heic", ".heif"), "image/jpeg", 20 * MB, _is_heic, ".jpg")

EVIDENCE = (PDF, DOCX, XLSX, JPEG, PNG, HEIC)
SCANS = (PDF, JPEG, PNG, HEIC)
PICTURES = (JPEG, PNG, HEIC)
# What a draft is made from is kept with it; of evidence an old .doc is asked for anew.
ORIGINALS = (PDF, DOCX, DOC, *PICTURES)
HEAD = 16


@dataclass(frozen=True)
class Admitted:
    """A file that passed. `content` lies beside the store and moves in when a row with it is saved."""

    file_name: str
    media_type: str
    size: int
    sha256: str
    content: File

    def fields(self, *, by) -> dict:
        """What a `StoredFile` keeps of it."""
        return {
            "file": self.content,
            "file_name": self.file_name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
            "uploaded_by": by,
        }


def admit(upload, *, kinds: Iterable[Kind] = EVIDENCE) -> Admitted:
    """Take an uploaded file, or raise `Incomplete` (field `file`) with a sentence that says the way out.

    Reads the upload once, in pieces, onto the disk of the store; call it outside a transaction. Costs a child
    process of a fraction of a second, at most 30 seconds.
    """
    kinds = tuple(kinds)
    name = clean_name(upload.name)
    kind = kind_of(name, kinds)
    if upload.size > kind.limit:
        raise refusal("large_file", name, limit=kind.limit // MB)
    spooled = _Spooled.empty()
    kept = None
    try:
        _write(upload, spooled, kind, name)
        kept, name = _redraw(spooled, kind, name) if kind.kept_as else _inspect(spooled, kind, name)
    finally:
        if kept is not spooled:
            spooled.discard()
    return Admitted(name, kind.media_type, kept.path.stat().st_size, _digest(kept.path), kept)


def clean_name(name: str) -> str:
    """The last part of a name, without control and direction characters, short enough for every disk."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath("".join(c for c in last if c.isprintable() and c not in '"<>|:*?').strip(" ."))
    suffix = path.suffix.lower()
    return f"{path.name.removesuffix(path.suffix)[: NAME_LENGTH - len(suffix)] or 'tep'}{suffix}"


def kind_of(name: str, kinds: Iterable[Kind]) -> Kind:
    """The kind whose extension a name has. Raises `Incomplete` for any other."""
    kinds = tuple(kinds)
    suffix = PurePosixPath(name).suffix
    kind = next((kind for kind in kinds if suffix in kind.extensions), None)
    if kind is None:
        raise refusal(_unknown(suffix, kinds), name, taken=_names_of(kinds))
    return kind


def _unknown(suffix, kinds):
    if kinds == (XLSX,):
        return "old_sheet" if suffix == ".xls" else "no_sheet"
    return "old" if suffix in {".doc", ".xls"} else "unknown"


def wrong_beginning(kind: Kind, head: bytes) -> str:
    """The word for a content that does not begin as its kind does. A password wraps a .docx in the old format."""
    if not head:
        return "empty"
    return "locked" if kind in (DOCX, XLSX) and head.startswith(OLD_OFFICE) else "renamed"


def incoming() -> Path:
    """Where files wait on the store's own disk, so that moving in is one rename."""
    folder = Path(settings.MEDIA_ROOT) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# --- Steps -------------------------------------------------------------------------------------


class _Spooled(File):
    """A file in `incoming`; Django's storage moves it from `temporary_file_path`. Forgotten, it is removed."""

    def __init__(self, path: Path):
        super().__init__(path.open("rb"), name=path.name)
        self.path = path
        self.discard = weakref.finalize(self, path.unlink, missing_ok=True)

    @classmethod
    def empty(cls) -> "_Spooled":
        descriptor, path = tempfile.mkstemp(dir=incoming())
        os.close(descriptor)
        return cls(Path(path))

    def temporary_file_path(self) -> str:
        return str(self.path)


def _names_of(kinds):
    return ", ".join(dict.fromkeys(kind.extensions[0] for kind in kinds))


def _write(upload, spooled, kind, name) -> None:
    """Put the upload beside the store, piece by piece, and see it safely on the disk."""
    with spooled.path.open("wb") as file:
        for piece in upload.chunks():
            if file.tell() == 0 and not kind.begins(piece[:HEAD]):
                raise refusal(wrong_beginning(kind, piece[:HEAD]), name)
            file.write(piece)
            if file.tell() > kind.limit:
                raise refusal("large_file", name, limit=kind.limit // MB)
        if file.tell() == 0:
            raise refusal("empty", name)
        file.flush()
        os.fsync(file.fileno())


def _inspect(spooled, kind, name) -> tuple[_Spooled, str]:
    _ask_child(kind, spooled.path, Path(os.devnull), name)
    return spooled, name


def _redraw(spooled, kind, name) -> tuple[_Spooled, str]:
    """The picture drawn anew, under the name of the format it is kept in."""
    copy = _Spooled.empty()
    try:
        _ask_child(kind, spooled.path, copy.path, name)
    except BaseException:
        copy.discard()
        raise
    with copy.path.open("rb") as file:
        os.fsync(file.fileno())
    return copy, f"{name.removesuffix(PurePosixPath(name).suffix)}{kind.kept_as}"


def _ask_child(kind, source: Path, copy: Path, name) -> None:
    """Look at the content in a child process that knows nothing of the portal's secrets."""
    answer = apart.ask("directives.inspection", kind.word, str(source), str(copy), seconds=WALL_SECONDS)
    word = "heavy" if answer is None else answer["refused"]
    if word:
        raise refusal(word, name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- What is said when a file is not taken -----------------------------------------------------

_SENTENCES = {
    "unknown": _("Tệp “%(name)s” không thuộc loại nhận được (%(taken)s). Hãy lưu thành PDF rồi gửi lại."),
    "old": _("Tệp “%(name)s” là định dạng Office cũ. Hãy mở ra, lưu lại thành .docx, .xlsx hoặc PDF."),
    "no_sheet": _(
        "Tệp “%(name)s” không thuộc loại nhận được (%(taken)s). Hãy lưu thành Excel (.xlsx) rồi gửi lại."
    ),
    "old_sheet": _("Tệp “%(name)s” là định dạng Office cũ. Hãy mở ra, lưu lại thành Excel (.xlsx)."),
    "empty": _("Tệp “%(name)s” không có nội dung. Hãy kiểm tra lại tệp trên máy rồi gửi lại."),
    "large_file": _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy giảm độ phân giải hoặc tách thành nhiều tệp."),
    "renamed": _("Nội dung tệp “%(name)s” không đúng với đuôi tệp. Hãy mở ra và lưu lại đúng định dạng."),
    "locked": _(
        "Tệp “%(name)s” có mật khẩu hoặc là định dạng Office cũ. Hãy bỏ mật khẩu, lưu lại thành .docx, .xlsx hoặc PDF."
    ),
    "mixed": _("Tệp “%(name)s” có phần lạ ghép thêm. Hãy mở ra và lưu lại thành tệp mới."),
    "odd": _("Cấu trúc tệp “%(name)s” không bình thường. Hãy mở ra và lưu lại thành tệp mới, hoặc PDF."),
    "broken": _("Không đọc được tệp “%(name)s”, có thể tệp bị hỏng. Hãy xuất lại tệp rồi gửi."),
    "encrypted": _("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."),
    "active": _("Tệp “%(name)s” có mã lệnh (macro) hoặc thành phần tự chạy. Hãy in ra PDF rồi gửi bản đó."),
    "embedded": _("Tệp “%(name)s” có tệp khác đính kèm bên trong. Hãy gửi riêng từng tệp."),
    "linked": _("Tệp “%(name)s” có liên kết tự mở ra bên ngoài. Hãy ngắt liên kết, hoặc in ra PDF."),
    "heavy": _("Tệp “%(name)s” quá nặng để kiểm tra. Hãy in ra PDF hoặc tách thành nhiều tệp nhỏ."),
    "large": _("Ảnh “%(name)s” lớn hơn 40 triệu điểm ảnh. Hãy giảm kích thước ảnh rồi gửi lại."),
}


def refusal(word: str, name: str, **values) -> Incomplete:
    """What to raise for a file: the sentence of one of the words of `directives.inspection`."""
    return Incomplete(fields={"file": str(_SENTENCES[word]) % {"name": name, **values}})
