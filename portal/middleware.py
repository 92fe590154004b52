"""What the portal does around every request: language, headers, forced password change, refusals."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from portal.preferences import language_of
from portal.typed import chosen_files, typed
from portal.views import safe_next, session_ended
from units.errors import Refused

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
)


def page_above(path: str) -> str:
    """The page on which the button of this address stands: /nhiem-vu/7/ of /nhiem-vu/7/xac-nhan/.

    Above a form of the administration is its list: /7/ only leads to /7/change/ again.
    """
    above = path.rstrip("/").removesuffix("/change").rpartition("/")[0]
    return f"{above}/"


class LanguageMiddleware:
    """Vietnamese unless this person chose otherwise; the browser's Accept-Language is not asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request)
        request.LANGUAGE_CODE = language
        translation.activate(language)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ResponseHeadersMiddleware:
    """No page is kept by a browser or a proxy: the next person at a shared machine must not go back to it.

    Static files never come here; WhiteNoise answers them above with a year's cache.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class PasswordChangeMiddleware:
    """A person with a password given by somebody else first makes their own."""

    OPEN = ("account_change_password", "account_logout", "preferences", "healthz")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._must_change(request):
            return HttpResponseRedirect(reverse("account_change_password"))
        return self.get_response(request)

    def _must_change(self, request):
        if not (request.user.is_authenticated and request.user.must_change_password):
            return False
        return request.path not in {reverse(name) for name in self.OPEN}


class EndedSessionMiddleware:
    """A form sent after the session ended would be answered by the sign-in page, and what was typed be gone.

    One place for every door: whichever view sends a visitor to sign in, the answer to a form is the page
    that holds what was typed.
    """

    DOORS = ("account_login", "admin:login")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and self._asks_to_sign_in(request, response):
            return session_ended(request)
        return response

    def _asks_to_sign_in(self, request, response):
        """A door that is asked to lead on to this address afterwards; after signing out there is none."""
        door, _sign, onward = response.headers.get("Location", "").partition("?next=")
        if request.user.is_authenticated:
            return False
        return bool(onward) and door in {reverse(name) for name in self.DOORS}


class WrongMethodMiddleware:
    """A form's address opened as a page, from a bookmark or after a new sign-in: a page with a way back, still 405."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != HttpResponseNotAllowed.status_code or response.content:
            return response
        context = {"back": page_above(request.path), "typed": typed(request), "files": chosen_files(request)}
        page = render(request, "405.html", context, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


class RefusalMiddleware:
    """The one place that turns a `Refused` into an answer, with its sentence.

    A form goes back to its page with a message. When something was written on it, or when the answer is
    "not allowed" or "somebody was faster", it is a page of its own that shows what was written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return JsonResponse({"error": str(exception.sentence)}, status=exception.status)
        written = typed(request)
        if request.method == "POST" and exception.status == Refused.status and not written:
            return self._back(request, exception)
        return self._page(request, exception, written)

    def _back(self, request, refused):
        messages.error(request, refused.sentence)
        response = HttpResponseRedirect(safe_next(request, request.headers.get("Referer")))
        response.status_code = 303
        return response

    def _page(self, request, refused, written):
        context = {
            "sentence": refused.sentence,
            "typed": written,
            "files": [] if refused.kept_files else chosen_files(request),
            "kept_files": refused.kept_files,
            "back": self._back_url(request),
        }
        return render(request, "refused.html", context, status=refused.status)

    def _back_url(self, request):
        """Where the person came from; from the page that refused it, on to the page of what it is about:
        /nhiem-vu/7/ above /nhiem-vu/7/bao-cao/, which would only refuse again."""
        target = safe_next(request, request.headers.get("Referer"))
        if urlsplit(target).path != request.path:
            return target
        return page_above(request.path)
