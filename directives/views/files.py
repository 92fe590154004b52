"""Files on their way out: after the parent's permission, as an attachment, in a box of their own."""

import hashlib
import logging

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives import files, rules
from directives.models import Attachment, Evidence

logger = logging.getLogger(__name__)

# Whatever the file holds, opened by itself it runs nothing and loads nothing.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@require_safe
@login_required
def evidence_file(request, pk):
    return _send(request, get_object_or_404(rules.visible_files(request.user, Evidence), pk=pk))


@require_safe
@login_required
def attachment_file(request, pk):
    return _send(request, get_object_or_404(rules.visible_files(request.user, Attachment), pk=pk))


def _send(request, stored):
    """Stream the file, or say plainly that it is gone or no longer what was taken in. Reads it once to be sure."""
    content = _unchanged(stored)
    if content is None:
        logger.error("stored file missing or changed: %s %s", stored._meta.label, stored.pk)
        return render(request, "tracking/file_missing.html", {"stored": stored}, status=410)
    # Everything taken in is compressed already; packing it again would cost the length of the answer.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    name = files.clean_name(stored.file_name)
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=stored.media_type, headers=HEADERS
    )


def _unchanged(stored):
    try:
        content = stored.file.open("rb")
    except OSError:
        return None
    same = (
        stored.file.size == stored.size
        and hashlib.file_digest(content, "sha256").hexdigest() == stored.sha256
    )
    content.seek(0)
    return content if same else None
