"""Whatever is sent to whatever address, the portal answers and never breaks: 0 responses from 500 up.

Every page is asked which parameters it reads; each then gets every hostile value.
"""

from collections import defaultdict
from contextlib import suppress
from itertools import product
from urllib.parse import unquote, urlencode, urljoin, urlsplit
from zlib import crc32

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from units.once import FIELD, new_key

from .counts import LONG
from .factories import PASSWORD
from .hostile import AUTOCOMPLETES, UNLIKE, World, filled, posted, some_of, told
from .routes import routes

pytestmark = pytest.mark.django_db

EVERYBODY = ("clerk", "leader", "monitor", "head")

VALUES = (
    *UNLIKE, "²", "٣", "0", "31/02/2024", "'\"><script>{{7*7}}%s", "a " * 120, "x" * 100_000,
)  # fmt: skip
# What the changelists of the admin read without asking for it by name.
LISTS = (
    "q", "p", "o", "e", "all", "_to_field", "_popup", "_changelist_filters", "id", "id__exact", "id__in", "state__exact",
    "state", "kind", "kind__exact", "is_active__exact", "object_id", "object_type", "office__name", "source__contains",
    "con", "viec", "role__exact", "term", "app_label", "model_name", "field_name", "day__year", "at__year", "password__startswith",
)  # fmt: skip
# Of keys the first are what one database takes and the other does not; of the rest SQLite's run tells enough.
NO_KEYS = ("999999999", "9" * 30, "9" * 5000, "%00", "-1")
FOREIGN = (*NO_KEYS, "0", "1", "²", "٣", "abc", "1/../2")


class Watched(QueryDict):
    """The parameters of an address that remember which of them were asked for."""

    asked: dict[str, set] = defaultdict(set)
    path = ""

    def get(self, key, default=None):
        self.asked[self.path].add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.asked[self.path].add(key)
        return super().getlist(key, default)

    def __getitem__(self, key):
        self.asked[self.path].add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked[self.path].add(key)
        return super().__contains__(key)


def watch(get_response):
    """A middleware that puts the watched parameters in the place of Django's."""

    def watched(request):
        request.GET = Watched(request.META.get("QUERY_STRING", ""))
        request.GET.path = request.path
        return get_response(request)

    return watched


@pytest.fixture
def world():
    return World()


def pages(world):
    """Addresses that show something, with who reads them."""
    draft, issued, row = world.draft.pk, world.issued.pk, world.rows[0]
    room = row.unit_id
    yield from (
        ("monitor", path)
        for path in ("/", "/van-ban/", "/cho-xu-ly/", "/thong-ke/", "/thong-ke/phan-viec/", "/don-vi/")
    )
    yield from (
        ("head", path)
        for path in ("/", "/nhiem-vu/", f"/nhiem-vu/{row.pk}/", f"/van-ban/{issued}/", "/thong-ke/")
    )
    yield from (
        ("monitor", path)
        for path in (
            f"/van-ban/{issued}/", f"/van-ban/{issued}/ma-tran.xlsx", f"/van-ban/{issued}/nhat-ky/",
            f"/thong-ke/don-vi/{room}/", f"/van-ban/{issued}/o/{room}/{row.task_id}/", f"/nhiem-vu/{row.pk}/tra-lai/",
        )
    )  # fmt: skip
    yield "head", f"/nhiem-vu/{world.rows[2].pk}/bao-cao/"
    yield "clerk", f"/van-ban/{draft}/xem-truoc/"
    yield "clerk", reverse("admin:directives_directive_change", args=[draft])
    yield None, "/dang-nhap/"


def lists(world):
    yield "clerk", reverse("admin:directives_directive_changelist")
    for model in (
        "units_user",
        "units_unit",
        "units_membership",
        "units_unitgroup",
        "units_calendarday",
        "units_event",
    ):
        yield "admin", reverse(f"admin:{model}_changelist")
    yield "admin", reverse("admin:directives_register_changelist")


def broken(client, address):
    """The answer's status when the portal broke over it."""
    status = client.get(address).status_code
    return [(status, address[:150])] if status >= 500 else []


