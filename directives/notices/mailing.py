"""The mails: one to a person and run, grouped by document, in the person's language, as text and as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from directives.enums import IMMEDIATE, NoticeKind
from directives.models import Assignment, Directive, Notice
from units import clock

from .finding import FRESH, HEAVIEST_FIRST
from .reading import address, with_words

# What a mail shows of a document and in all; the inbox has the rest.
LINES, PARTS = 12, 25
FINAL = 500


@dataclass(frozen=True)
class Delivery:
    """Mails taken by the mail server, addresses it refused, and what made the run stop, if anything did."""

    sent: int = 0
    refused: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class Line:
    """One piece of work, or the document as a whole, with everything there is to say of it."""

    words: str
    work: Assignment | None
    quoted: str
    url: str


@dataclass(frozen=True)
class Part:
    """A document with its lines; `more` are those not shown."""

    directive: Directive
    url: str
    lines: list[Line]
    more: int


def deliver(day: date, *, most: int) -> Delivery:
    """Mail what is claimed and not mailed yet: of the digests today's, at most `most` mails. Two queries for each.

    An address that the mail server refuses is not tried again for these notices; when the server itself fails, the
    run ends and the next one goes on.
    """
    waiting = groupby(list(_waiting(day)), key=lambda notice: notice.person)
    sent = refused = 0
    server = get_connection()
    try:
        for person, notices in waiting:
            if sent + refused == most:
                break
            if _mail(person, list(notices), day, server):
                sent += 1
            else:
                refused += 1
    except (SMTPException, OSError) as trouble:
        return Delivery(sent, refused, f"{type(trouble).__name__}: {trouble}")
    finally:
        server.close()
    return Delivery(sent, refused)


def mails_of(rows, day: date) -> int:
    """How many mails there would be, with those that an earlier run left. One query."""
    people = {row.person_id for row in rows if row.by_mail}
    return len(people | set(_unmailed(day).values_list("person_id", flat=True)))


def _unmailed(day):
    current = Q(day=day) | Q(kind__in=IMMEDIATE, day__gt=day - FRESH)
    reached = Q(person__is_active=True) & ~Q(person__email="")
    return Notice.objects.filter(current, reached, by_mail=True, mailed_at=None)


def _waiting(day):
    return with_words(_unmailed(day)).select_related("person").order_by("person", "directive", "-id")


def _mail(person, notices, day, server) -> bool:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    rows.update(claimed_at=clock.now())
    server.open()
    try:
        compose(person, notices, day, server).send()
    except (SMTPRecipientsRefused, SMTPDataError, ValueError) as refusal:
        if _is_final(refusal):
            rows.update(by_mail=False)
        return False
    rows.update(mailed_at=clock.now())
    return True


def _is_final(refusal) -> bool:
    """A mail server that says 4xx asks to be tried again later; a broken address says nothing."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return all(code >= FINAL for code, _said in refusal.recipients.values())
    return not isinstance(refusal, SMTPDataError) or refusal.smtp_code >= FINAL


# --- What a mail says ---------------------------------------------------------------------------


def compose(person, notices, day: date, server=None) -> EmailMultiAlternatives:
    """One mail of everything, in the person's language. No query."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        parts = list(_parts(notices))
        context = {
            "person": person,
            "day": day,
            "parts": parts[:PARTS],
            "more": len(parts[PARTS:]),
            "kinds": [(kind.label, _link("notice-mails") + f"?thoi={kind}") for kind in _kinds(notices)],
            "inbox": _link("inbox"),
        }
        subject = render_to_string("emails/notices_subject.txt", context | {"counts": _counts(notices)})
        mail = EmailMultiAlternatives(
            " ".join(subject.split()),
            render_to_string("emails/notices.txt", context),
            to=[person.email],
            connection=server,
            headers=_headers(person, notices, day),
        )
        mail.attach_alternative(render_to_string("emails/notices.html", context), "text/html")
    return mail


def _headers(person, notices, day):
    """The same rows make the same Message-ID: most mail programs show a mail that came twice once."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    first = min(notice.pk for notice in notices)
    return {
        "Message-ID": f"<notices.{person.pk}.{day:%Y%m%d}.{first}@{host}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{_link('notice-mails')}>",
    }


def _kinds(notices) -> list[NoticeKind]:
    return sorted({NoticeKind(notice.kind) for notice in notices}, key=HEAVIEST_FIRST.__getitem__)


def _counts(notices) -> str:
    """The heaviest three kinds with their numbers: "Đôn đốc 1 · Quá hạn 3"."""
    kinds = _kinds(notices)
    said = [f"{kind.label} {sum(notice.kind == kind for notice in notices)}" for kind in kinds[:3]]
    return " · ".join([*said, "…"] if kinds[3:] else said)


def _parts(notices) -> Iterator[Part]:
    """The documents, that with the heaviest word first."""
    found = [list(some) for _id, some in groupby(notices, key=lambda notice: notice.directive_id)]
    for some in sorted(found, key=lambda some: min(HEAVIEST_FIRST[NoticeKind(n.kind)] for n in some)):
        lines = _lines(some)
        directive = some[0].directive
        url = _link("directive-detail", directive.pk)
        yield Part(directive, url, lines[:LINES], len(lines[LINES:]))


def _lines(notices) -> list[Line]:
    """Whatever is said of one piece of work stands in one line."""
    by_work: dict[int | None, list[Notice]] = {}
    for notice in sorted(notices, key=lambda notice: HEAVIEST_FIRST[NoticeKind(notice.kind)]):
        by_work.setdefault(notice.assignment_id, []).append(notice)
    return [_line(some) for some in by_work.values()]


def _line(notices) -> Line:
    words = "; ".join(str(notice.headline) for notice in notices)
    quoted = next((notice.quoted for notice in notices if notice.quoted), "")
    return Line(words, notices[0].assignment, quoted, settings.SITE_URL.rstrip("/") + address(notices[0]))


def _link(name, *args) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)
