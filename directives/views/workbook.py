"""A workbook as a download."""

import re
from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """`name` may be a printed code: what a file name cannot hold becomes a dash."""
    response = HttpResponse(content, content_type=XLSX)
    safe = re.sub(r"[^\w-]+", "-", name).strip("-")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(safe)}.xlsx"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
