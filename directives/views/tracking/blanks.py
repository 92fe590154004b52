"""Report forms in which nothing stands yet: a list has twenty, and to draw one costs more than the rest of its card."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from directives.forms.tracking import ReportForm
from directives.models import Assignment
from units.once import FIELD, new_keys

# For whom the form is drawn: no row has so high a key.
NOBODY = 10**18
DRAWN_KEY = re.compile(rf'(?<=name="{FIELD}" value=")[^"]+')


def form_of(assignment, earlier=None) -> ReportForm:
    """The form of one card, with the words and files of the `earlier` report."""
    return ReportForm(auto_id=f"id_{assignment.pk}_%s", earlier=earlier)


class Blanks:
    """The empty form, drawn once for a page; each card has it with its own number and its own key."""

    def __init__(self, request):
        self.request = request
        self.drawn: dict[bool, str] = {}
        self.keys = new_keys()

    def of(self, assignment) -> SafeString:
        """As `tracking/report_form.html` draws it for the assignment."""
        directive = assignment.directive
        if directive.evidence_required not in self.drawn:
            self.drawn[directive.evidence_required] = self._draw(directive)
        html = self.drawn[directive.evidence_required].replace(str(NOBODY), str(assignment.pk))
        # Of the template, which escaped what a person typed; put in are a number and a key of our own.
        return mark_safe(DRAWN_KEY.sub(next(self.keys), html))  # noqa: S308

    def _draw(self, directive):
        nobodys = Assignment(pk=NOBODY, directive=directive)
        shown = {"assignment": nobodys, "form": form_of(nobodys), "next": self.request.get_full_path()}
        return render_to_string("tracking/report_form.html", shown, self.request)
