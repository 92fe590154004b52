"""What the hostile tests share: an office with a document in every state, every address, a form that is sent."""

from zlib import crc32

from django.db import connection
from django.test import Client

from directives.enums import DirectiveKind
from directives.models import Register
from units.enums import Role
from units.once import FIELD, new_key

from .counts import LONG
from .factories import Office, assignments_of, make_user

AUTOCOMPLETES = (
    ("units", "membership", "user"), ("units", "membership", "unit"), ("units", "unit", "parent"), ("units", "unitgroup", "listed"),
    ("directives", "citation", "cited"), ("directives", "assignment", "directive"), ("directives", "directive", "signed_by"),
)  # fmt: skip

# What one database takes and the other does not.
UNLIKE = (
    "\x00", "-1", "9" * 30, "9" * 5000, "99999-01-01", "01/01/0001", "31/12/9999", "0001-01-01T00:00:00_5",
    "0_9999-12-31_" + "9" * 30,
)  # fmt: skip


class World:
    """An office with a document in every state of its life, and everybody who works there."""

    def __init__(self):
        self.office = office = Office(rooms=2)
        self.admin, self.auditor = make_user(Role.ADMIN, office.unit), make_user(Role.AUDITOR, office.unit)
        self.draft, self.issued = office.draft(), office.issue(tasks=2)
        self.rows = assignments_of(self.issued)
        office.report(self.rows[0])
        office.accept(self.rows[1])
        self.register = Register.objects.get(issuer=office.unit)
        self.people = {
            "clerk": office.clerk, "leader": office.leader, "monitor": office.monitor, "auditor": self.auditor,
            "admin": self.admin, "head": office.heads[office.rooms[0]],
        }  # fmt: skip

    def client(self, who, *, breaks=True):
        client = Client(raise_request_exception=breaks)
        client.force_login(self.people[who])
        return client


def filled(route, value) -> str:
    """The address of a route with one value in the place of each of its parts."""
    parts = route.replace("^", "").replace("$", "").replace("\\Z", "").split("<")
    return "/" + parts[0] + "".join(str(value) + part.partition(">")[2] for part in parts[1:])


def posted(client, address, fields):
    status = client.post(address, {FIELD: new_key()} | fields).status_code
    return [(status, address, str(fields)[:80])] if status >= 500 else []


def typed(draft, **changes):
    """What the drafting screen sends for a draft with two tasks."""
    fields = {
        "kind": DirectiveKind.LETTER, "issuer": draft.issuer_id, "notation": "SO-VP", "notation_style": "state",
        "title": "V/v", "version": draft.version, "extension_limit": "1", "act": "save",
        "task-count": "2", "task-0-pk": "", "task-0-text": "Việc một", "task-1-text": "Việc hai", "task-0-label": "1",
        "addressee-count": "1", "addressee-0-text": "Phòng", "addressee-0-purpose": "act",
        "citation-count": "1", "citation-0-code": "1/QĐ", "citation-0-relation": "based_on",
    }  # fmt: skip
    return fields | changes


def told(faults) -> str:
    return "\n".join(map(str, faults))


def some_of(values, key):
    """All of them in the long run; in the ordinary one every fourth, from another place for each key, and on PostgreSQL
    of those alone that databases take differently."""
    if LONG:
        return values
    if connection.vendor == "postgresql":
        values = UNLIKE
    return values[crc32(key.encode()) % 4 :: 4]
