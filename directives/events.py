"""The record of directives: each has its own hash chain, which its tasks and assignments share."""

from directives.enums import DirectiveState
from units import events
from units.models import Event

ENDED = frozenset({DirectiveState.CLOSED, DirectiveState.REVOKED})
ENDINGS = ("close", "revoke")


def write(verb, *, by, obj, before=None, after=None, note=""):
    """Append an event to the chain of the object's directive. Locks that chain until the transaction ends."""
    return events.write(verb, by=by, obj=obj, chain=chain_of(obj), before=before, after=after, note=note)


def write_all(entries, *, by, chain):
    """Append many events about objects of one directive, for the price of one and a bulk insert."""
    return events.write_all(entries, by=by, chain=chain)


def ending_of(directive) -> Event | None:
    """When, by whom and why it was closed or revoked. One query for a directive that was, none for any other."""
    if directive.state not in ENDED:
        return None
    ends = Event.objects.filter(chain=chain_of(directive), object_type="directive", verb__in=ENDINGS)
    return ends.order_by("-sequence").first()


def chain_of(obj) -> str:
    """The chain of a directive, or of anything that hangs on one."""
    directive_id = obj.pk if obj._meta.model_name == "directive" else obj.directive_id
    return f"directive:{directive_id}"
