"""A text becomes a draft: everything the parser read is kept as rows, and the text itself for ever."""

import re

from django.db import transaction
from django.utils import translation

from directives import events, rules
from directives.enums import (
    PARTY_ABBREVIATIONS,
    DirectiveKind,
    DirectiveState,
    Duty,
    Notation,
    Purpose,
    Recurrence,
    Relation,
    SignerAuthority,
    Urgency,
)
from directives.errors import NotAllowed
from directives.models import Addressee, Citation, Directive, Task, TaskUnit
from directives.parsing import parse, printed_title, read_rhythm
from units.naming import fold

from . import paper
from .doubles import told_once
from .draft import is_issued_already
from .matching import Directory, Target, documents_by_code
from .reading import MOST_LINES, check_length

_PURPOSES = {"act", "coordinate", "report", "inform", "archive"}


@transaction.atomic
def create_draft(text, *, by, office, parsed=None, incoming=None) -> Directive:
    """A draft of `office` from a pasted text: `source` keeps the text as given, nothing is invented.

    `incoming` False makes it the office's own document, whose number and day come with the issue; True one
    issued elsewhere; None asks the text. Parsing takes about a second per megabyte; a fixed number of queries.
    """
    if not rules.can_draft(by, office):
        raise NotAllowed
    parsed = parsed or parse(text)
    check_length(parsed)
    parsed = told_once(parsed)
    directory = Directory(office)
    directive = _directive(text, parsed, office, directory, incoming)
    directive.created_by = by
    body, places = _body(text, parsed)
    directive.body = body
    directive.save()
    _keep_tasks(directive, parsed, places, directory)
    _keep_addressees(directive, parsed, directory)
    _keep_citations(directive, parsed, by)
    events.write("draft", by=by, obj=directive, after={"title": directive.title, "tasks": len(parsed.tasks)})
    return directive


def draft_of(text, *, office, incoming) -> Directive | None:
    """The office's draft of exactly this text for the same purpose, when there is one already. One query."""
    drafts = Directive.objects.filter(office=office, state=DirectiveState.DRAFT, source=text)
    return next((draft for draft in drafts if is_issued_already(draft) == incoming), None)


# --- The heading --------------------------------------------------------------------------------


def _directive(text, parsed, office, directory, incoming):
    own = incoming is False
    printed, above = parsed.issuer or "", parsed.parent_issuer or ""
    issuer = office if own else issuer_of(parsed, directory)
    party = _is_party(parsed)
    return Directive(
        kind=kind_of(parsed.kind),
        issuer=issuer,
        office=office,
        issuer_name="" if own else printed[:255],
        parent_issuer_name=(("" if own else above) or _superior_of(issuer, party))[:255],
        number="" if own else (parsed.number or "")[:10],
        notation=_notation(parsed)[:50],
        notation_style=Notation.PARTY if party else Notation.STATE,
        title=printed_title(text, parsed),
        place=_place(parsed, issuer, own)[:100],
        issued_on=None if own else parsed.issued_on,
        urgency=_value_of(Urgency, parsed.urgency or ""),
        source=text,
        **_signer(parsed.signer),
    )


def _notation(parsed):
    """With the year of a normative act, which stands between: 28/2025/QĐ-TTg."""
    notation, code = parsed.notation or "", parsed.code or ""
    dated = re.fullmatch(rf"{re.escape(parsed.number or '')}/((?:19|20)\d\d/{re.escape(notation)})", code)
    return dated[1] if dated else notation


def issuer_of(parsed, directory):
    """None for the drafter to choose: an article's "UBND tỉnh" may be any province's."""
    if _is_reported(parsed):
        return None
    names = {"above": parsed.parent_issuer or "", "place": parsed.place or ""}
    return directory.issuer_of(parsed.notation or "", parsed.issuer or "", **names)


def _is_reported(parsed):
    """Whether the text is an article about the document."""
    return any(doubt.code == "from_article" for doubt in parsed.doubts)


def kind_of(name) -> str:
    """The kind whose Vietnamese name this is; what is printed but not ours is "other", nothing is a letter."""
    if not name:
        return DirectiveKind.LETTER
    return _value_of(DirectiveKind, name) or DirectiveKind.OTHER


