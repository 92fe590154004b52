from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from units import clock, rules
from units.directory import directory
from units.errors import NotAllowed


class AsOfForm(forms.Form):
    q = forms.CharField(label=_("Tìm đơn vị"), required=False, max_length=200)
    ngay = forms.DateField(
        label=_("Cơ cấu tính đến ngày"),
        required=False,
        widget=forms.DateInput(attrs={"size": 10, "inputmode": "numeric", "placeholder": "31/5/2024"}),
        error_messages={"invalid": _("Ngày này không có trong lịch. Ghi như 31/5/2024.")},
    )
    tu = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


@login_required
def unit_list(request):
    """The tree of units on a day, for everybody who holds a role."""
    if not rules.can_see_units(request.user):
        raise NotAllowed
    form = AsOfForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else getattr(form, "cleaned_data", {})
    day, q = asked.get("ngay") or clock.today(), asked.get("q", "")
    found = directory(day, search=q, first=asked.get("tu") or 0)
    context = {
        "form": form if form.is_bound else AsOfForm(initial={"ngay": day}),
        "day": day,
        "today": clock.today(),
        "q": q,
        "found": found,
    }
    return render(
        request, "units/unit_list.html", context | {"manages": rules.can_manage_units(request.user)}
    )
