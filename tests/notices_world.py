"""What the tests of notices stand on: a fixed week, an office whose people have addresses, a mail server."""

import email
import socket
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from email import policy
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from django.db.models import Value
from django.db.models.functions import Concat

from directives import notices, tracking
from directives.enums import NoticeKind
from directives.models import Notice
from units import clock
from units.enums import Role
from units.models import User

from .factories import Office, make_user

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = date(2026, 11, 25)
LONG_AGO = WEDNESDAY - timedelta(days=30)


def at(day=WEDNESDAY, hour=8, minute=0, second=0):
    return datetime.combine(day, time(hour, minute, second), HOME)


def on(day=WEDNESDAY, *clock_time):
    return clock.travel(at(day, *clock_time))


class Desk(Office):
    """An office whose first room has a deputy and a specialist; everybody has an address."""

    def __init__(self, **fields):
        super().__init__(**fields)
        self.head = self.heads[self.rooms[0]]
        self.deputy = make_user(Role.DEPUTY, self.rooms[0])
        self.staff = make_user(Role.STAFF, self.rooms[0])
        User.objects.update(email=Concat("username", Value("@example.vn")))
        for person in (self.clerk, self.leader, self.monitor, self.deputy, self.staff, *self.heads.values()):
            person.refresh_from_db(fields=["email"])

    def due(self, days, *, tasks=1, to=None, **fields):
        """Work issued a month ago, due so many days from Wednesday."""
        with on(LONG_AGO):
            return self.issue(due_in=30 + days, tasks=tasks, to=to or self.rooms[:1], **fields)

    def urge(self, work, text="Đề nghị báo cáo ngay"):
        return tracking.urge(work, by=self.monitor, text=text, reply_by=clock.today() + timedelta(days=2))

    def send_back(self, work):
        self.report(work)
        return tracking.send_back(work, by=self.monitor, reason="Thiếu biên bản nghiệm thu")


def run(day=WEDNESDAY, *clock_time, **options):
    with on(day, *clock_time):
        return notices.send(**options)


def told(person, **which) -> list[str]:
    kinds = Notice.objects.filter(person=person, **which).values_list("kind", flat=True)
    return sorted(kinds, key=NoticeKind.values.index)


class Letterbox:
    """A mail server on this machine; `letters` are what a mail program would read."""

    def __init__(self):
        self.raw, self.refuses = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.refuses and address.startswith(self.refuses.split()[0]):
            return self.refuses.split(maxsplit=1)[1]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.raw.append(envelope.content)
        return "250 OK"

    @property
    def letters(self):
        return [email.message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    def to(self, person):
        return [letter for letter in self.letters if letter["To"] == person.email]


@contextmanager
def letterbox(settings):
    """The portal's mail goes to a server of the test, over SMTP."""
    box = Letterbox()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield box
    finally:
        server.stop()


def subject(letter) -> str:
    """As a mail program shows it: folded lines put together."""
    return " ".join(letter["Subject"].split())


def part(letter, kind):
    return letter.get_body(preferencelist=(kind,)).get_content()
