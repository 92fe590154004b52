"""The text of a file that is to be parsed."""

from pathlib import Path

# A million letters, the most that may be pasted, in whatever encoding.
MAX_BYTES = 2 * 1024 * 1024
_ENDINGS = (".txt",)


class UnreadableError(ValueError):
    """A file the parser does not read; its message is one sentence for the user, in Vietnamese."""


def read_text(path: Path) -> str:
    """The text of a plain-text file in Unicode. Raises `UnreadableError`; reads at most two megabytes."""
    if not path.is_file():
        raise UnreadableError(f"Không tìm thấy tệp {path.name}.")
    if path.suffix.lower() not in _ENDINGS:
        raise UnreadableError(f"Chưa đọc được loại tệp “{path.suffix or path.name}”; hãy dùng tệp .txt.")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableError("Tệp lớn hơn 2 MB nên không được đọc.")
    return decoded(path.read_bytes())


def decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 where the file says so. Raises `UnreadableError` for anything that is not text."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("Tệp không phải văn bản Unicode (UTF-8).") from None
    if "\x00" in text:
        raise UnreadableError("Tệp là dữ liệu nhị phân, không phải văn bản.")
    if not text.strip():
        raise UnreadableError("Tệp không có chữ nào.")
    return text
