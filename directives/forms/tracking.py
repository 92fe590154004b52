"""What a unit fills in to report, and what the Office fills in to decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directives import files
from directives.errors import Incomplete
from directives.tracking import Dated, Document
from units import clock

from .fields import DayField

MOST_FILES = 10
PHOTOGRAPHS = "image/*"
PAPERS = ",".join(extension for kind in files.EVIDENCE for extension in kind.extensions)


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one choice; cleaned to the list of those that were admitted."""

    widget = Files
    default_error_messages = {"too_many": _("Mỗi lần gửi được nhiều nhất 10 tệp. Hãy gộp bớt lại.")}

    def clean(self, data, initial=None):
        sent = [one for one in (data or []) if one]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(self.error_messages["too_many"])
        self.admitted, refused = [], []
        for one in sent:
            try:
                self.admitted.append(files.admit(one))
            except Incomplete as refusal:
                refused.append(forms.ValidationError(str(refusal.sentence)))
        if refused:
            raise forms.ValidationError(refused)
        return self.admitted


class ReportForm(forms.Form):
    """Result and evidence. What is missing is the verb's to say (`tracking.report`); `take` shows its answer.

    `uploads` are files kept from an earlier attempt; they go along unless the person drops them. `earlier` is
    the report that was returned or withdrawn: this one starts with its words, and its files may go along again.
    `offered` is what proved other reports of the unit: whatever is chosen proves this one too. `below` is what proved the
    work of those to whom the unit handed this down, and `documents` its own by which it did. `others` is work of
    the unit that may be reported with the same words and proof.
    """

    text = forms.CharField(
        label=_("Kết quả"), required=False, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )
    photographs = FilesField(
        label=_("Chụp ảnh"),
        required=False,
        widget=Files(attrs={"accept": PHOTOGRAPHS, "capture": "environment"}),
    )
    papers = FilesField(label=_("Chọn tệp"), required=False, widget=Files(attrs={"accept": PAPERS}))
    by_code = forms.BooleanField(label=_("Số văn bản"), required=False)
    code = forms.CharField(
        label=_("Số, ký hiệu"),
        required=False,
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    dated_on = forms.DateField(
        label=_("Ngày văn bản"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    addressed_to = forms.CharField(label=_("Nơi nhận"), required=False, max_length=255)
    proved_on = DayField(label=_("Ngày chụp, ngày ghi trên tệp (nếu khác ngày gửi)"))

    def __init__(
        self, *args, uploads=(), earlier=None, offered=(), below=(), documents=(), others=(), **kwargs
    ):
        evidence = earlier.evidence if earlier else []
        super().__init__(*args, **{"initial": _as_told(earlier, evidence), **kwargs})
        self.uploads = list(uploads)
        self.reusable = [one for one in evidence if one.file]
        self.below = _each_once(below, without=evidence)
        self.offered = _each_once(offered, without=[*evidence, *self.below])
        self.documents = list(documents)
        self.others = list(others)

    def clean(self):
        cleaned = super().clean()
        code, dated_on = cleaned.get("code", "").strip(), cleaned.get("dated_on")
        if code and not dated_on and "dated_on" not in self.errors:
            self.add_error("dated_on", _("Hãy ghi ngày của văn bản làm minh chứng."))
        if not code and (dated_on or cleaned.get("addressed_to")):
            self.add_error("code", _("Hãy ghi số, ký hiệu của văn bản làm minh chứng."))
        if dated_on and dated_on > clock.today():
            self.add_error("dated_on", _("Ngày văn bản không được sau hôm nay."))
        if (proved_on := cleaned.get("proved_on")) and proved_on > clock.today():
            self.add_error("proved_on", _("Ngày của minh chứng không được sau hôm nay."))
        return cleaned

    @property
    def admitted(self) -> list[files.Admitted]:
        """The files that passed, even when another part of the form did not."""
        return [
            one for name in ("photographs", "papers") for one in getattr(self.fields[name], "admitted", [])
        ]

    @property
    def kept(self) -> list:
        """The earlier uploads that the person did not drop."""
        dropped = forms.CheckboxSelectMultiple().value_from_datadict(self.data, self.files, "dropped")
        return [upload for upload in self.uploads if str(upload.pk) not in dropped]

    @property
    def reused(self) -> list:
        """The files of the earlier report that go along again: all, until the person has chosen."""
        if not self.is_bound:
            return self.reusable
        return self._ticked([*self.reusable, *self.below, *self.offered], "reused")

    @property
    def carried(self) -> list:
        """Of the unit's own documents that carry the work out, those whose number goes along."""
        return self._ticked(self.documents, "carried") if self.is_bound else []

    @property
    def along(self) -> list:
        """The other work that is reported with this one."""
        return self._ticked(self.others, "along") if self.is_bound else []

    def _ticked(self, rows, name):
        chosen = forms.CheckboxSelectMultiple().value_from_datadict(self.data, self.files, name)
        return [one for one in rows if str(one.pk) in chosen]

    @property
    def evidence(self) -> list:
        """Of a valid form: everything that is to prove the report."""
        code = self.cleaned_data["code"].strip()
        document = (
            [Document(code, self.cleaned_data["dated_on"], self.cleaned_data["addressed_to"])] if code else []
        )
        own = [Document(one.code, one.issued_on) for one in self.carried]
        files_, day = [*self.kept, *self.admitted], self.cleaned_data["proved_on"]
        return [*self.reused, *(Dated(one, day) if day else one for one in files_), *own, *document]

    @property
    def shows_code(self) -> bool:
        """Whether the fields of a document stand open."""
        return any(self[name].value() for name in ("by_code", "code", "dated_on", "addressed_to"))

    def take(self, refusal: Incomplete) -> None:
        """Show at the fields what the verb found missing."""
        for name, sentence in refusal.fields.items():
            self.add_error({"evidence": "papers"}.get(name, name), str(sentence))


def _each_once(offered, *, without):
    """Each file or document once, the newest, without what goes along anyway."""
    met = {one.key for one in without}
    once: dict = {}
    for one in offered:
        if one.key not in met:
            once.setdefault(one.key, one)
    return list(once.values())


def _as_told(earlier, evidence) -> dict:
    """What the earlier report said, as the fields show it."""
    document = next((one for one in evidence if one.code), None)
    named = ("code", "dated_on", "addressed_to")
    told = {"text": earlier.text} if earlier else {}
    return told | ({name: getattr(document, name) for name in named} if document else {})
