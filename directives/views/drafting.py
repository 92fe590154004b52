"""From the draft to the issued document: the way in, the paper, and every verb of issuing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import drafting, events, files, issuing, lifecycle, readiness, rendering, rules
from directives.enums import DirectiveState
from directives.errors import Incomplete, NotAllowed, Stale
from directives.models import Directive
from directives.views.returning import posted
from units import clock
from units.once import once

# Where the drafting screen lists what keeps a verb from being done.
ASKED = "thieu"
PLACES = "id_addressee-"
# Of these the page of the paper also says what will be given: the leader signs that too.
TO_BE_GIVEN = frozenset({DirectiveState.SUBMITTED, DirectiveState.SIGNED})


@require_safe
@login_required
def new(request):
    """Drafting lives in the admin; its address is the portal's."""
    if not rules.draftable_offices(request.user):
        raise NotAllowed
    return HttpResponseRedirect(reverse("admin:directives_directive_add"))


@require_safe
@login_required
def edit(request, pk):
    """A clerk's draft opens for work; what cannot be worked on is shown."""
    directive = _visible(request, pk)
    if directive.state == DirectiveState.DRAFT and rules.can_edit(request.user, directive):
        return HttpResponseRedirect(_desk(directive))
    return HttpResponseRedirect(_page_of(directive))


@require_safe
@login_required
def preview(request, pk):
    """The paper, what it will give to whom until it is issued, and what the person may do with it.

    Eight queries with session and user, and those of `_given` for what waits for signature or issue.
    """
    return _paper(request, _visible(request, pk))


def _paper(request, directive, *, refused=None):
    addressees = list(directive.addressees.select_related(None))
    context = {
        "directive": directive,
        "layout": rendering.layout_of(directive, addressees, today=clock.today()),
        "can_edit": directive.state == DirectiveState.DRAFT and rules.can_edit(request.user, directive),
        "scans": directive.attachments.all(),
        "ending": events.ending_of(directive),
        "refused": refused,
    }
    if directive.state in TO_BE_GIVEN:
        today = clock.today()
        context |= _given(directive, today, today)
        # The places nobody knows are told with what that means: they get no work.
        context["doubts"] = [one for one in context["doubts"] if not one.anchor.startswith(PLACES)]
    return render(request, "directives/preview.html", context, status=refused.status if refused else 200)


# --- Verbs --------------------------------------------------------------------------------------


@login_required
@require_POST
@once
def submit(request, pk):
    """Incomplete, it goes to the drafting screen, where every missing thing stands at its field."""
    directive = _visible(request, pk)
    try:
        issuing.submit(directive, by=request.user)
    except Incomplete as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(f"{_desk(directive)}?{ASKED}=submit")
    return _done(request, _("Đã trình ký. Lãnh đạo sẽ ký hoặc trả lại."), _page_of(directive))


@login_required
@require_POST
@once
def withdraw_submission(request, pk):
    directive = _visible(request, pk)
    issuing.withdraw_submission(directive, by=request.user)
    return _done(request, _("Đã rút trình. Bản nháp sửa được tiếp."), _desk(directive))


@login_required
@require_POST
@once
def sign(request, pk):
    directive = _visible(request, pk)
    issuing.sign(directive, by=request.user)
    return _done(request, _("Đã ký. Văn thư sẽ cấp số và phát hành."), _page_of(directive))


@login_required
@require_POST
@once
def send_back(request, pk):
    """Returned, it is the clerks' again: a leader who is no clerk goes on with the day."""
    directive = _visible(request, pk)
    try:
        issuing.send_back(directive, by=request.user, reason=_reason(request))
    except Incomplete as refused:
        return _paper(request, directive, refused=refused)
    return _done(request, _("Đã trả lại văn thư kèm lý do."), reverse("today"))


@login_required
@require_POST
def record_signature(request, pk):
    """The scan is looked at before the transaction opens: it takes a process of its own."""
    directive = _visible(request, pk)
    lifecycle.check(directive, "record_signature", by=request.user)
    try:
        scan = _scan(request)
    except Incomplete as refused:
        return _paper(request, directive, refused=refused)
    return _keep_signature(request, directive, scan)


@once
def _keep_signature(request, directive, scan):
    issuing.record_signature(directive, by=request.user, scan=scan)
    return _done(request, _("Đã ghi nhận chữ ký trên giấy."), _page_of(directive))


