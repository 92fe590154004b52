"""Nothing of an office reaches people outside it: office A is full of canaries, and nobody of B ever hears one.

Every text that A keeps carries a mark. B's people, the administrator and those whose role or account ended then
fetch every address of the portal with every id there is, follow every link, and search.
"""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from directives import issuing
from directives.enums import Relation
from directives.models import Assignment, Citation, Directive, Evidence
from units.enums import Role
from units.models import Event, Membership, Unit, User
from units.once import FIELD, new_key

from .canaries import KEPT_BY_ADMINISTRATORS, MARK, SECRET, World, body_of, crawl, everything, heard
from .counts import LONG
from .factories import assignments_of, make_user
from .hostile import filled
from .routes import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


OUTSIDERS = (
    "clerk", "leader", "monitor", "head", "deputy", "staff", "auditor", "administrator", "two roles", "without a role",
    "role ended", "role to come", "closed",
)  # fmt: skip


def marks_for(who):
    return (MARK,) if who in {"administrator", "two roles"} else (MARK, KEPT_BY_ADMINISTRATORS)


def walked_by(*everyday, among=OUTSIDERS):
    """Each walk goes through the whole portal: a few people in the ordinary run, everybody in the long one."""
    marks = {who: pytest.mark.walk if who in everyday else pytest.mark.long for who in among}
    return [pytest.param(who, marks=mark) for who, mark in marks.items()]


@pytest.mark.parametrize("who", walked_by("two roles"))
def test_nobody_outside_hears_a_canary(world, who):
    faults = [
        (address, mark)
        for address, body in everything(world.client(who), world)
        for mark in heard(body, marks_for(who))
    ]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.walk
def test_the_office_itself_hears_its_canaries(world):
    """The marks do reach the pages: a crawl that finds nothing would prove nothing."""
    world.people["own clerk"] = world.a.clerk
    hearing = [address for address, body in crawl(world.client("own clerk")) if heard(body, (MARK,))]
    assert {"/", "/van-ban/", reverse("directive-detail", args=[world.stored[3].pk])} <= set(hearing)


READERS = ("clerk", "leader", "monitor", "head", "auditor", "administrator", "without a role")


@pytest.mark.parametrize("who", walked_by("clerk", among=READERS))
def test_what_exists_elsewhere_answers_like_what_does_not(world, who):
    """Status, headers and page of a foreign document are those of an id that was never given."""
    client, faults = world.client(who), []
    for route in [
        route for route in sorted(routes()) if re.match(r"(van-ban|nhiem-vu|tep|thong-ke)/.*<int:", route)
    ]:
        for method in ("get", "post"):
            never = told(client, method, filled(route, 10**6))
            for pk in [directive.pk for directive in world.stored]:
                if not mine(who, route, pk, world) and told(client, method, filled(route, pk)) != never:
                    faults.append((method, filled(route, pk)))
    assert not faults, faults


def mine(who, route, pk, world):
    """Ids of assignments, units and files are counted anew: the same number may be B's own. Every account is the
    administrator's, who is told when there is nothing to hand over any more."""
    if who == "administrator" and route.startswith("nhiem-vu/ban-giao/"):
        return User.objects.filter(pk=pk).exists()
    owned = {
        "nhiem-vu": Assignment.objects.filter(issuer=world.b.unit),
        "tep/minh-chung": Evidence.objects.filter(report__assignment__issuer=world.b.unit),
        "thong-ke/don-vi": Unit.objects.filter(path__startswith=world.b.unit.path),
    }
    return any(route.startswith(start) and own.filter(pk=pk).exists() for start, own in owned.items())


def told(client, method, address):
    """The answer but for the tokens of its forms, its own address and the one above, which make its length."""
    answer = client.get(address) if method == "get" else client.post(address, {FIELD: new_key()})
    hidden = re.sub(rb'value="[^"]{60,}"|value="[0-9a-f-]{36}"|.Content-Length.: .\d+', b"", body_of(answer))
    above = address.rstrip("/").rpartition("/")[0] + "/"
    return answer.status_code, hidden.replace(address.encode(), b"#").replace(above.encode(), b"#")


# --- Documents that do reach over ---------------------------------------------------------------


@pytest.mark.parametrize(
    "who", walked_by("head", among=("head", "deputy", "staff", "leader", "auditor", "clerk"))
)
def test_a_unit_elsewhere_reads_the_text_and_its_own_rows_alone(world, who):
    """What A gives to a room of B: the other rooms' names, reports, counts and files stay A's."""
    a, room = world.a, world.b.rooms[0]
    to = [*a.rooms, room]
    Membership.objects.filter(user=world.people["staff"]).update(unit=room)
    issued = a.issue(title="V/v chung", to=to, tasks=2)
    for row in assignments_of(issued):
        if row.unit_id != room.pk:
            a.report(row, text=SECRET)
            row.unit_name = f"{MARK} phòng của A"
            row.save()
    issued.recipients.exclude(unit=room).update(unit_name=f"{MARK} phòng của A")
    client = world.client(who)
    page = client.get(reverse("directive-detail", args=[issued.pk]))
    assert page.status_code == 200
    assert page.context["tally"].total == 2
    faults = [address for address, body in everything(client, world, others=LONG) if heard(body, (MARK,))]
    assert not faults, faults


