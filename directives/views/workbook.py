"""A workbook, or another file made for the moment, as a download."""

import re
from textwrap import shorten
from typing import TypeVar
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from directives import files
from directives.models import Directive
from units.naming import plain_letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What papers are downloaded as.
FORMS = ("pdf", "docx")
MEDIA = {"pdf": files.PDF.media_type, "docx": files.DOCX.media_type, "xlsx": XLSX}
LONGEST_NAME, LONGEST_TITLE = 120, 60
Response = TypeVar("Response", bound=HttpResponseBase)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """`name` may be a printed code, without an ending."""
    return named(HttpResponse(content, content_type=XLSX), f"{name.replace('.', '-')}.xlsx")


def named(response: Response, name: str) -> Response:
    """The answer as a file of this name, in letters without marks: what a file name cannot hold becomes a dash."""
    stem, dot, ending = name.rpartition(".")
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", _unmarked(stem)).strip("-")[:LONGEST_NAME].rstrip("-")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}{dot}{ending}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _unmarked(text):
    pairs = zip(plain_letters(text), text, strict=True)
    return "".join(plain.upper() if letter.isupper() else plain for plain, letter in pairs)


def stem_of(directive: Directive) -> str:
    """What files of a document are called by: kind and number, of a draft the kind and what it is about."""
    with translation.override(settings.LANGUAGE_CODE):
        kind = str(directive.get_kind_display()).lower()
    if directive.code and directive.is_published:
        return f"{kind} {directive.code}"
    return f"du-thao {kind} {shorten(directive.title.lower(), LONGEST_TITLE, placeholder='')}"


def download(content: bytes, form: str, name: str) -> HttpResponse:
    """A paper, or a workbook, of this name."""
    return named(HttpResponse(content, content_type=MEDIA[form]), name)