def test_no_parameter_of_any_page_breaks_it(world, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.test_hostile.watch"]
    clients = {who: world.client(who, breaks=False) for who in world.people} | {
        None: Client(raise_request_exception=False)
    }
    faults = []
    for who, page in pages(world):
        assert clients[who].get(page).status_code == 200, page
        for name in sorted(Watched.asked[page]):
            faults += [
                fault
                for value in some_of(VALUES, f"{page} {name}")
                for fault in broken(clients[who], f"{page}?{urlencode({name: value})}")
            ]
    assert not faults, told(faults)


def test_no_parameter_of_a_list_of_the_admin_breaks_it(world):
    clients = {who: world.client(who, breaks=False) for who in ("clerk", "admin")}
    faults = []
    for who, page in lists(world):
        assert clients[who].get(page).status_code == 200, page
        for name in LISTS:
            faults += [
                fault
                for value in some_of(VALUES, f"{page} {name}")
                for fault in broken(clients[who], f"{page}?{urlencode({name: value})}")
            ]
    assert not faults, told(faults)


def test_no_autocomplete_breaks(world):
    faults = []
    for who in ("clerk", "admin"):
        client = world.client(who, breaks=False)
        for app, model, field in AUTOCOMPLETES:
            named = {"app_label": app, "model_name": model, "field_name": field}
            for value in some_of(VALUES, field):
                for changed in ({"term": value}, {"term": "a", "page": value}, {"field_name": value}):
                    faults += broken(client, f"{reverse('admin:autocomplete')}?{urlencode(named | changed)}")
    assert not faults, told(faults)


def test_no_foreign_key_in_an_address_breaks_it(world):
    """Each address as each of three people in the long run, as one of them in turn in the ordinary one."""
    clients = [world.client(who, breaks=False) for who in ("clerk", "head", "admin")]
    faults = []
    for turn, address in enumerate(foreign()):
        for client in clients if LONG else clients[turn % 3 :: 3]:
            faults += broken(client, address)
    assert not faults, told(faults)


def foreign():
    """Each route with each value; of the addresses that lead nowhere, which the portal all answers alike, one each."""
    nowhere = set()
    values = NO_KEYS if connection.vendor == "postgresql" and not LONG else FOREIGN
    for route, value in product(sorted(route for route in routes() if "<" in route), values):
        address = filled(route, value)
        if LONG or leads_somewhere(address) or value not in nowhere:
            yield address
        if not leads_somewhere(address):
            nowhere.add(value)


def leads_somewhere(address) -> bool:
    with suppress(Resolver404):
        return bool(resolve(unquote(urlsplit(address).path)))
    return False


# --- What is sent with a form ------------------------------------------------------------------

# The first two are what one database takes and the other does not.
TEXTS = ("a\x00b", "\x00")
ALIKE = ("\u202e<script>alert(1)</script>", "x " * 50_000, "²", "9" * 5000)


# Every field that any verb of any room reads.
FIELDS = (
    "reason", "text", "code", "addressed_to", "dated_on", "next", "number", "quality", "version", "dropped", "scan", "act",
)  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [*((text,) for text in TEXTS), pytest.param(ALIKE, marks=pytest.mark.walk)],
    ids=["within", "alone", "alike"],
)
def test_no_text_sent_with_a_verb_breaks_it(world, texts):
    """Every verb of every room, with the text in each field; of those that all databases take alike one to each verb."""
    faults = []
    for who in EVERYBODY if LONG else ("clerk", "leader"):
        client = world.client(who, breaks=False)
        for route, one in product(routes_of("van-ban"), (world.draft, world.issued)):
            faults += sent(client, route, one, texts)
    for who in EVERYBODY if LONG else ("monitor", "head"):
        client = world.client(who, breaks=False)
        for route, row in product(routes_of("nhiem-vu"), world.rows):
            faults += sent(client, route, row, texts)
    assert not faults, told(faults)


def routes_of(section):
    return [route for route in sorted(routes()) if route.startswith(f"{section}/<int:pk>/")]


