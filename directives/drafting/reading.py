"""What may be pasted: a text of a document, neither empty, nor endless, nor the bytes of a file."""

from django.utils.translation import gettext as _

from directives.errors import Incomplete
from directives.extraction.tidy import LONGEST

# As many as one screen can be asked to show; a directive with a hundred tasks is a long one.
MOST_TASKS = 400
MOST_LINES = 300
_LAYOUT = "\t\n\r\v\f\x07"
_FEW = 3


def check_text(text) -> str:
    """The text, fit to be kept; otherwise Incomplete with the sentence for the field `text`."""
    if not text.strip():
        raise Incomplete(fields={"text": _("Hãy dán nội dung văn bản.")})
    if len(text) > LONGEST:
        raise Incomplete(
            fields={
                "text": _(
                    "Nội dung dài %(length)s ký tự, quá giới hạn %(limit)s ký tự. Hãy dán riêng văn bản cần soạn."
                )
                % {
                    "length": f"{len(text):,}".replace(",", "."),
                    "limit": f"{LONGEST:,}".replace(",", "."),
                }
            }
        )
    if _is_binary(text):
        sentence = _("Nội dung dán không phải chữ đọc được. Hãy mở tệp bằng Word rồi sao chép phần chữ.")
        raise Incomplete(fields={"text": sentence})
    return text


def check_length(parsed):
    """Refuse a text whose tasks no screen could show: a table of data, or many documents in one paste."""
    if len(parsed.tasks) > MOST_TASKS:
        raise Incomplete(
            fields={
                "text": _(
                    "Phần mềm tách ra %(count)d nhiệm vụ, nhiều hơn %(most)d. Hãy dán riêng từng văn bản."
                )
                % {"count": len(parsed.tasks), "most": MOST_TASKS}
            }
        )


def _is_binary(text):
    strange = sum(1 for c in text if (c < " " and c not in _LAYOUT) or c in "\x7f\ufffd")
    return "\x00" in text or strange > max(_FEW, len(text) // 100)
