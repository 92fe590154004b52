"""A workbook, or another file made for the moment, as a download."""

import re
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from directives import files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What papers are downloaded as.
FORMS = ("pdf", "docx")
MEDIA = {"pdf": files.PDF.media_type, "docx": files.DOCX.media_type, "xlsx": XLSX}
Response = TypeVar("Response", bound=HttpResponseBase)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """`name` may be a printed code, without an ending."""
    return named(HttpResponse(content, content_type=XLSX), f"{name.replace('.', '-')}.xlsx")


def named(response: Response, name: str) -> Response:
    """The answer as a file of this name: what a file name cannot hold becomes a dash."""
    stem, dot, ending = name.rpartition(".")
    safe = re.sub(r"[^\w-]+", "-", stem).strip("-")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}{dot}{ending}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def download(content: bytes, form: str, name: str) -> HttpResponse:
    """A paper, or a workbook, of this name."""
    return named(HttpResponse(content, content_type=MEDIA[form]), name)
