"""The way back after a form: to the page the person came from, if it is one of ours."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def way_back(request, default: str) -> str:
    """The `next` of the form or address when it stays on this site, else `default`."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    own = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if own else default


def go_back(request, default: str) -> HttpResponseRedirect:
    """303: the browser fetches the page anew, whatever was sent."""
    response = HttpResponseRedirect(way_back(request, default))
    response.status_code = 303
    return response
