"""What the portal does around every request: language, headers, forced password change, refusals."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from portal.preferences import language_of
from portal.views import safe_next, typed
from units.errors import Refused

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
)


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


class WrongMethodMiddleware:
    """A form's address opened as a page, from a bookmark or after a new sign-in: a page with a way back, still 405."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != HttpResponseNotAllowed.status_code or response.content:
            return response
        above = request.path.rstrip("/").rpartition("/")[0] + "/"
        page = render(
            request, "405.html", {"back": above, "typed": typed(request)}, status=response.status_code
        )
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
        context = {"sentence": refused.sentence, "typed": written, "back": self._back_url(request)}
        return render(request, "refused.html", context, status=refused.status)

    def _back_url(self, request):
        return safe_next(request, request.headers.get("Referer"))
