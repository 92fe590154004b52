"""Sectors: kept by administrators, chosen for a document, and a filter of the figures."""

import pytest

from directives import drafting, issuing, sectors
from directives.drafting import Draft
from directives.errors import NotAllowed
from directives.models import Sector
from tests.factories import Office, make_user
from tests.figures_world import get, html
from units import once
from units.enums import Role
from units.models import Event

from .screens import send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def transport():
    return sectors.keep(Sector(name="Giao thông"), by=None)


def test_figures_of_one_sector_lead_to_its_rows(office, transport):
    one = office.issue(tasks=1)
    office.issue(tasks=2)
    issuing.classify(one, by=office.clerk, sector=transport)
    answer = get(office.leader, "/thong-ke/", **{"linh-vuc": transport.pk})
    assert answer.context["tally"].total == 2
    assert f"linh-vuc={transport.pk}" in html(answer)
    assert get(office.leader, "/thong-ke/phan-viec/", **{"linh-vuc": transport.pk}).context["count"] == 2
    assert get(office.leader, "/thong-ke/").context["tally"].total == 6


def test_a_draft_takes_its_sector_along(office, transport):
    draft = office.draft(tasks=1)
    changes = Draft(columns={"sector": transport})
    drafting.save_draft(draft, by=office.clerk, version=draft.version, changes=changes)
    draft.refresh_from_db()
    assert draft.sector == transport


def test_an_issued_document_is_classified_on_a_page_and_the_act_is_on_record(office, transport):
    directive = office.issue(tasks=1)
    client, address = sign_in(office.monitor), f"/van-ban/{directive.pk}/linh-vuc/"
    assert "Giao thông" in html(client.get(address))
    assert send(client, address, sector=transport.pk).status_code == 303
    assert "lĩnh vực: Giao thông" in html(client.get(f"/van-ban/{directive.pk}/"))
    assert Event.objects.filter(verb="classify", object_id=directive.pk).count() == 1
    assert sign_in(office.heads[office.rooms[0]]).get(address).status_code == 403
    assert sign_in(Office().monitor).get(address).status_code == 404
    assert send(client, address, sector=999).status_code == 422


def test_what_is_out_of_use_is_not_offered_and_stays_where_it_was_chosen(office, transport):
    directive, other = office.issue(tasks=1), office.issue(tasks=1)
    issuing.classify(directive, by=office.clerk, sector=transport)
    transport.in_use = False
    sectors.keep(transport, by=None)
    pages = [html(sign_in(office.clerk).get(f"/van-ban/{one.pk}/linh-vuc/")) for one in (directive, other)]
    assert ["Giao thông" in page.partition("<select")[2] for page in pages] == [True, False]
    assert Event.objects.filter(verb="change_sector").get().after == {"in_use": False}


def test_administrators_keep_the_list(office, transport):
    admin = make_user(Role.ADMIN, office.unit)
    client, address = sign_in(admin), "/quan-tri/directives/sector/add/"
    fields = {"name": "Y tế", "position": 2, "in_use": "on", once.FIELD: once.new_key()}
    assert [client.post(address, fields).status_code for _click in range(2)] == [302, 302]
    told = Event.objects.get(verb="create_sector", object_label="Y tế")
    assert (told.actor, Sector.objects.filter(name="Y tế").count()) == (admin, 1)
    assert "Lĩnh vực này đã có." in html(send(client, address, name="Y tế", position=3))
    with pytest.raises(NotAllowed):
        sectors.keep(Sector(name="Văn hóa"), by=office.clerk)
