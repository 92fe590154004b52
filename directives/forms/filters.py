"""Filters read from the address. What is invalid is said at its field and narrows nothing."""

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from directives import periods
from directives.compliance import BY, GROUP, LISTED, SECTOR, Group, groups
from directives.enums import DirectiveKind, DirectiveState, Duty, Move
from units import clock
from units.naming import search_words

from .fields import FiguresDayField, JoinedSelect, KeyField, KeysField, PeriodField
from .sectors import SectorField

ALL = ("", _("Tất cả"))
BOTH = "tat-ca"
OF_DAYS = ("period", "first", "last")
DUTIES = [*Duty.choices, (BOTH, _("Chủ trì và phối hợp"))]


class AddressForm(forms.Form):
    """A form whose parameters are Vietnamese in the address and English in the code."""

    parameters: dict[str, str] = {}

    def add_prefix(self, field_name):
        return self.parameters.get(field_name, field_name)

    def chosen(self) -> dict:
        """The filters in force, without the empty and the invalid ones."""
        self.is_valid()
        return {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "", False, [])
        }

    def carried(self) -> list[forms.BoundField]:
        """The filters in force that only links set: who changes another one here keeps them."""
        chosen = self.chosen()
        return [field for field in self.hidden_fields() if field.name in chosen]


