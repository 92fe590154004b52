"""Fields that speak the office's language: days as 05/3/2024, units by the names people write."""

from datetime import date, timedelta

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directives import chaining, periods
from directives.drafting import Directory
from directives.enums import OF_MONTHS, PeriodSystem, Recurrence
from units import clock
from units.numerals import LARGEST_KEY

# Days have two digits, months only January and February.
FEWEST_WITHOUT_ZERO = 3
SPAN_LENGTHS = [every for every in Recurrence if every in OF_MONTHS]
# What an address may say instead of a key: the running month, quarter, year.
RUNNING = {"thang-nay": Recurrence.MONTHLY, "quy-nay": Recurrence.QUARTERLY, "nam-nay": Recurrence.YEARLY}
EARLIEST, LATEST = date(1945, 1, 1), date(9998, 12, 31)
SELECTED = flatatt({"selected": True})
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class JoinedSelect(forms.Select):
    """A list of choices, joined at once: Django's own fills in a template for each, and a page of figures has hundreds."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(own), _options(self.choices, chosen))


def _options(choices, chosen):
    """One after the other; choices that stand under a heading in a group of their own."""
    # Not `list(choices)`: of rows of a table that would ask how many there are.
    choices = list(iter(choices))
    if not any(isinstance(label, list | tuple) for _key, label in choices):
        told = ((key, SELECTED if str(key) in chosen else "", label) for key, label in choices)
        return format_html_join("\n", '<option value="{}"{}>{}</option>', told)
    parts = (
        format_html('<optgroup label="{}">{}</optgroup>', key, _options(label, chosen))
        if isinstance(label, list | tuple)
        else _options([(key, label)], chosen)
        for key, label in choices
    )
    return format_html_join("\n", "{}", ((part,) for part in parts))


class DayInput(forms.DateInput):
    """A text box: what is shown is what may be typed."""

    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "numeric", "placeholder": _("ngày/tháng/năm"), "autocomplete": "off"}
            | (attrs or {})
        )

    def format_value(self, value):
        if isinstance(value, str) or not value:
            return value or ""
        month = f"{value.month:02d}" if value.month < FEWEST_WITHOUT_ZERO else value.month
        return f"{value:%d}/{month}/{value.year}"


def unread_day() -> str:
    """What is said of a day that there is not, with one of this year as it may be written."""
    day = clock.printed_day(date(clock.today().year, 3, 5))
    return gettext("Ngày này không có hoặc ghi chưa đúng; hãy ghi như %(day)s.") % {"day": day}


class DayField(forms.DateField):
    widget = DayInput

    def __init__(self, **kwargs):
        super().__init__(input_formats=DAY_FORMATS, required=kwargs.pop("required", False), **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(unread_day(), code="invalid") from None


class FiguresDayField(DayField):
    """A day of figures: of years for which a month before and after can be named."""

    def clean(self, value):
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Hãy ghi ngày từ năm 1945 trở đi."))
        return day


class PeriodField(forms.ChoiceField):
    """A period by its key ("2024-Q3", "2024-Q3c"): those around today are offered, an older one of an address is taken."""

    default_error_messages = {"invalid_choice": _("Không có kỳ “%(value)s”; hãy chọn kỳ khác.")}

    def __init__(self, **kwargs):
        super().__init__(required=False, choices=_offered, **{"widget": JoinedSelect, **kwargs})

    def to_python(self, value):
        return super().to_python(self.prepare_value(value))

    def prepare_value(self, value):
        """A running period may be asked for as such; today says which one it is."""
        every = RUNNING.get(value)
        return periods.period_on(periods.Rule(every), clock.today()).key if every else value

    def valid_value(self, value):
        try:
            first = periods.read(value).first
        except (ValueError, OverflowError):
            return False
        return EARLIEST <= first <= LATEST


def _offered():
    """The running period of each length and the one before it, by the calendar and by the cut-off days."""
    by_system = []
    for system in (PeriodSystem.CALENDAR, PeriodSystem.CUT_OFF):
        rules = [periods.Rule(every, system) for every in SPAN_LENGTHS]
        running = [(rule, periods.period_on(rule, clock.today())) for rule in rules]
        keys = [
            key
            for rule, now in running
            for key in (now.key, periods.period_on(rule, now.first - timedelta(days=1)).key)
        ]
        by_system.append((system.label, [(key, periods.name_of(key)) for key in keys]))
    return [("", _("Từ trước đến nay")), *by_system]


class KeyField(forms.IntegerField):
    """The key of a row, in a hidden field or in an address."""

    def __init__(self):
        super().__init__(min_value=1, max_value=LARGEST_KEY, required=False, widget=forms.HiddenInput())


class KeysField(forms.Field):
    """Keys of rows, each in a hidden field or in an address; none, where none is given."""

    widget = forms.MultipleHiddenInput

    def __init__(self):
        super().__init__(required=False)

    def to_python(self, value):
        keys = (KeyField().clean(one) for one in value or ())
        return list(dict.fromkeys(key for key in keys if key is not None))


class SuperiorsField(forms.TypedChoiceField):
    """Work that a superior gave the office, of what is `offered`: that of cited documents first. Cleans to it."""

    default_error_messages = {
        "invalid_choice": _(
            "Chỉ gắn được với nhiệm vụ mà cấp trên giao cho chính cơ quan, còn đang thực hiện."
        )
    }

    def __init__(self, *, offered, **kwargs):
        self.by_key = {str(one.pk): one for one in offered}
        super().__init__(choices=_choices_of(offered), coerce=self.by_key.get, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return getattr(value, "pk", value)


def _choices_of(offered):
    cited = [(str(one.pk), chaining.called(one)) for one in offered if one.is_cited]
    others = [(str(one.pk), chaining.called(one)) for one in offered if not one.is_cited]
    groups = [(_("Văn bản được dẫn"), cited), (_("Văn bản khác đã nhận"), others)]
    return [("", "---------"), *(group for group in groups if group[1])]


class SmallNumberField(forms.IntegerField):
    """A day of a month, a month, a number of days."""

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 2}
        super().__init__(
            min_value=1, max_value=99, required=False, widget=forms.TextInput(attrs=attributes), **kwargs
        )


class TargetsField(forms.CharField):
    """Names of units and groups between semicolons, written with or without marks, in full or abbreviated.

    Cleans to the targets they mean; a name nobody knows is kept as written. `directory` must be set first.
    """

    directory: Directory

    def __init__(self, *, single=False, **kwargs):
        super().__init__(required=False, max_length=2000, **kwargs)
        self.single = single
        self.widget.attrs |= {
            "data-units": "one" if single else "many",
            "autocomplete": "off",
            "list": "don-vi",
        }

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return self.directory.written([value] if self.single else value)

    def clean(self, value):
        text = super().clean(value)
        if self.single:
            return self.directory.find(text)
        return tuple(self.directory.find_all(text))
