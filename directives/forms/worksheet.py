"""The filled-in workbook that a unit brings back; what its rows say is `worksheet`'s to read."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorksheetForm(forms.Form):
    file = forms.FileField(label=_("Bảng đã điền (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
