"""Office A, full of canaries: every text that it keeps carries a mark. And how its marks are listened for."""

import hashlib
import re
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile, is_zipfile
from zlib import crc32

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from directives import issuing, tracking
from directives.enums import AttachmentKind, Relation
from directives.models import Assignment, Attachment, Citation, Directive, Evidence, Register, Upload
from units import clock
from units.enums import Role
from units.models import Membership, UnitGroup, User

from .counts import LONG
from .factories import Office, assignments_of, give_role, make_user
from .hostile import AUTOCOMPLETES, filled
from .routes import routes

# Letters that no page of ours has; what administrators keep (books, groups, telephones) has the second.
MARK, KEPT_BY_ADMINISTRATORS = "ჟ", "ჰ"
SECRET = f"{MARK} mat canh"
SEARCHED = "mat canh"


def spellings(mark):
    """The mark as text, in an address, and in a script's string."""
    return mark.encode(), quote(mark).encode(), f"\\u{ord(mark):04x}".encode()


class World:
    """Office A with everything a document can have, marked; then B, which never had to do with A."""

    def __init__(self):
        self.a = a = Office(rooms=2)
        self.stored = [self._draft(), self._submitted(), self._signed(), self._issued(), self._revoked()]
        self.rows = list(Assignment.objects.all())
        UnitGroup.objects.create(name=f"{KEPT_BY_ADMINISTRATORS} nhóm", owner=a.unit, children_of=a.unit)
        User.objects.update(email=f"{KEPT_BY_ADMINISTRATORS}@vi.du", phone=KEPT_BY_ADMINISTRATORS)
        mark_everything()
        self.b = Office(rooms=2)
        self.own = self.b.issue(title="V/v của B")
        self.b.report(assignments_of(self.own)[0])
        self.people = self._people()

    def _people(self):
        a, b, room = self.a, self.b, self.b.rooms[0]
        people = {
            "clerk": b.clerk, "leader": b.leader, "monitor": b.monitor, "head": b.heads[room],
            "deputy": make_user(Role.DEPUTY, room), "staff": make_user(Role.STAFF, room),
            "auditor": make_user(Role.AUDITOR, b.unit), "administrator": make_user(Role.ADMIN, a.unit),
            "without a role": make_user(), "two roles": give_role(make_user(Role.CLERK, b.unit), Role.ADMIN, b.unit).user,
            "role ended": make_user(Role.CLERK, a.unit), "role to come": make_user(), "closed": make_user(Role.LEADER, a.unit),
        }  # fmt: skip
        people["role ended"].memberships.update(ends_on=clock.today().replace(year=clock.today().year - 1))
        give_role(
            people["role to come"],
            Role.MONITOR,
            a.unit,
            starts_on=clock.today().replace(year=clock.today().year + 1),
        )
        return people

    def client(self, who):
        client = Client()
        client.force_login(self.people[who])
        if who == "closed":
            User.objects.filter(pk=self.people[who].pk).update(is_active=False)
        return client

    def _draft(self):
        draft = self.a.draft(title=f"V/v {SECRET}")
        Citation.objects.create(directive=draft, relation=Relation.BASED_ON, code="99/KH", kind="Kế hoạch")
        attach(draft)
        return draft

    def _submitted(self):
        return issuing.submit(self._draft(), by=self.a.clerk)

    def _signed(self):
        return issuing.sign(self._submitted(), by=self.a.leader)

    def _issued(self):
        issued = issuing.issue(self._signed(), by=self.a.clerk)
        first, second, third, _fourth = assignments_of(issued)
        self.a.report(first, text=SECRET)
        tracking.send_back(self.a.report(second, text=SECRET), by=self.a.monitor, reason=SECRET)
        tracking.accept(self.a.report(third, text=SECRET), by=self.a.monitor, note=SECRET)
        kept = Evidence.objects.get(report__assignment=first)
        keep(kept)
        keep(Upload(assignment=second, uploaded_by=self.a.head_of(second)))
        return issued

    def _revoked(self):
        return issuing.revoke(self._issued(), by=self.a.leader, reason=SECRET)


def keep(stored):
    content = f"tệp {SECRET}".encode()
    stored.size, stored.sha256 = len(content), hashlib.sha256(content).hexdigest()
    stored.file_name, stored.media_type = f"{SECRET}.pdf", "application/pdf"
    stored.file.save("x", ContentFile(content))


def attach(directive):
    keep(Attachment(directive=directive, kind=AttachmentKind.SCAN))


def mark_everything():
    """The mark in every text column of the room's models; keys, choices and what the files are called on disk aside."""
    for model in apps.get_app_config("directives").get_models():
        mark = KEPT_BY_ADMINISTRATORS if model is Register else MARK
        for row in model.objects.all():
            texts = {
                field.name: marked(getattr(row, field.name), mark, field) for field in text_fields(model)
            }
            model.objects.filter(pk=row.pk).update(**texts)


def text_fields(model):
    left = {"sha256", "media_type", "period", "quality"}
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if (
            is_text
            and not field.choices
            and field.name not in left
            and not isinstance(field, models.FileField)
        ):
            yield field