def _value_of(words, printed):
    """The value whose Vietnamese label is printed: papers are Vietnamese whatever language the reader chose."""
    with translation.override("vi"):
        return next(
            (value for value, label in words.choices if value and fold(str(label)) == fold(printed)), ""
        )


def _is_party(parsed):
    """254-KH/TU has the kind before the slash, 203/KH-UBND behind it."""
    before, slash, _ = (parsed.notation or "").partition("/")
    words = {fold(word) for word in PARTY_ABBREVIATIONS.values()}
    return bool(slash) and fold(before) in words


def _place(parsed, issuer, own):
    """An own paper is given where the office is, whatever paper it was made from."""
    at_home = issuer.place if issuer else ""
    return (own and at_home) or parsed.place or at_home


def _superior_of(issuer, party):
    return "" if party or issuer is None else issuer.printed_superior


def _signer(signer):
    """Authority, then the stacked titles with strokes between them, as the signature block prints them."""
    if signer is None:
        return {}
    words = (signer.authority or "").replace("/", "").split(" ", 1)
    mark = words[0].rstrip(".") + "." if words[0] else ""
    mark = mark if mark in SignerAuthority.values else ""
    over = words[1] if mark and len(words) > 1 else ""
    title = " / ".join(filter(None, [over, signer.title]))
    return {"signer_authority": mark, "signer_title": title[:150], "signer_name": (signer.name or "")[:150]}


# --- The body -----------------------------------------------------------------------------------


def _body(text, parsed):
    """The text between the heading and Nơi nhận, and what is attached; with the place of each task or None."""
    start, stop, resume = _edges(text, parsed)
    gaps, pieces, kept = [], [], []
    at = start
    for index, task in sorted(enumerate(parsed.tasks), key=lambda pair: pair[1].span):
        first, last = task.span.start, task.span.end
        if first < at or (first < stop < last):
            continue
        gaps.append(_gap(text, at, first, stop, resume))
        pieces.append(_piece(text[first:last], task))
        kept.append(index)
        at = last
    gaps.append(_gap(text, at, len(text), stop, resume))
    body, places = paper.compose(_trimmed(gaps), pieces)
    return body, dict(zip(kept, places, strict=True))


def _edges(text, parsed):
    """Where the body starts and stops, and where what is attached goes on (the end, when nothing is)."""
    first_task = min((task.span.start for task in parsed.tasks), default=len(text))
    head = [] if _is_reported(parsed) else [*parsed.spans.values(), *(to.span for to in parsed.addressees)]
    start = max((_line_end(text, span.end) for span in head if span.end <= first_task), default=0)
    foot = [line.span for line in parsed.recipients] + ([parsed.signer.span] if parsed.signer else [])
    foot = [span for span in foot if span.start >= start]
    if not foot:
        return start, len(text), len(text)
    stop = text.rfind("\n", 0, min(span.start for span in foot)) + 1
    return start, max(start, _before_heading(text, stop)), _line_end(text, max(span.end for span in foot))


def _line_end(text, at):
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _before_heading(text, stop):
    """The line "Nơi nhận:" belongs to the foot."""
    above = text[:stop].rstrip()
    line = above.rfind("\n") + 1
    return line if fold(above[line:]) == "noi nhan" else stop


def _gap(text, start, end, stop, resume):
    """A stretch between tasks without the foot of the document."""
    main = text[start : min(end, stop)] if start < stop else ""
    attached = text[max(start, resume) : end] if end > resume else ""
    return paper.unwrapped(
        main.rstrip() + paper.BREAK + attached.lstrip() if main and attached.strip() else main + attached
    )


def _piece(source, task):
    """A task as printed, its broken lines joined; a row of a table stays as it stands."""
    return source if task.from_table else paper.reprinted(source.rstrip(), task.label or "", task.text)


def _trimmed(gaps):
    gaps[0] = gaps[0].lstrip()
    gaps[-1] = gaps[-1].rstrip()
    return gaps


# --- The rows -----------------------------------------------------------------------------------


