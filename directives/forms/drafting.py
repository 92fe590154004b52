"""The forms of drafting: the paste, the heading of a draft, and the rows of its tasks, recipients and citations."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from directives import texts
from directives.drafting import COLUMNS, AddresseeRow, CitationRow, Draft, Target, TaskRow, check_text
from directives.enums import Purpose, Relation, SignerAuthority, Urgency
from directives.errors import Incomplete
from directives.models import Directive
from units.models import Unit
from units.naming import fold

from .fields import DayField, KeyField, SuperiorsField, TargetsField
from .recurring import RuleForm
from .rows import Rows
from .sectors import SectorField

OWN, INCOMING = "own", "incoming"
READABLE = ",".join(extension for kind in texts.READABLE for extension in kind.extensions)
DEEPEST = 5
MOST_EXTENSIONS = 99


class PasteForm(forms.Form):
    """A text to draft from, or the file that holds it. The office is asked for only when the clerk serves several.

    `waiting` is a file sent before, whose words are to be recognised now.
    """

    file = forms.FileField(
        label=_("Tải tệp Word hoặc PDF"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": READABLE}),
    )
    text = forms.CharField(
        label=_("Dán nội dung"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "placeholder": _("Sao chép từ Word (Ctrl+A, Ctrl+C) rồi dán vào đây (Ctrl+V)")}
        ),
    )
    purpose = forms.ChoiceField(
        label=_("Để làm gì"),
        choices=[
            (OWN, _("Soạn văn bản của cơ quan")),
            (INCOMING, _("Ghi văn bản nơi khác ban hành (vào sổ đến)")),
        ],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    office = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args, offices, waiting=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        # Bytes of a file are told from text by `check_text`, in words that say the way out.
        self.fields["text"].validators = []
        office = cast(forms.ModelChoiceField, self.fields["office"])
        office.queryset = Unit.objects.filter(pk__in=offices)
        if len(offices) == 1:
            office.initial = next(iter(offices))
            office.widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if file and text.strip():
            self.add_error("file", _("Hãy gửi tệp, hoặc dán nội dung; không dùng cả hai một lúc."))
        elif not file and not self.waiting:
            self._check(text, at="text")
        return cleaned

    def take(self, text) -> bool:
        """Whether the text read from the file can be drafted from; if not, the file's field says why."""
        self.cleaned_data["text"] = text
        self._check(text, at="file")
        return self.is_valid()

    def _check(self, text, *, at):
        try:
            check_text(text)
        except Incomplete as refused:
            self.add_error(at, str(refused.sentence))


