"""What a person was told, the newest day first, and which of it they want by mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import notices, rules
from directives.enums import LASTING, NoticeKind
from directives.forms.notices import MailsForm
from directives.models import Notice
from directives.views.paging import page
from units import clock

KEY = ("day", "id")
PAGE = 30


def _own(user):
    """Of what the person was told, what they may see today."""
    return notices.with_words(Notice.objects.filter(rules.visible_notices(user)))


@require_safe
@login_required
def inbox(request):
    """Four queries with session and person."""
    found = page(_own(request.user), KEY, request.GET.get("sau", ""), newest_first=True, size=PAGE)
    today = clock.today()
    lines = [(one, _is_unread(one, today)) for one in found.rows]
    return render(request, "inbox/inbox.html", {"lines": lines, "after": found.after, "today": today})


def _is_unread(notice, today):
    """As `rules.unread_notices`: what a later morning said anew is not counted any more."""
    return notice.read_at is None and (notice.kind in LASTING or notice.day == today)


# The three acts below leave nothing else when they are sent twice, and need no form key.


@login_required
@require_POST
def open_notice(request, pk):
    """Mark one as read and go to what it is about."""
    notice = get_object_or_404(_own(request.user), pk=pk)
    notices.mark_read(notice, by=request.user)
    return _see(notices.address(notice))


@login_required
@require_POST
def all_read(request):
    notices.mark_all_read(by=request.user)
    messages.success(request, _("Đã đánh dấu đã đọc tất cả."))
    return _see(reverse("inbox"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request):
    """Which kinds come by mail; a link in a mail asks about one kind (`?thoi=`), and its button stops that one."""
    wanted = [kind for kind in NoticeKind if kind not in notices.unwanted_kinds(request.user)]
    if request.method == "POST":
        return _choose(request, wanted)
    asked = request.GET.get("thoi", "")
    stop = NoticeKind(asked) if asked in wanted else None
    return render(request, "inbox/mails.html", {"form": MailsForm.showing(wanted), "stop": stop})


def _choose(request, wanted):
    if "stop" in request.POST:
        chosen = {kind for kind in wanted if kind != request.POST["stop"]}
    else:
        form = MailsForm(request.POST)
        if not form.is_valid():
            return render(request, "inbox/mails.html", {"form": form, "stop": None}, status=422)
        chosen = form.wanted()
    notices.set_mailed_kinds(by=request.user, wanted=chosen)
    messages.success(request, _("Đã lưu lựa chọn nhận thư."))
    return _see(reverse("notice-mails"))


def _see(url):
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
