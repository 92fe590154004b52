"""Anchors: the heads of all chains of events, written to a file that is kept outside this machine.

The chains alone cannot tell that their newest events were cut off. A file written earlier can: each event it
names must still be there, with the hash it had.
"""

import json
from pathlib import Path

from django.db.models import Q

from units import clock, events
from units.models import Event, EventChain

BATCH = 200


def save(path: Path) -> None:
    """Write the present heads of all chains, and the digest over them."""
    heads = {key: [sequence, hash_] for key, sequence, hash_ in _heads()}
    content = {"at": clock.now().isoformat(), "digest": events.anchor(), "heads": heads}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def missing(path: Path) -> list[str]:
    """The chains that lack the event the file names, or hold another in its place. Raises ValueError for
    a file that is no anchor."""
    heads = json.loads(path.read_text())["heads"]
    keys = sorted(heads)
    batches = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return [key for batch in batches for key in _missing_of(batch, heads)]


def _heads():
    return EventChain.objects.order_by("pk").values_list("pk", "sequence", "hash")


def _missing_of(keys, heads):
    named = Q(pk__in=[])
    for key in keys:
        named |= Q(chain=key, sequence=heads[key][0])
    kept = {event.chain: events.digest(event) for event in Event.objects.filter(named)}
    return [key for key in keys if heads[key][0] and kept.get(key) != heads[key][1]]
