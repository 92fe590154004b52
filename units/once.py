"""A form is sent once: a double click, a retry or a second tab gets the first sending's answer."""

from collections.abc import Iterator
from functools import wraps
from itertools import count
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from units.errors import Incomplete
from units.models import FormKey

FIELD = "form_key"


def new_key() -> str:
    """A key for a form about to be shown."""
    return str(uuid4())


def new_keys() -> Iterator[str]:
    """Keys for the many forms of one page, which differ in their ends alone: a list's own would be a tenth of it. Never
    for two people: who knows one could use up the others."""
    first = uuid4().int
    return (str(UUID(int=first ^ n)) for n in count())


def once(view):
    """Run a POST of the view at most once per form key, in one transaction with the key itself.

    A redirect is an answer and is kept: the second sending is redirected likewise. Anything else (a form
    shown again with its errors, a refusal) gives the key back, so that the corrected form can be sent.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key_of(request)
        try:
            with transaction.atomic():
                FormKey.objects.create(key=key)
                response = view(request, *args, **kwargs)
                if not 300 <= response.status_code < 400:
                    raise _NotDone(response)
                FormKey.objects.filter(pk=key).update(answer=response["Location"][:500])
        except _NotDone as undone:
            return undone.response
        except IntegrityError:
            first = FormKey.objects.filter(pk=key).first()
            if first is None:
                raise
            return HttpResponseRedirect(first.answer)
        return response

    return guarded


class _NotDone(Exception):  # noqa: N818 - carries an answer out of the transaction
    def __init__(self, response):
        self.response = response


def _key_of(request) -> UUID:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        raise Incomplete(_("Biểu mẫu này đã cũ. Hãy tải lại trang rồi gửi lại.")) from None