class DirectiveFilter(AddressForm):
    """Which documents of the list are wanted. `issuer` is set by a link, so it has no widget of its own."""

    parameters = {"kind": "loai", "state": "tinh-trang", "issuer": "co-quan", "year": "nam"}

    q = forms.CharField(label=_("Tìm số, ký hiệu, nội dung"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Loại văn bản"), required=False, choices=[ALL, *DirectiveKind.choices])
    state = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[ALL, *DirectiveState.choices])
    year = forms.IntegerField(
        label=_("Năm ban hành"),
        required=False,
        min_value=1945,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    issuer = KeyField()

    def narrow(self, directives):
        chosen = self.chosen()
        for word in search_words(chosen.pop("q", "")):
            directives = directives.filter(search__contains=word)
        if year := chosen.pop("year", None):
            directives = directives.filter(issued_on__year=year)
        return directives.filter(**chosen)


class FiguresFilter(AddressForm):
    """Which assignments the figures are of; the rows behind a number are found by the same filter."""

    parameters = {
        "unit": "don-vi",
        "alone": "rieng",
        "issuer": "co-quan",
        "kind": "loai",
        "sector": "linh-vuc",
        "period": "ky",
        "first": "tu",
        "last": "den",
        "as_of": "ngay",
        "due_in": "han-trong",
        "reported_in": "bao-cao-trong",
        "duty": "vai-tro",
        "directive": "van-ban",
        "task": "nhiem-vu",
        "by": "nhom",
        "group": "thuoc-nhom",
        "outside": "ngoai",
        "chain": "chuoi",
        "handed_down": "giao-tiep",
        "unlinked": "chua-gan",
        "line": "chi-tieu",
    }

    alone = forms.BooleanField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Loại văn bản"), required=False, choices=[ALL, *DirectiveKind.choices], widget=JoinedSelect
    )
    sector = SectorField(every=True, empty_label=_("Tất cả"), widget=JoinedSelect)
    period = PeriodField(label=_("Kỳ"))
    first = FiguresDayField(label=_("hoặc từ ngày"))
    last = FiguresDayField(label=_("đến ngày"))
    as_of = FiguresDayField(label=_("Số liệu tính đến ngày"))
    due_in = PeriodField(widget=forms.HiddenInput)
    reported_in = PeriodField(widget=forms.HiddenInput)
    duty = forms.ChoiceField(
        label=_("Vai trò"),
        required=False,
        choices=DUTIES,
        widget=JoinedSelect,
    )
    directive = KeyField()
    task = KeyField()
    by = forms.ChoiceField(label=_("Mỗi dòng là một"), required=False, choices=list(BY.items()))
    # What one row of the official table is of: a group of units; the units of no group, the documents of no sector.
    # A row of a table that is narrowed so itself is of both.
    group = KeysField()
    outside = forms.MultipleChoiceField(
        required=False, choices=[(GROUP, ""), (SECTOR, "")], widget=forms.MultipleHiddenInput
    )
    # The leaves of the chain below a document, or what is handed down in it; of them what carries out nothing above.
    chain = KeyField()
    handed_down = forms.BooleanField(required=False, widget=forms.HiddenInput)
    unlinked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    line = forms.ChoiceField(required=False, choices=[(slug, line.label) for slug, line in LISTED.items()])

    @cached_property
    def groups(self) -> list[Group]:
        """The groups of the offices whose work the person sees. Three queries, once."""
        return groups(self.giving)

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of and as_of > clock.today():
            raise forms.ValidationError(_("Ngày này chưa đến; số liệu chỉ tính đến hôm nay."))
        return as_of

    def clean(self):
        """A named period stands for its days, a refused one for none."""
        super().clean()
        chosen = self.cleaned_data
        if key := chosen.get("period"):
            self._name_days(periods.read(key))
        if not chosen.get("unit"):
            chosen.pop("alone", None)
        first, last = chosen.get("first"), chosen.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối không được trước ngày đầu."))
        if first and first > (chosen.get("as_of") or clock.today()):
            named = chosen.get("period")
            self.add_error("period" if named else "first", _("Kỳ này chưa bắt đầu vào ngày tính số liệu."))
        if any(name in self.errors for name in OF_DAYS):
            # Half of a refused range would be another range, which nobody asked for.
            for name in OF_DAYS:
                chosen.pop(name, None)
        return chosen

    def _name_days(self, period):
        """Who names a period and types other days has to say which of the two is meant."""
        first, last = (self.cleaned_data.pop(name, None) for name in ("first", "last"))
        if first in (None, period.first) and last in (None, period.last):
            self.cleaned_data |= {"first": period.first, "last": period.last}
        else:
            self.add_error("period", _("Vừa chọn kỳ vừa ghi khoảng ngày khác; hãy bỏ một trong hai."))

    def __init__(self, *args, units, above=(), **kwargs):
        """`units` are those the person sees in figures, each with whether it `gives`: both lists are of them. Those
        `above` may be asked for as the way down to them."""
        super().__init__(*args, **kwargs)
        offered = sorted([*units, *above], key=lambda unit: unit.path)
        self.paths = {unit.pk: unit.path for unit in offered}
        self.names = {unit.pk: unit.name for unit in offered}
        self.giving = [unit.pk for unit in units if unit.gives]
        self.fields["unit"] = _one_of(pgettext("một", "Đơn vị"), offered)
        self.fields["issuer"] = _one_of(_("Cơ quan giao việc"), [unit for unit in units if unit.gives])


class ExceptionFilter(FiguresFilter):
    """Which late work is wanted: of whom, what it waits for, and how it changed since a day."""

    MINE = "toi"
    parameters = FiguresFilter.parameters | {"move": "cho", "change": "thay-doi", "since": "so-voi"}
    # What is late is late today, whatever the period, and was not reported.
    UNASKED = ("period", "first", "last", "as_of", "reported_in", "by", "line")

    sector = SectorField(every=True, widget=forms.HiddenInput)
    duty = forms.ChoiceField(required=False, choices=DUTIES, widget=forms.HiddenInput)
    move = forms.ChoiceField(
        required=False, choices=[(MINE, _("chờ đồng chí quyết")), *Move.choices], widget=forms.HiddenInput
    )
    change = forms.ChoiceField(
        required=False,
        choices=[("moi", _("mới quá hạn")), ("het", _("không còn quá hạn")), ("con", _("vẫn quá hạn"))],
        widget=forms.HiddenInput,
    )
    since = FiguresDayField(label=_("So với ngày"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.UNASKED:
            del self.fields[name]

    @property
    def move_name(self) -> str:
        move = self.cleaned_data["move"]
        return str(Move(move).label) if move in Move.values else ""

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since and since >= clock.today():
            raise forms.ValidationError(_("Hãy chọn một ngày trước hôm nay."))
        return since


def _one_of(label, units):
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, choices=_Units(units), widget=JoinedSelect
    )


class _Units(BaseChoiceIterator):
    """Any of them, or all. A list would be looked through for nested choices wherever it is handed on."""

    def __init__(self, units):
        self.choices = [ALL, *((unit.pk, unit.name) for unit in units)]

    def __iter__(self):
        return iter(self.choices)
