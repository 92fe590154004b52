"""The record of what happened: append-only, one hash chain per directive and one for the administration.

Each event's hash covers its own content and the hash before it, so a changed row, a removed row or a
changed order is found by `verify`. A cut-off tail is found by comparing with an anchor written elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import translation

from units import clock
from units.models import Event, EventChain
from units.rules import posts_of

ADMINISTRATION = "administration"


@dataclass(frozen=True)
class Entry:
    """One event about to be written: what was done to which object."""

    verb: str
    obj: Any
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    note: str = ""


def write(verb, *, by, obj, chain=ADMINISTRATION, before=None, after=None, note=""):
    """Append one event to `chain`; must run in the transaction of the act itself.

    Locks the chain's head until that transaction ends, so the writers of one chain wait for each other.
    Four queries. `by` is None for acts of the machine.
    """
    return write_all([Entry(verb, obj, before or {}, after or {}, note)], by=by, chain=chain)[0]


def write_all(entries: Iterable[Entry], *, by, chain=ADMINISTRATION) -> list[Event]:
    """Append many events to `chain` for the price of one, plus a bulk insert; the lock is `write`'s.

    What is copied speaks the house's language, whatever the language of the page the act came from.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        actor = {"actor": by, "actor_name": by.display_name, "actor_post": _post_of(by)} if by else {}
        head = lock(chain)
        written = []
        for entry in entries:
            event = _next_after(head, entry, actor)
            head.sequence, head.hash = event.sequence, event.hash
            written.append(event)
        Event.objects.bulk_create(written, batch_size=500)
        head.save(update_fields=["sequence", "hash"])
    return written


def lock(chain=ADMINISTRATION) -> EventChain:
    """Make every other writer of the chain wait until this transaction ends. Two queries."""
    EventChain.objects.get_or_create(pk=chain)
    return EventChain.objects.select_for_update().get(pk=chain)


def _next_after(head, entry, actor) -> Event:
    event = Event(
        chain=head.pk,
        sequence=head.sequence + 1,
        at=clock.now(),
        verb=entry.verb,
        object_type=entry.obj._meta.model_name,
        object_id=entry.obj.pk,
        object_label=str(entry.obj)[:300],
        before=_plain(entry.before),
        after=_plain(entry.after),
        note=entry.note,
        previous_hash=head.hash,
        **actor,
    )
    event.hash = digest(event)
    return event


def digest(event) -> str:
    """The hash an event must carry: SHA-256 over its content and the hash before it."""
    content = [
        event.previous_hash,
        event.chain,
        event.sequence,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.actor_post,
        event.verb,
        event.object_type,
        event.object_id,
        event.object_label,
        event.before,
        event.after,
        event.note,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(chain=None) -> Iterator[tuple[Event | EventChain, str]]:
    """Walk the chains (or one) and yield every row that does not fit, with the reason. Constant memory."""
    events = Event.objects.order_by("chain", "sequence")
    heads = EventChain.objects.all()
    if chain is not None:
        events, heads = events.filter(chain=chain), heads.filter(pk=chain)
    ends: dict[str, tuple[int, str]] = {}
    for event in events.iterator(chunk_size=2000):
        sequence, previous = ends.get(event.chain, (0, ""))
        if event.sequence != sequence + 1:
            yield event, "gap"
        if event.previous_hash != previous:
            yield event, "link"
        if event.hash != digest(event):
            yield event, "content"
        ends[event.chain] = (event.sequence, event.hash)
    for head in heads.iterator(chunk_size=2000):
        if ends.get(head.pk, (0, "")) != (head.sequence, head.hash):
            yield head, "tail"


def anchor() -> str:
    """One digest over the heads of all chains, to be kept outside this machine."""
    heads = EventChain.objects.order_by("pk").values_list("pk", "sequence", "hash")
    return hashlib.sha256(json.dumps(list(heads), ensure_ascii=False).encode()).hexdigest()


def _post_of(user) -> str:
    return posts_of(user)[:300]


def _plain(values: dict) -> dict:
    """The values as JSON keeps them, so that a hash made now equals one made from the stored row."""
    return json.loads(json.dumps({key: _word(value) for key, value in values.items()}, cls=DjangoJSONEncoder))


def _word(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.pk if hasattr(value, "pk") else value
