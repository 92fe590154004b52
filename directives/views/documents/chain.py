"""The documents a directive stands on, from the highest level down; and the whole chain below it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives import compliance, rules
from directives.enums import BASIS
from directives.models import Citation, Directive
from directives.templatetags.chain import issuer_in_words
from units import clock

LEVELS = 4
LONGEST = 12


@require_safe
@login_required
def directive_chain(request, pk):
    """From the document down to each unit: eleven queries with session and person, one more for each level."""
    visible = Directive.objects.filter(rules.visible_directives(request.user)).select_related(
        "issuer", "office"
    )
    directive = get_object_or_404(visible.defer("source", "body", "search"), pk=pk)
    if not directive.is_published:
        raise Http404
    today = clock.today()
    found = compliance.with_steps(compliance.chain(directive, request.user, today), request.user, today)
    context = {
        "directive": directive,
        "chain": basis(directive, request.user),
        "issued_by": issuer_in_words(directive),
        "found": found,
        "today": today,
        "now": clock.now(),
    }
    return render(request, "directives/chain.html", context)


@dataclass(frozen=True)
class Link:
    """The header of one basis document; `directive_id` when the person may open it."""

    kind: str
    code: str
    issuer: str
    dated_on: date | None
    title: str
    directive_id: int | None


def basis(directive, user) -> list[Link]:
    """Basis documents, the oldest first: a document can stand only on older ones. One query.

    What a basis document stands on itself is followed only where the person may read it, `LEVELS` up.
    """
    open_to = Directive.objects.filter(rules.visible_directives(user), pk=OuterRef("cited"))
    cited = Citation.objects.filter(relation__in=BASIS, directive__in=_climb(directive, user))
    cited = (
        cited.annotate(may_open=Exists(open_to)).select_related("cited__issuer").order_by("position", "id")
    )
    links = {_same(citation): _link(citation) for citation in cited if citation.cited_id != directive.pk}
    return sorted(links.values(), key=lambda link: link.dated_on or date.min)[-LONGEST:]


def _climb(directive, user):
    """The document itself and the readable ones above it. A cycle only finds the same rows again."""
    levels = []
    below = Directive.objects.filter(pk=directive.pk).values("pk")
    for _ in range(LEVELS - 1):
        above = Directive.objects.filter(cited_by__relation__in=BASIS, cited_by__directive__in=below)
        below = above.filter(rules.visible_directives(user)).order_by().values("pk")
        levels.append(below)
    return Directive.objects.filter(pk=directive.pk).order_by().values("pk").union(*levels)


def _same(citation):
    return citation.cited_id or (citation.folded_code, citation.dated_on)


def _link(citation) -> Link:
    """From the document itself where its header may be shown, else as printed."""
    cited = citation.cited
    if cited is None or not cited.is_published:
        return Link(citation.kind, citation.code, citation.issuer_name, citation.dated_on, "", None)
    issuer = issuer_in_words(cited)
    reachable = cited.pk if citation.may_open else None
    return Link(cited.get_kind_display(), cited.code, issuer, cited.issued_on, cited.title, reachable)
