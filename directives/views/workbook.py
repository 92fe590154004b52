"""A workbook, or another file made for the moment, as a download."""

import re
from pathlib import PurePath
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse
from django.http.response import HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Response = TypeVar("Response", bound=HttpResponseBase)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """`name` may be a printed code, without an ending."""
    return named(HttpResponse(content, content_type=XLSX), f"{name.replace('.', '-')}.xlsx")


def named(response: Response, name: str) -> Response:
    """The answer as a file of this name: what a file name cannot hold becomes a dash."""
    safe = re.sub(r"[^\w-]+", "-", PurePath(name).stem).strip("-")
    ending = PurePath(name).suffix
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}{ending}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