def sent(client, route, one, texts):
    chosen = texts if LONG else [texts[crc32(f"{route} {one.pk}".encode()) % len(texts)]]
    for text in chosen:
        yield from posted(client, filled(route, one.pk), dict.fromkeys(FIELDS, text))


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 5000, "{" + "1" * 32 + "}", "²" * 32])
def test_no_form_key_breaks_a_form(world, key):
    client = world.client("monitor", breaks=False)
    address = reverse("assignment-accept", args=[world.rows[0].pk])
    assert client.post(address, {FIELD: key}).status_code < 500
    assert client.post(address, {FIELD: [key, key]}).status_code < 500


@pytest.mark.parametrize("path", ["/dang-nhap/", "/tuy-chon/", "/quan-tri/directives/directive/add/"])
def test_too_much_at_once_is_refused_with_a_page(world, path):
    """More fields, or more bytes, than the portal reads: 400 in its own words, as every other refusal."""
    client = world.client("clerk", breaks=False)
    many = {f"f{n}": "x" for n in range(10_500)}
    assert (
        client.post(path, urlencode(many), content_type="application/x-www-form-urlencoded").status_code
        == 400
    )
    large = "text=" + "x" * (9 * 1024 * 1024)
    assert client.post(path, large, content_type="application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc'),
        ("multipart/form-data; boundary=\xc3", b"--x--"),
        ("application/json", b"{"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"+AAA=1"),
        ("application/x-www-form-urlencoded", b"text=%ED%A0%80%FF&form_key=%FF"),
    ],
)
def test_no_broken_body_breaks_a_form(world, content_type, body):
    client = world.client("clerk", breaks=False)
    for path in (
        "/dang-nhap/",
        "/quan-tri/directives/directive/add/",
        f"/van-ban/{world.draft.pk}/trinh-ky/",
    ):
        assert client.generic("POST", path, body, content_type=content_type).status_code < 500


# --- Sent by somebody else's page --------------------------------------------------------------


ORIGINS = ({}, {"HTTP_ORIGIN": "https://evil.example"})


@pytest.mark.walk
def test_no_form_is_taken_without_its_token(world):
    clients = [Client(enforce_csrf_checks=True) for _ in range(4)]
    for client, who in zip(clients, ("clerk", "monitor", "head", "admin"), strict=True):
        client.force_login(world.people[who])
    for turn, (route, origin, client) in enumerate(product(sorted(routes()), ORIGINS, clients)):
        if not LONG and turn % 3:
            continue
        answer = client.post(filled(route, 1), {FIELD: new_key(), "reason": "x"}, **origin)
        assert answer.status_code in {403, 404}, route


ELSEWHERE = ("//evil.example", "/\\evil.example", "https://evil.example/", "http:///evil.example", "javascript:alert(1)", "\t//evil.example",
             "/\t/evil.example", "/a\nSet-Cookie: x=1", "\\\\evil.example", "https:evil.example", "//testserver@evil.example")  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(world, target):
    """Neither after signing in, nor after a verb, nor after choosing a language, nor by where the form stood."""
    monitor, row = world.client("monitor", breaks=False), world.rows[0]
    nobody = Client(raise_request_exception=False)
    password = {"login": world.office.clerk.username, "password": PASSWORD, "next": target}
    answers = [
        monitor.post(
            reverse("assignment-send-back", args=[row.pk]),
            {FIELD: new_key(), "reason": "Thiếu", "next": target},
        ),
        monitor.post("/tuy-chon/", {"language": "vi", "next": target}),
        monitor.post(
            reverse("assignment-accept", args=[row.pk]), {FIELD: "x"}, HTTP_REFERER=target.partition("\n")[0]
        ),
        monitor.get(f"/quan-tri/?{urlencode({'next': target})}"),
        nobody.post("/dang-nhap/", password),
        nobody.get(f"/quan-tri/login/?{urlencode({'next': target})}"),
    ]
    for answer in answers:
        assert answer.status_code in {200, 302, 303, 403}
        goes = urljoin("http://testserver/", answer.get("Location", "/").replace("\\", "/"))
        assert urlsplit(goes).netloc == "testserver", goes
        assert "Set-Cookie: x=1" not in str(answer.headers)
