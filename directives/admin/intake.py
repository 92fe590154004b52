"""The page on which a text is pasted or a file is sent, and becomes a draft."""

from unicodedata import normalize

from django.contrib import admin, messages
from django.core.files import File
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import drafting, files, rules, texts
from directives.enums import AttachmentKind
from directives.errors import Incomplete
from directives.forms.drafting import INCOMING, PasteForm
from directives.models import Attachment, Reading
from directives.parsing import is_legacy, parse, unicode_of
from units.numerals import natural
from units.once import once

REFUSED = 422


def paste(request):
    """GET shows the page; a good POST makes one draft and goes to it, however often it is sent.

    A file is read before the transaction opens: it takes a process of its own.
    """
    offices, waiting = rules.draftable_offices(request.user), _waiting(request)
    form = PasteForm(request.POST or None, request.FILES or None, offices=offices, waiting=waiting)
    if not form.is_valid():
        return _page(request, form)
    source = _source(form)
    if source is None:
        return _draft(request, form)
    try:
        read = texts.text_of(source, ocr=waiting is not None)
        original = _original(source, waiting)
    except Incomplete as refused:
        return _refused(request, form, source, refused)
    if not form.take(read.text):
        return _page(request, form)
    return _draft(request, form, read=read, original=original)


# --- The file -----------------------------------------------------------------------------------


def _waiting(request):
    """The file sent before, whose words are to be recognised now."""
    if not request.POST.get("recognise"):
        return None
    own = Reading.objects.filter(rules.visible_readings(request.user))
    return get_object_or_404(own, pk=natural(request.POST["recognise"]))


def _source(form):
    if form.waiting:
        return File(form.waiting.file.open("rb"), name=form.waiting.file_name)
    return form.cleaned_data["file"]


def _original(source, waiting):
    """What the draft keeps of the file: the bytes as they came, once they were looked into. A .txt is its text."""
    if waiting:
        return waiting
    name = files.clean_name(source.name)
    kept = any(name.endswith(extension) for kind in files.ORIGINALS for extension in kind.extensions)
    return files.admit(source, kinds=files.ORIGINALS) if kept else None


def _refused(request, form, source, refused):
    """A file that could be recognised is kept, so that one button does it."""
    form.add_error("file", str(refused.sentence))
    waiting = form.waiting
    if waiting is None and getattr(refused, "by_recognition", False):
        waiting = _keep_waiting(request, form, source)
    return _page(request, form, waiting=waiting)


def _keep_waiting(request, form, source):
    """None, and the field says why, for a picture that is none."""
    try:
        fields = files.admit(source, kinds=files.ORIGINALS).fields(by=request.user)
    except Incomplete as refused:
        form.errors.pop("file", None)
        form.add_error("file", str(refused.sentence))
        return None
    return Reading.objects.create(office=form.cleaned_data["office"], **fields)


# --- The draft ----------------------------------------------------------------------------------


@once
def _draft(request, form, *, read=None, original=None):
    given = form.cleaned_data
    office, incoming, old = given["office"], given["purpose"] == INCOMING, is_legacy(given["text"])
    text = normalize("NFC", unicode_of(given["text"])) if old else given["text"]
    if before := drafting.draft_of(text, office=office, incoming=incoming):
        messages.info(request, _("Nội dung này đã có bản nháp: bản nháp đó được mở lại, không tạo thêm."))
        return _to_desk(before)
    parsed = parse(text)
    try:
        draft = drafting.create_draft(text, by=request.user, office=office, parsed=parsed, incoming=incoming)
    except Incomplete as refused:
        form.add_error("file" if read else "text", str(refused.sentence))
        return _page(request, form)
    if original:
        _keep(original, draft, request.user)
    for note in [*_notes(read), *([_old_letters()] if old else []), *_stranger(parsed, office, incoming)]:
        messages.warning(request, note)
    return _to_desk(draft)


def _to_desk(draft):
    return HttpResponseRedirect(reverse("admin:directives_directive_change", args=[draft.pk]))


def _stranger(parsed, office, incoming):
    """An own paper made from another body's: its heading is ours, and perhaps it was to be recorded."""
    if not incoming and parsed.issuer and drafting.issuer_of(parsed, drafting.Directory(office)) != office:
        yield _(
            "Văn bản này in tên “%(name)s”, không phải cơ quan anh chị; phần đầu đã ghi theo cơ quan mình."
            " Nếu đây là văn bản đến, hãy bỏ bản nháp và chọn “Ghi văn bản nơi khác ban hành”."
        ) % {"name": parsed.issuer}


def _keep(original, draft, user):
    Attachment.objects.create(directive=draft, kind=AttachmentKind.ORIGINAL, **original.fields(by=user))
    if isinstance(original, Reading):
        original.delete()


def _old_letters():
    return _("Văn bản dùng bảng mã cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode. Hãy đối chiếu với bản gốc.")


def _notes(read):
    said = {
        "ocr": _("Chữ nhận dạng từ bản chụp có thể sai. Hãy đối chiếu với bản gốc."),
        "pictures": _("Tệp có trang là ảnh chụp, chưa đọc được. Hãy đối chiếu với bản gốc."),
        "tcvn3": _old_letters(),
        "old": _("Tệp .doc đã được chuyển đổi để đọc. Hãy đối chiếu với bản gốc."),
    }
    return [said[note] for note in read.notes if note in said] if read else []


def _page(request, form, *, waiting=None) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "form": form,
        "title": _("Soạn văn bản giao nhiệm vụ"),
        "waiting": waiting,
    }
    status = REFUSED if form.errors else 200
    return render(request, "admin/directives/directive/paste.html", context, status=status)
