"""The Department of the source document at work on its drafts, for the tests of drafting and issuing."""

import re
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import drafting
from tests import factories
from units.enums import UnitKind
from units.models import UnitGroup

SAMPLES = Path(__file__).parent / "samples"
SEED = (SAMPLES / "seed0.txt").read_text()
REPORTED = (SAMPLES / "seed4.txt").read_text()
ADD = "/quan-tri/directives/directive/add/"


class World:
    """The Department of the source document with its two groups, and the Province above it."""

    def __init__(self):
        self.province = factories.make_unit(
            "Ủy ban nhân dân tỉnh Quảng Ngãi",
            code="UBND", notation="UBND", short_name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE,
        )  # fmt: skip
        self.office = factories.Office(rooms=2, parent=self.province)
        self.unit = self.office.unit
        self.unit.name, self.unit.notation, self.unit.code = "Sở Giao thông vận tải", "SGTVT", "SGTVT"
        self.unit.save()
        self.centre = factories.make_unit(
            "Trung tâm Đăng kiểm xe cơ giới", parent=self.unit, kind=UnitKind.PUBLIC_SERVICE
        )
        self.rooms = self.group("Các phòng chuyên môn, nghiệp vụ Sở", UnitKind.DIVISION)
        self.services = self.group("Các đơn vị sự nghiệp trực thuộc Sở", UnitKind.PUBLIC_SERVICE)
        self.clerk = self.office.clerk

    def group(self, name, kind):
        return UnitGroup.objects.create(name=name, owner=self.unit, children_of=self.unit, kind=kind)

    def draft(self, text=SEED, **fields):
        fields.setdefault("incoming", False)
        return drafting.create_draft(text, by=self.clerk, office=self.unit, **fields)


def key_in(response) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def desk_url(draft) -> str:
    return reverse("admin:directives_directive_change", args=[draft.pk])


def fields_of(response) -> dict:
    """Every field of the drafting form as a browser would send it back."""
    forms = response.context["forms"]
    data = {"form_key": key_in(response), "passage": "", "all_due_on": "", "all_reason": ""}
    data["seen"] = response.context["seen"]
    for rows in (forms.tasks, forms.addressees, forms.citations):
        data[rows.count_name] = str(len(rows))
    for form in (forms.heading, *forms.tasks, *forms.addressees, *forms.citations):
        for bound in form:
            value = (
                bound.field.widget.format_value(bound.value())
                if bound.widget_type != "checkbox"
                else bound.value()
            )
            value = value[0] if isinstance(value, list) else value
            if value not in (None, False, ""):
                data[bound.html_name] = "on" if value is True else str(value)
    return data


def work(client, draft, act="save", **changes):
    """Open the draft, change fields and press a button."""
    data = fields_of(client.get(desk_url(draft))) | changes
    return client.post(desk_url(draft), data | {"act": act})


def queries(act, *args) -> int:
    with CaptureQueriesContext(connection) as captured:
        act(*args)
    return len(captured)