def _keep_tasks(directive, parsed, places, directory):
    tasks = [_task(directive, at, task, places.get(at, (None, None))) for at, task in enumerate(parsed.tasks)]
    Task.objects.bulk_create(tasks)
    for task, read in zip(tasks, parsed.tasks, strict=True):
        task.parent = tasks[read.parent] if read.parent is not None else None
    Task.objects.bulk_update(tasks, ["parent"])
    TaskUnit.objects.bulk_create(
        line
        for task, read in zip(tasks, parsed.tasks, strict=True)
        for line in _task_units(task, read, directory)
    )


def _task(directive, at, read, place):
    return Task(
        directive=directive,
        position=at + 1,
        label=(read.label or "")[:20],
        text=read.text,
        is_heading=read.is_heading,
        deliverable=(read.deliverable or "")[:500],
        due_on=read.deadline_on,
        due_text=(read.deadline_text or "")[:300],
        **_rule(read),
        span_start=place[0],
        span_end=place[1],
    )


def _rule(read):
    """How often, and on which day of each period, as far as the words say it; the rest is the drafter's to choose."""
    recurrence = _recurrence(read.recurrence)
    told = f"{read.text} . {read.deadline_text or ''}"
    once = read.is_heading or read.deadline_on
    rhythm = None if once else read_rhythm(told, read.recurrence)
    if rhythm is None:
        return {"recurrence": recurrence}
    return {
        "recurrence": recurrence or _recurrence(rhythm.every),
        "due_rule": rhythm.due,
        "due_day": rhythm.day,
        "due_month": rhythm.month,
    }


def _recurrence(word):
    """Our word for the parser's: half-yearly is half_yearly here."""
    word = (word or "").replace("-", "_")
    return word if word in Recurrence.values else ""


def _task_units(task, read, directory):
    met = set()
    for duty, names in ((Duty.LEAD, read.leads), (Duty.SUPPORT, read.coordinating)):
        for name in names:
            target = directory.find(name)
            if target.key not in met:
                met.add(target.key)
                yield TaskUnit(task=task, duty=duty, text=name[:300], **_meant(target))


def _meant(target):
    return {"unit": target.unit, "group": target.group, "excepted": list(target.excepted)}


def _keep_addressees(directive, parsed, directory):
    lines = [line for to in parsed.addressees for line in _salutations(to, directory)]
    lines += [line for to in parsed.recipients for line in _recipients(to, directory)]
    for position, line in enumerate(lines[:MOST_LINES], start=1):
        line.directive, line.position = directive, position
    Addressee.objects.bulk_create(lines[:MOST_LINES])


def _salutations(to, directory):
    for target in directory.find_each(to.name):
        yield Addressee(text=target.text[:300], purpose=Purpose.ACT, salutation=True, **_meant(target))


def _recipients(line, directory):
    purpose = line.role if line.role in _PURPOSES else Purpose.INFORM
    archived = purpose == Purpose.ARCHIVE
    for target in [Target(line.name)] if archived else directory.find_each(line.name):
        yield Addressee(
            text=target.text[:300],
            purpose=purpose,
            printed_purpose=(line.purpose or "")[:60],
            **_meant(target),
        )


def _keep_citations(directive, parsed, by):
    citations = parsed.citations[:MOST_LINES]
    known = documents_by_code([c.code for c in citations], rules.visible_directives(by))
    rows: dict[tuple, Citation] = {}
    for position, cited in enumerate(citations, start=1):
        code = (cited.code or cited.name or "")[:70]
        if not code:
            continue
        relation = cited.relation if cited.relation in Relation.values else Relation.MENTIONS
        rows.setdefault(
            (relation, code, cited.issued_on),
            Citation(
                directive=directive,
                relation=relation,
                cited=known.get((fold(code), cited.issued_on)) if cited.code else None,
                kind=(cited.kind or "")[:60],
                code=code,
                folded_code=fold(code)[:90],
                dated_on=cited.issued_on,
                issuer_name=(cited.issuer or "")[:255],
                position=position,
            ),
        )
    Citation.objects.bulk_create(rows.values())
