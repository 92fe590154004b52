"""Which sector a document belongs to."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models import Sector


class SectorField(forms.ModelChoiceField):
    """The sectors in use, and the one that is chosen already; or `every` one there was."""

    def __init__(self, *, chosen=None, every=False, **kwargs):
        kept = Sector.objects.all() if every else Sector.objects.filter(Q(in_use=True) | Q(pk=chosen))
        super().__init__(kept, label=_("Lĩnh vực"), required=False, **kwargs)


class SectorForm(forms.Form):
    def __init__(self, directive, data=None):
        super().__init__(data, initial={"sector": directive.sector_id})
        self.fields["sector"] = SectorField(chosen=directive.sector_id, empty_label=_("Chưa xếp"))
