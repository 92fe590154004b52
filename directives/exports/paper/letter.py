"""A directive on paper, from the blocks that the screen draws too."""

from django.utils import translation
from django.utils.translation import gettext as _

from directives.errors import Refused
from directives.rendering import Layout
from directives.typesetting import typeset

from .setting import BLANK, clean, national_words


def printed_letter(layout: Layout, form: str) -> bytes:
    """The document as "pdf" or "docx"; what is not known yet is a blank. Set in a child process.

    Raises `Refused` where that failed.
    """
    with translation.override("vi"):
        content = typeset("letter", form, _data(layout))
    if content is None:
        raise Refused(
            _("Không dựng được bản in của văn bản này. Hãy mở bản xem trước rồi in từ trình duyệt.")
        )
    return content


def _data(layout):
    salutation = [clean(line) for line in layout.salutation]
    colon = "" if layout.party else ":"
    return {
        "words": national_words() | {"party": _("ĐẢNG CỘNG SẢN VIỆT NAM"), "to": _("Kính gửi:")},
        "party": layout.party,
        "parent": clean(layout.parent),
        "issuer": [clean(line) for line in layout.issuer_lines],
        "number": clean(_("Số") + f"{colon} {layout.number or BLANK}{layout.notation_mark}"),
        "about": clean(layout.title) if layout.is_letter else "",
        "urgency": clean(layout.urgency),
        "dated": _dated(layout),
        "type": clean(layout.type_name),
        "title": clean(layout.title),
        "salutation": [f"- {line}" for line in salutation] if len(salutation) > 1 else salutation,
        "body": [_paragraph(paragraph) for paragraph in layout.body],
        "recipients": [f"- {clean(line)}" for line in layout.recipients],
        "signature": [clean(line) for line in layout.signature],
        "signer": clean(layout.signer),
    }


def _dated(layout):
    told = {"day": layout.day or BLANK, "month": layout.month or BLANK, "year": layout.year}
    said = _("ngày %(day)s tháng %(month)s năm %(year)s") % told
    return clean(f"{layout.place}, {said}" if layout.place else said)


def _paragraph(paragraph):
    runs = [{"text": clean(run.text), "bold": run.bold, "italic": run.italic} for run in paragraph.runs]
    return {"runs": runs, "centred": paragraph.centred}
