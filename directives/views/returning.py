"""What a form sent without fields of its own says, and the way back after it: to a page of ours."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def posted(request, name: str) -> str:
    """The words of one field, without the character that no database takes."""
    return request.POST.get(name, "").replace("\0", "")


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