def test_of_a_cited_document_the_header_alone_is_told(world):
    cited = world.a.issue(title="V/v được dẫn")
    cited.tasks.update(text=f"{SECRET} nhiệm vụ")
    Directive.objects.filter(pk=cited.pk).update(body=SECRET, source=SECRET, signer_name=SECRET)
    citing = world.b.draft(title="V/v dẫn")
    Citation.objects.create(
        directive=citing, relation=Relation.BASED_ON, code=cited.code, dated_on=cited.issued_on, cited=cited
    )
    issuing.submit(citing, by=world.b.clerk)
    issuing.sign(citing, by=world.b.leader)
    issuing.issue(citing, by=world.b.clerk)
    client = world.client("head")
    shown = body_of(client.get(reverse("directive-detail", args=[citing.pk]))).decode()
    assert "V/v được dẫn" in shown
    assert client.get(reverse("directive-detail", args=[cited.pk])).status_code == 404
    assert not [address for address, body in crawl(client) if heard(body, (MARK,))]


# --- Writing -----------------------------------------------------------------------------------


def counted():
    """How many rows each table has, and every state."""
    rows = {
        model._meta.label: model.objects.count()
        for app in ("units", "directives")
        for model in apps.get_app_config(app).get_models()
    }
    states = [
        list(model.objects.order_by("pk").values_list("pk", "state")) for model in (Directive, Assignment)
    ]
    return rows, states


def every_post(client, world, **fields):
    """Every route with the ids it is about: A's documents, A's assignments, else the first few."""
    ids = {"van-ban": [d.pk for d in world.stored], "nhiem-vu": [row.pk for row in world.rows]}
    for route in sorted(routes()):
        for pk in ids.get(route.partition("/")[0], [1, 2]) if "<" in route else [""]:
            yield filled(route, pk), client.post(filled(route, pk), {FIELD: new_key()} | fields)


# What everybody may post to, and the probe of the machine.
ACCOUNT = ("dang-xuat/", "tuy-chon/", "doi-mat-khau/", "dang-nhap/", "healthz")


SILENT = ("auditor", "own auditor", "without a role", "role ended", "closed")


@pytest.mark.parametrize("who", walked_by("own auditor", "role ended", among=SILENT))
def test_who_writes_nothing_changes_no_row_by_any_post(world, who):
    world.people["own auditor"] = make_user(Role.AUDITOR, world.a.unit)
    client, before = world.client(who), counted()
    fields = {
        "reason": "x y",
        "text": "x y",
        "code": "1/BC",
        "dated_on": "2024-01-01",
        "purpose": "own",
        "office": world.a.unit.pk,
    }
    for address, answer in every_post(client, world, **fields):
        if not address.startswith(tuple(f"/{path}" for path in ACCOUNT)):
            assert answer.status_code in {302, 303, 403, 404, 405}, (address, answer.status_code)
            if answer.status_code in {302, 303}:
                assert who in {"closed"} or answer["Location"].startswith(
                    ("/dang-nhap/", "/quan-tri/", "/")
                ), address
    assert counted() == before


@pytest.mark.parametrize(
    "who",
    walked_by("monitor", "administrator", among=("clerk", "leader", "monitor", "head", "administrator")),
)
def test_no_post_of_b_touches_a(world, who):
    client, before = world.client(who), counted()[1]
    events = directive_events(world)
    for _address, _answer in every_post(
        client, world, reason="x y", text="x y", code="1/BC", dated_on="2024-01-01"
    ):
        pass
    assert counted()[1] == before
    assert directive_events(world) == events


def directive_events(world):
    return Event.objects.filter(chain__in=[f"directive:{d.pk}" for d in world.stored]).count()


OWN = ("own clerk", "own leader", "own monitor", "own head", "own auditor", "administrator")


@pytest.mark.parametrize("who", walked_by(among=OWN))
def test_no_get_writes(world, who):
    """Whatever the ordinary run walks through is watched for writes (`seen_by`); here every row is counted too."""
    own = {"clerk": world.a.clerk, "leader": world.a.leader, "monitor": world.a.monitor,
           "head": world.a.heads[world.a.rooms[0]], "auditor": make_user(Role.AUDITOR, world.a.unit)}  # fmt: skip
    world.people |= {f"own {name}": person for name, person in own.items()}
    client, before = world.client(who), counted()
    # A's own keys reach every page with something on it.
    for _address, _body in everything(client, world, most=100, others=False):
        pass
    assert counted() == before
