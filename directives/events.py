"""The record of directives: each has its own hash chain, which its tasks and assignments share."""

from units import events


def write(verb, *, by, obj, before=None, after=None, note=""):
    """Append an event to the chain of the object's directive. Locks that chain until the transaction ends."""
    return events.write(verb, by=by, obj=obj, chain=chain_of(obj), before=before, after=after, note=note)


def chain_of(obj) -> str:
    """The chain of a directive, or of anything that hangs on one."""
    directive_id = obj.pk if obj._meta.model_name == "directive" else obj.directive_id
    return f"directive:{directive_id}"
