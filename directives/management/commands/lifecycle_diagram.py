from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directives.enums import AssignmentState, DirectiveState
from directives.lifecycle import ASSIGNMENT, DIRECTIVE

BEGIN, END = "<!-- lifecycle: begin -->", "<!-- lifecycle: end -->"


class Command(BaseCommand):
    help = "Write the state diagrams of the README from the tables of directives.lifecycle."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only say whether the README is up to date")

    def handle(self, *, check, **options):
        readme = Path(settings.BASE_DIR) / "README.md"
        before, _, rest = readme.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        text = f"{before}{BEGIN}\n{diagrams()}{END}{after}"
        if text == readme.read_text():
            return
        if check:
            raise CommandError("The README's state diagram is not that of directives.lifecycle.")
        readme.write_text(text)


def diagrams() -> str:
    """Both tables as Mermaid state diagrams, in the order of the tables."""
    directive = _diagram(DIRECTIVE, DirectiveState, DirectiveState.DRAFT)
    assignment = _diagram(ASSIGNMENT, AssignmentState, AssignmentState.NOT_STARTED)
    return f"Directive:\n\n{directive}\nAssignment (one unit × one task):\n\n{assignment}\n{_staying(ASSIGNMENT)}\nOf a directive in force: {_verbs_of(DIRECTIVE)}.\n"


def _diagram(table, states, first):
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first.name}"]
    for transition in (one for one in table.values() if one.target):
        for source in (state for state in states if state in transition.sources):
            for target in filter(None, (transition.unreceived, transition.target)):
                lines.append(f"    {source.name} --> {states(target).name}: {transition.verb}")
    return "\n".join([*lines, "```", ""])


def _staying(table):
    """What a picture would draw as loops."""
    return f"Done without leaving the state: {_verbs_of(table)}.\n"


def _verbs_of(table):
    return ", ".join(f"`{transition.verb}`" for transition in table.values() if not transition.target)