def marked(text, mark, field):
    if field.name == "undated_reason" and not text:
        return text
    return f"{mark} {text}"[: field.max_length]


# --- Fetching ----------------------------------------------------------------------------------

OWN_KEYS = 12
PAPER = re.compile(r"\.(pdf|docx|<str:form>|<form>)(\?|$)|form>$")
LINK = re.compile(rb'(?:href|action|hx-get|src)="([^"]+)"')


def body_of(answer) -> bytes:
    """Everything the answer says: its headers, its content, what is inside a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as workbook:
            content = b"".join(workbook.read(name) for name in workbook.namelist())
    return content + repr(answer.headers).encode()


def heard(body, marks):
    return [mark for mark in marks if any(spelling.lower() in body.lower() for spelling in spellings(mark))]


# Also within a WITH, and behind a comment.
WRITES = re.compile(
    r"\W*(WITH\b.*\b)?(INSERT( OR \w+)? INTO|UPDATE|DELETE FROM|TRUNCATE( TABLE)?)( ONLY)?\W+(directives|units)_",
    re.IGNORECASE | re.DOTALL,
)
COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


def seen_by(client, address):
    """What the address answers, to its last line; no GET writes. What a session or a counter of attempts keeps is not the
    record."""
    with connection.execute_wrapper(no_get_writes):
        answer = client.get(address)
        if answer.streaming:
            answer.streaming_content = list(answer.streaming_content)
        return answer


def no_get_writes(execute, sql, *told):
    assert not WRITES.match(COMMENT.sub(" ", sql)), sql
    return execute(sql, *told)


def crawl(client, start="/", most=150):
    """Every page of our own that can be reached by links; yields address and content."""
    waiting, seen = [start], {start}
    while waiting:
        address = waiting.pop()
        body = body_of(seen_by(client, address))
        yield address, body
        for link in LINK.findall(body):
            target = link.decode().replace("&amp;", "&").partition("#")[0]
            target = address.partition("?")[0] + target if target.startswith("?") else target
            if (
                target.startswith("/")
                and not costs_a_process(target)
                and not target.startswith(("//", "/static/"))
                and target not in seen
                and len(seen) < most
            ):
                seen.add(target)
                waiting.append(target)


def everything(client, world, most=150, *, others=True):
    """What is found by links, then what is found by guessing; each address once. Without `others` the ordinary run tries
    only the keys of what is A's."""
    seen = set()
    for address, body in crawl(client, most=most):
        seen.add(address)
        yield address, body
    for address in guessed(world, others):
        if address not in seen:
            seen.add(address)
            yield address, body_of(seen_by(client, address))


def costs_a_process(address) -> bool:
    """Papers are set by a child of their own: the ordinary run leaves who gets them to test_paper."""
    return not LONG and bool(PAPER.search(address))


def some_of(ids, route):
    """What stands under the page of a thing is found as that page is: the ordinary run tries every third there, others for
    each address."""
    return ids if LONG or route.endswith(">/") else ids[crc32(route.encode()) % 3 :: 3]


def guessed(world, others):
    """Every route with every id there is, and the searches."""
    ids = range(
        1, max(model.objects.count() for model in (Directive, Assignment, Membership, User, Evidence)) + 4
    )
    # What is A's has small keys; of the others the ordinary run tries every fourth.
    ids = [pk for pk in ids if LONG or pk <= OWN_KEYS or (others and pk % 4 == 0)]
    for route in sorted(routes()):
        if costs_a_process(route):
            continue
        yield from (filled(route, pk) for pk in some_of(ids, route)) if "<" in route else [filled(route, "")]
    for row in Assignment.objects.all():
        yield reverse("cell", args=[row.directive_id, row.unit_id, row.task_id])
        yield reverse("cell", args=[row.directive_id, row.unit_id, row.task_id]) + "?manh=1"
    for app, model, field in AUTOCOMPLETES:
        for term in (SEARCHED, ""):
            yield f"{reverse('admin:autocomplete')}?app_label={app}&model_name={model}&field_name={field}&term={quote(term)}"
    for page in (
        "/van-ban/",
        "/nhiem-vu/",
        "/don-vi/",
        "/quan-tri/directives/directive/",
        "/quan-tri/units/event/",
        "/quan-tri/units/user/",
    ):
        yield f"{page}?q={quote(SEARCHED)}"
    # Every unit and office to choose from, every unit in the table.
    yield "/thong-ke/?loc=1&moi-don-vi=1"
    for directive in world.stored:
        for page in ("/thong-ke/", "/thong-ke/phan-viec/", "/nhiem-vu/"):
            yield f"{page}?van-ban={directive.pk}&vai-tro=tat-ca"
        yield f"/thong-ke/?co-quan={directive.issuer_id}"
        yield f"/thong-ke/phan-viec/?don-vi={world.a.rooms[0].pk}&vai-tro=tat-ca"
        yield f"/quan-tri/directives/directive/?source__contains=a&office__id__exact={directive.office_id}"
    for row in Assignment.objects.all():
        yield f"/cho-xu-ly/?chon={row.pk}"
        yield f"/thong-ke/phan-viec/?nhiem-vu={row.task_id}&vai-tro=tat-ca"
