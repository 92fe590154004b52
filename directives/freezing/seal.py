"""The seal of a snapshot: whoever changes a number or a row afterwards breaks it."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder

from directives.models import Snapshot
from units.models import Event

SEALED = ("code", "office_id", "office_name", "query", "said", "as_of", "first_on", "last_on", "figures", "row_count", "taken_at", "taken_by_id", "taker")  # fmt: skip
# The first seals did not say when they were set.
SEALED_FIRST = tuple(name for name in SEALED if name != "taken_at")


def canonical(value) -> bytes:
    """The one JSON text of a value, whatever order its keys were written in."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder
    ).encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def seal_of(snapshot, digests: list[str], fields=SEALED) -> str:
    """SHA-256 over what the snapshot says and over the digests of its rows, in their order."""
    said = {name: getattr(snapshot, name) for name in fields}
    return digest(canonical([said, digests]))


def broken(snapshot: Snapshot) -> bool:
    """Whether numbers, rows or the seal itself are not those of the day. Two queries and the digests; reads no row."""
    digests = list(snapshot.chunks.order_by("position").values_list("digest", flat=True))
    kept = Event.objects.filter(object_type="snapshot", object_id=snapshot.pk, verb="freeze")
    seals = {event.after.get("seal") for event in kept} | {snapshot.seal}
    return all(seals != {seal_of(snapshot, digests, fields)} for fields in (SEALED, SEALED_FIRST))