class HeadingForm(forms.ModelForm):
    """What stands above and below the text of a draft, and how its tasks are to be followed."""

    issued_on = DayField(label=_("Ngày ban hành"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    new_issuer = forms.CharField(
        label=_("Cơ quan chưa có trong danh mục"),
        max_length=255,
        required=False,
        help_text=_(
            "Ghi tên đầy đủ, ví dụ “Ủy ban nhân dân tỉnh Bình Thuận”: khi lưu, tên được thêm vào danh mục."
        ),
    )
    extension_limit = Directive._meta.get_field("extension_limit").formfield(max_value=MOST_EXTENSIONS)
    opening = forms.CharField(label=_("Lời dẫn"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    closing = forms.CharField(label=_("Phần kết"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    class Meta:
        model = Directive
        fields = COLUMNS
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "number": forms.TextInput(attrs={"class": "w6", "placeholder": _("chưa cấp")}),
        }
        help_texts = {"issuer_name": _("Để trống: tên hiện nay của cơ quan.")}

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        units = _choices(directory, self.instance)
        self._offer("issuer", units if self.instance.issuer else [("", "---------"), *units])
        self._offer("collecting_unit", [("", "---------"), *units])
        self.fields["sector"] = SectorField(chosen=self.instance.sector_id, empty_label="---------")
        self._offer("urgency", Urgency.choices)
        self._offer("signer_authority", SignerAuthority.choices)

    def _offer(self, name, choices):
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _post_clean(self):
        """The instance stays what is kept until the save: its columns are compared with what was typed."""

    def clean_title(self):
        return _one_newline(self.cleaned_data["title"])

    def clean_new_issuer(self):
        name = " ".join(self.cleaned_data["new_issuer"].split())
        if name and self.cleaned_data.get("issuer"):
            raise forms.ValidationError(_("Đã chọn cơ quan ban hành thì không ghi tên mới."))
        if name and not fold(name):
            raise forms.ValidationError(_("Hãy ghi tên bằng chữ."))
        return name

    def clean_opening(self):
        return _one_newline(self.cleaned_data["opening"])

    def clean_closing(self):
        return _one_newline(self.cleaned_data["closing"])

    def columns(self) -> dict:
        """Column → value as typed; a column with an error is left out."""
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}


def _choices(directory, directive):
    """Units of today; one that ended meanwhile stays choosable where it is chosen."""
    chosen = {unit.pk: unit.name for unit in (directive.issuer, directive.collecting_unit) if unit}
    today = {unit.pk: directory.name(Target(unit.name, unit=unit)) for unit in directory.units}
    return list((chosen | today).items())


class RowForm(forms.Form):
    """A row of a list on the drafting screen; a row in which nothing was typed counts for nothing."""

    # What a new row comes with, so that it is not taken for typed.
    given: frozenset[str] = frozenset()

    def __init__(self, *args, directory, **kwargs):
        super().__init__(*args, **kwargs | {"empty_permitted": True, "use_required_attribute": False})
        for field in self.fields.values():
            if isinstance(field, TargetsField):
                field.directory = directory

    def has_changed(self) -> bool:
        return any(
            self.data.get(self.add_prefix(name), "").strip() for name in self.fields if name not in self.given
        )

    @property
    def is_blank(self) -> bool:
        return not self.has_changed()

    def understood(self) -> dict[str, Any]:
        """What was typed without what could not be taken: the row is still shown, with its error."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class TaskForm(RuleForm, RowForm):
    given = frozenset({"level"})

    pk = KeyField()
    level = forms.IntegerField(
        required=False, initial=0, min_value=0, max_value=DEEPEST, widget=forms.HiddenInput
    )
    label = forms.CharField(label=_("Số mục"), max_length=20, required=False)
    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi nội dung nhiệm vụ, hoặc bấm Bỏ.")},
    )
    is_heading = forms.BooleanField(label=_("Chỉ là tiêu đề, không giao việc"), required=False)
    leads = TargetsField(
        label=_("Chủ trì"), widget=forms.TextInput(attrs={"placeholder": _("Mọi đơn vị nhận")})
    )
    supports = TargetsField(label=_("Phối hợp"))
    due_on = DayField(label=_("Thời hạn"))
    undated_reason = forms.CharField(
        label=_("Lý do không hạn"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "ly-do"}),
    )
    due_text = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    review_on = DayField(label=_("Ngày xem lại"))
    deliverable = forms.CharField(label=_("Sản phẩm"), max_length=500, required=False)

    def __init__(self, *args, offered=(), **kwargs):
        """`offered` is what the office was given and this task may carry out; without any nothing is asked."""
        super().__init__(*args, **kwargs)
        if offered:
            label = _("Thực hiện nhiệm vụ cấp trên giao")
            self.fields["implements"] = SuperiorsField(label=label, offered=offered, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("due_on") and cleaned.get("undated_reason"):
            self.add_error("undated_reason", _("Đã có thời hạn thì không cần lý do không có thời hạn."))
        if cleaned.get("recurrence"):
            self._check_rule(cleaned)
        if twice := [one for one in cleaned.get("supports", ()) if one in cleaned.get("leads", ())]:
            told = _("Đã ghi chủ trì thì không ghi phối hợp: %(units)s. Hãy bỏ ở một trong hai ô.")
            self.add_error("supports", told % {"units": "; ".join(one.text for one in twice)})
        return cleaned

    def _check_rule(self, cleaned):
        """Work that comes back is due in each of its periods, and what its rule lacks stands at the fields."""
        if cleaned.get("due_on"):
            self.add_error(
                "due_on", _("Việc định kỳ có hạn theo từng kỳ: bỏ thời hạn này, hoặc chọn Một lần.")
            )
        if not self.errors:
            self.find_faults()

    def clean_text(self):
        return _one_newline(self.cleaned_data["text"])

    def row(self) -> TaskRow:
        """A field left empty, or not understood, is as if it had not been there."""
        values: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        return TaskRow(**({"text": ""} | values))


class FillForm(forms.Form):
    """One deadline, or one reason for none, for every task that has neither."""

    all_due_on = DayField(label=_("Thời hạn"))
    all_reason = forms.CharField(
        label=_("hoặc lý do không có hạn"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "ly-do", "autocomplete": "off"}),
    )


class AddresseeForm(RowForm):
    given = frozenset({"purpose"})

    text = forms.CharField(
        label=_("Ghi trên văn bản"),
        max_length=300,
        error_messages={"required": _("Hãy ghi tên nơi nhận, hoặc bấm Bỏ.")},
    )
    target = TargetsField(label=_("Là đơn vị, nhóm"), single=True)
    purpose = forms.ChoiceField(label=_("Để làm gì"), choices=Purpose.choices, initial=Purpose.ACT)
    printed_purpose = forms.CharField(label=_("Ghi chú trong ngoặc"), max_length=60, required=False)
    salutation = forms.BooleanField(label=_("Ở mục Kính gửi"), required=False)

    def row(self) -> AddresseeRow:
        return AddresseeRow(**({"text": ""} | self.understood()))


class CitationForm(RowForm):
    given = frozenset({"relation"})

    relation = forms.ChoiceField(label=_("Quan hệ"), choices=Relation.choices, initial=Relation.BASED_ON)
    kind = forms.CharField(label=_("Loại văn bản"), max_length=60, required=False)
    code = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=70,
        error_messages={"required": _("Hãy ghi số, ký hiệu, hoặc bấm Bỏ.")},
    )
    dated_on = DayField(label=_("Ngày"))
    issuer_name = forms.CharField(label=_("Cơ quan"), max_length=255, required=False)

    def row(self) -> CitationRow:
        return CitationRow(**({"code": ""} | self.understood()))


def _one_newline(text):
    return text.replace("\r\n", "\n").strip()


def _each_once(rows) -> list[TaskRow]:
    """A task that was sent twice is that task once, and a new one."""
    met: set[int | None] = set()
    once = []
    for row in rows:
        once.append(replace(row, pk=None) if row.pk in met else row)
        met.add(row.pk)
    return once


def _shown(directive, sheet) -> dict:
    passages = {name: getattr(sheet, name) for name in ("opening", "closing", "new_issuer")}
    return {"version": directive.version, **sheet.columns, **passages}


class DraftForms:
    """Everything on the drafting screen: the heading and the lists, shown from what is kept or from what was typed."""

    def __init__(self, directive, *, directory, data=None, sheet=None, offered=()):
        """`data` is what was sent; without it, `sheet` is shown. `offered` is what tasks may carry out."""
        self.sheet = sheet
        shown = None if data is not None else _shown(directive, sheet)
        self.directory = directory
        self.heading = HeadingForm(data, instance=directive, initial=shown, directory=directory)
        self.fill = FillForm(data)
        given = sheet if data is None else None
        self.tasks = self._rows(partial(TaskForm, offered=offered), "task", data, given and given.tasks)
        self.addressees = self._rows(AddresseeForm, "addressee", data, given and given.addressees)
        self.citations = self._rows(CitationForm, "citation", data, given and given.citations)

    def _rows(self, form, prefix, data, rows):
        initial = [vars(row) for row in rows or ()]
        return Rows(form, prefix, directory=self.directory, data=data, initial=initial)

    def is_valid(self) -> bool:
        parts = (self.heading, self.tasks, self.addressees, self.citations)
        return all(part.is_valid() for part in parts) and not self.fill.errors

    def errors(self):
        """Where each fault is, in words, and the field, for the summary above the form."""
        for where, form in self._parts():
            for bound in form:
                if bound.errors:
                    yield (f"{where}, {str(bound.label).lower()}" if where else bound.label), bound

    def _parts(self):
        yield "", self.heading
        yield from ((_("Căn cứ %(n)s") % {"n": n}, form) for n, form in enumerate(self.citations, 1))
        yield from ((_("Nơi nhận %(n)s") % {"n": n}, form) for n, form in enumerate(self.addressees, 1))
        yield _("Mọi nhiệm vụ chưa có hạn"), self.fill
        yield from ((_("Nhiệm vụ %(n)s") % {"n": n}, form) for n, form in enumerate(self.tasks, 1))

    def draft(self) -> Draft:
        """What was typed, as far as it can be understood."""
        self.heading.full_clean()
        return Draft(
            columns=self.heading.columns(),
            tasks=_each_once(self.tasks.values()),
            addressees=self.addressees.values(),
            citations=self.citations.values(),
            opening=self._passage("opening"),
            closing=self._passage("closing"),
            new_issuer=self.heading.cleaned_data.get("new_issuer", ""),
        )

    def _passage(self, name):
        """A passage the page did not show is left as it is."""
        return self.heading.cleaned_data.get(name) if name in self.heading.data else None

    @property
    def version(self) -> int:
        return self.heading.cleaned_data["version"]
