"""The documents a directive stands on, from the highest level down."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from directives import rules
from directives.enums import Relation
from directives.models import Citation, Directive
from units.naming import fold

BASIS = (Relation.BASED_ON, Relation.IMPLEMENTS)
LEVELS = 4
LONGEST = 12


@dataclass(frozen=True)
class Link:
    """The header of one basis document; `directive_id` when the person may open it."""

    kind: str
    code: str
    issuer: str
    dated_on: date | None
    title: str
    directive_id: int | None


def chain(directive, user) -> list[Link]:
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


def issuer_in_words(directive) -> str:
    """A letterhead in capitals is the unit's name as any other; a name it no longer has stays as printed.

    UBND tỉnh and Sở GTVT are what people say; BCT alone is a sign that few read.
    """
    printed, issuer = directive.issuer_name, directive.issuer
    if printed and fold(printed) not in {fold(issuer.short_name), fold(issuer.name)}:
        return printed
    return issuer.short_name if " " in issuer.short_name else issuer.name


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