def _scan(request):
    upload = request.FILES.get("scan")
    if upload is None:
        raise Incomplete(fields={"scan": _("Hãy chọn bản quét đã ký, đóng dấu.")})
    return files.admit(upload, kinds=files.SCANS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def issue(request, pk):
    """GET reviews what the issue will do; POST does it."""
    return _review_or_do(request, pk, "issue", issuing.issue, _("Đã phát hành văn bản số %(code)s."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def record(request, pk):
    """GET reviews what the record will do; POST does it."""
    return _review_or_do(request, pk, "record", issuing.record, _("Đã vào sổ văn bản số %(code)s."))


def _review_or_do(request, pk, verb, act, sentence):
    directive = _visible(request, pk)
    if request.method != "POST":
        return _review_or_page(request, directive, verb)
    try:
        act(directive, by=request.user)
    except Incomplete as refused:
        return _review(request, directive, verb, refused=refused)
    return _done(request, sentence % {"code": directive.code}, _page_of(directive))


def _review_or_page(request, directive, verb):
    """A review of what cannot be done is of no use: the page of the document says where it stands."""
    if verb in lifecycle.allowed_verbs(request.user, directive):
        return _review(request, directive, verb)
    return HttpResponseRedirect(_page_of(directive))


def _review(request, directive, verb, *, refused=None):
    today = clock.today()
    day = (directive.issued_on or today) if verb == "record" else today
    given = _given(directive, day, today)
    context = given | {
        "directive": directive,
        "verb": verb,
        "missing": _missing(directive, verb, today) | (refused.fields if refused else {}),
        "twin": readiness.twin_of(directive) if verb == "record" else None,
        # What was signed is what it is; only the days may have moved since.
        "doubts": given["doubts"] if verb == "record" else [],
        "refused": refused,
    }
    return render(request, "directives/review.html", context, status=refused.status if refused else 200)


def _given(directive, day, today):
    """What an issue on `day` will give to whom, and what of it is doubtful: for the leader and for the clerk."""
    doubts = drafting.doubts_of(directive, drafting.sheet_of(directive), today=today)
    return {
        "prospect": drafting.prospect_of(directive, day),
        "doubts": [doubt for doubt in doubts if not doubt.awaited],
        "drifted": [doubt for doubt in doubts if doubt.proposed],
        "day": day,
        "today": today,
    }


def _missing(directive, verb, day):
    if verb == "record":
        return readiness.missing_for_record(directive)
    return readiness.missing_for_issue(directive, day)


@login_required
@require_POST
@once
def discard(request, pk):
    directive = _visible(request, pk)
    issuing.discard(directive, by=request.user)
    return _done(request, _("Đã bỏ bản nháp. Bản nháp khôi phục được."), _page_of(directive))


@login_required
@require_POST
@once
def restore(request, pk):
    directive = _visible(request, pk)
    issuing.restore(directive, by=request.user)
    return _done(request, _("Đã khôi phục bản nháp."), _desk(directive))


@login_required
@require_POST
@once
def close(request, pk):
    directive = _visible(request, pk)
    issuing.close(directive, by=request.user)
    return _done(request, _("Đã kết thúc theo dõi văn bản."), _page_of(directive))


@login_required
@require_POST
@once
def revoke(request, pk):
    directive = _visible(request, pk)
    issuing.revoke(directive, by=request.user, reason=_reason(request))
    return _done(request, _("Đã thu hồi văn bản. Việc chưa xong đã thôi giao."), _page_of(directive))


# --- Steps --------------------------------------------------------------------------------------


def _visible(request, pk):
    """The document, as it was when the page was shown on which a button is pressed now."""
    visible = Directive.objects.filter(rules.visible_directives(request.user))
    related = visible.select_related("issuer", "office", "signed_by", "register", "collecting_unit", "sector")
    directive = get_object_or_404(related, pk=pk)
    if request.POST.get("version", str(directive.version)) != str(directive.version):
        raise Stale
    return directive


def _reason(request) -> str:
    """As typed, without the zero bytes that no database keeps."""
    return posted(request, "reason")


def _done(request, sentence, url):
    messages.success(request, sentence)
    return HttpResponseRedirect(url)


def _desk(directive):
    return reverse("admin:directives_directive_change", args=[directive.pk])


def _page_of(directive):
    return reverse("directive-detail" if directive.is_published else "directive-preview", args=[directive.pk])
