"""The screen of the import: choose files, see every verdict, then confirm the very files that were seen."""

import hashlib
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units import handing_over, importing, rules, spreadsheet
from units.errors import Incomplete, Refused
from units.importing import Verdict
from units.once import once

TABLES = ("units", "people")
FOLDER = "imports"
SALT = "units.import"
SEEN_FOR = timedelta(hours=1)
# A password takes tens of milliseconds to hash, and a page may take seconds.
MOST_ACCOUNTS = 200
MOST_LINES = 500


class TablesForm(forms.Form):
    units = forms.FileField(label=gettext_lazy("Bảng đơn vị (.xlsx, .csv)"), required=False)
    people = forms.FileField(label=gettext_lazy("Bảng người, chức vụ, vai trò (.xlsx, .csv)"), required=False)

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(table) for table in TABLES):
            raise forms.ValidationError(_("Chọn ít nhất một bảng."))
        for table in TABLES:
            self._read(table, cleaned.get(table))
        return cleaned

    def _read(self, table, file):
        """The rows stand beside the file from here on."""
        try:
            self.cleaned_data[f"{table}_rows"] = spreadsheet.read(file.name, file.read()) if file else None
        except Refused as refused:
            self.add_error(table, refused.sentence)


def take_in(request):
    """Choosing, or confirming what was seen."""
    if not (rules.can_manage_units(request.user) and rules.can_manage_accounts(request.user)):
        raise PermissionDenied
    if "seen" in request.POST:
        return confirm(request)
    form = TablesForm(request.POST, request.FILES) if request.method == "POST" else TablesForm()
    if form.is_valid():
        try:
            return show_verdicts(request, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return page(request, "units/take_in.html", form=form, columns=importing.columns())


def show_verdicts(request, form):
    """Nothing is written but the files, kept aside for the confirmation."""
    plan = importing.examine(*(form.cleaned_data[f"{table}_rows"] for table in TABLES))
    files = {table: keep(form.cleaned_data[table]) for table in TABLES if form.cleaned_data[table]}
    shown = [line for line in plan.lines if line.verdict in {Verdict.NEW, Verdict.CHANGED}]
    return page(
        request,
        "units/verdicts.html",
        plan=plan,
        shown=shown[:MOST_LINES],
        more=len(shown[MOST_LINES:]),
        too_many=len(plan.new_accounts) > MOST_ACCOUNTS,
        seen=signing.dumps({"files": files, "by": request.user.pk}, salt=SALT),
    )


@once
def confirm(request):
    files = seen_files(request)
    rows = [read_kept(files.get(table)) for table in TABLES]
    plan = importing.examine(*rows)
    if len(plan.new_accounts) > MOST_ACCOUNTS:
        raise Incomplete(too_many_sentence())
    taken = importing.carry_out(plan, by=request.user)
    for name in files.values():
        default_storage.delete(name)
    messages.success(request, _("Đã nhập: %(new)d mục mới, %(changed)d mục thay đổi.") % counted(plan))
    if not taken.passwords:
        return HttpResponseRedirect(reverse("admin:units_unit_changelist"))
    handing_over.keep(request, taken.accounts)
    return HttpResponseRedirect(reverse("admin:units_user_given_passwords"))


# --- Steps -------------------------------------------------------------------------------------
def keep(file) -> str:
    """The file under the hash of its content: what is confirmed is what was seen."""
    file.seek(0)
    content = file.read()
    ending = file.name.rsplit(".", 1)[-1].lower()
    name = f"{FOLDER}/{hashlib.sha256(content).hexdigest()}.{ending}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return name


def read_kept(name):
    if name is None:
        return None
    try:
        with default_storage.open(name) as file:
            return spreadsheet.read(name, file.read())
    except FileNotFoundError:
        raise Incomplete(again_sentence()) from None


def seen_files(request) -> dict[str, str]:
    try:
        seen = signing.loads(request.POST["seen"], salt=SALT, max_age=SEEN_FOR)
    except signing.BadSignature:
        raise Incomplete(again_sentence()) from None
    if seen["by"] != request.user.pk:
        raise Incomplete(again_sentence())
    return seen["files"]


def again_sentence():
    return _("Bảng xem trước đã cũ. Hãy chọn lại tệp.")


def too_many_sentence():
    return _("Mỗi lần nhập trên trang này tạo nhiều nhất 200 tài khoản. Hãy chia nhỏ bảng người.")


def counted(plan):
    return {"new": plan.count(Verdict.NEW), "changed": plan.count(Verdict.CHANGED)}


def page(request, template, **context):
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
