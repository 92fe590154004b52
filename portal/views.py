"""Pages that belong to no room: health, preferences, and what is shown when something went wrong."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.preferences import LANGUAGES, THEME_COOKIE, remember
from portal.typed import chosen_files, resending, typed
from units.enums import Theme

RETRY_AFTER_SECONDS = 30


@never_cache
def healthz(request):
    """200 when the database answers; asks for no session, so a probe leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def preferences(request):
    """Change the language or the look, on the account if there is one, and come back to the page."""
    response = HttpResponseRedirect(safe_next(request, request.POST.get("next")), status=303)
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in LANGUAGES:
        _choose(request, response, "language", settings.LANGUAGE_COOKIE_NAME, language)
    if theme in Theme.values:
        _choose(request, response, "theme", THEME_COOKIE, theme)
    return response


def _choose(request, response, field, cookie, value):
    remember(response, cookie, value)
    if request.user.is_authenticated:
        setattr(request.user, field, value)
        request.user.save(update_fields=[field])


def safe_next(request, target) -> str:
    """`target` when it is a page of this site, else the first page: a link must not lead people elsewhere."""
    own = url_has_allowed_host_and_scheme(
        target or "", allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if own else reverse("today")


# --- When something went wrong -----------------------------------------------------------------
def bad_request(request, exception):
    return _outside(request, "400.html", 400)


def permission_denied(request, exception):
    return render(request, "403.html", {"typed": typed(request), "files": chosen_files(request)}, status=403)


def csrf_failure(request, reason=""):
    """Most often a page left open past the end of its session: one button sends it again with a fresh token."""
    return render(request, "403_csrf.html", held(request), status=403)


def session_ended(request):
    """The form of a person whose session is over: nothing is saved, nothing is lost, and both are said."""
    return render(request, "session_ended.html", held(request), status=403)


def held(request) -> dict:
    """What the pages say of a form that was not taken: its words, its files by name, and the form once more."""
    return {"typed": typed(request), "files": chosen_files(request), "again": resending(request)}


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def too_many_requests(request):
    response = render(request, "429.html", status=429)
    response["Retry-After"] = 60
    return response


def server_error(request):
    """500, or 503 when it was the database that did not answer. Neither page asks the database for anything."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _outside(request, "503.html", 503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        return response
    return _outside(request, "500.html", 500)


def _outside(request, template, status):
    """A page without the frame, which would ask for the person and so for the database."""
    return HttpResponse(
        render_to_string(template, {"typed": typed(request), "files": chosen_files(request)}), status=status
    )
