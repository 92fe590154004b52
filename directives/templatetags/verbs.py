"""What a person may do next with a directive, as buttons."""

from django import template

from directives import lifecycle
from directives.drafting import is_issued_already
from directives.enums import DirectiveState

register = template.Library()

# What the person came for stands first.
FIRST = ("sign", "issue", "submit", "record", "restore")
# What is done with one task stands beside the task.
OF_TASKS = {"change_rhythm", "end_rhythm"}


@register.inclusion_tag("directives/verbs/bar.html", takes_context=True)
def directive_verbs(context, directive):
    """{% directive_verbs directive %}: a small form for each verb open to the person now; nothing when there is none."""
    verbs = lifecycle.allowed_verbs(context["user"], directive, among=lifecycle.DIRECTIVE.keys() - OF_TASKS)
    if directive.state == DirectiveState.DRAFT:
        verbs = [verb for verb in verbs if verb in (usual_verb(directive), "discard")]
    verbs = sorted(verbs, key=lambda verb: verb not in FIRST)
    return {
        "directive": directive,
        "verbs": verbs,
        "tasks": context.get("tasks"),
        "refused": context.get("refused"),
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


def usual_verb(directive) -> str:
    """What a finished draft goes to: signature, or the register when it already carries somebody's number."""
    return "record" if is_issued_already(directive) else "submit"
