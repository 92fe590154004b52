"""What a person does with what they were told: reads it, and says what they want by mail."""

from django.db import transaction
from django.db.models import Case, OuterRef, Q, Subquery, TextField, Value, When
from django.urls import reverse

from directives import rules, tracking
from directives.enums import TOLD_AS, Decision, NoticeKind, ReportOutcome, RequestKind
from directives.models import Notice, ProgressNote, Report, Request, Unsubscription, Urging
from units import clock
from units.models import Event

from .finding import MOVES


def with_words(notices):
    """The notices with their document and work, and what was said: of an urging its text, of a return its reason.

    `lies_here` says whether what stands in the way of the work lies with a unit of the person.
    """
    urging = Urging.objects.filter(assignment=OuterRef("assignment_id"), urged_at__lte=OuterRef("made_at"))
    back = Report.objects.filter(assignment=OuterRef("assignment_id"), outcome=ReportOutcome.RETURNED)
    laid = Report.objects.filter(assignment=OuterRef("assignment_id"), outcome=ReportOutcome.INTERNAL)
    laid = laid.filter(decided_at__isnull=False).exclude(reason="")
    asked = Request.objects.filter(assignment=OuterRef("assignment_id"))
    granted = asked.filter(decision=Decision.GRANTED)
    cleared = ProgressNote.objects.filter(
        assignment=OuterRef("assignment_id"), answered_at__lte=OuterRef("made_at")
    )
    happened = Event.objects.filter(object_type="assignment", object_id=OuterRef("assignment_id"))
    moves, dated = happened.filter(verb__in=MOVES.values()), happened.filter(verb="set_deadline")
    quoted = Case(
        *(
            When(kind=told_as, then=_newest(urging.filter(kind=kind), "urged_at", "text"))
            for kind, told_as in TOLD_AS.items()
        ),
        When(
            kind__in=[NoticeKind.RETURNED, NoticeKind.STILL_RETURNED],
            then=_newest(back, "decided_at", "reason"),
        ),
        When(kind=NoticeKind.HANDED_BACK, then=_newest(laid, "decided_at", "reason")),
        When(
            kind=NoticeKind.REFUSED,
            then=_newest(asked.filter(decision=Decision.REFUSED), "decided_at", "answer"),
        ),
        When(
            kind=NoticeKind.EXTENDED,
            then=_newest(granted.filter(kind=RequestKind.EXTENSION), "decided_at", "answer"),
        ),
        When(
            kind=NoticeKind.LET_OFF,
            then=_newest(granted.filter(kind=RequestKind.DECLINE), "decided_at", "answer"),
        ),
        When(kind=NoticeKind.ANSWERED, then=_newest(cleared, "answered_at", "answer")),
        When(kind=NoticeKind.DATED, then=_newest(dated, "at", "note")),
        When(kind=NoticeKind.CHANGED, then=_newest(moves, "at", "note")),
        default=Value(""),
        output_field=TextField(),
    )
    return notices.select_related("directive", "assignment__task").annotate(
        quoted=quoted, lies_here=rules.lies_with_unit(OuterRef("person_id"), OuterRef("assignment_id"))
    )


def _newest(rows, moment, field):
    return Subquery(rows.order_by(f"-{moment}", "-pk").values(field)[:1])


def address(notice) -> str:
    """The page on which the person does what they are told of."""
    if notice.kind == NoticeKind.UNMANNED:
        return reverse("unmanned-list")
    if notice.assignment_id is None:
        return f"{reverse('assignment-list')}?van-ban={notice.directive_id}"
    if notice.kind == NoticeKind.AWAITING:
        return f"{reverse('queue')}?chon={notice.assignment_id}"
    if notice.kind == NoticeKind.ASKED and notice.lies_here:
        return f"{reverse('obstacle-list')}?viec={notice.assignment_id}"
    return reverse("assignment-detail", args=[notice.assignment_id])


def mark_read(notice, *, by):
    """Note that the person has read it; of an urging, that the unit has seen it. Three queries at most."""
    return _read(Notice.objects.filter(pk=notice.pk, person=by))


def mark_all_read(*, by):
    """Note that the person has read everything they may see. Three queries at most."""
    return _read(Notice.objects.filter(rules.visible_notices(by)))


@transaction.atomic
def _read(notices) -> int:
    unread = notices.filter(read_at=None)
    urged = unread.filter(kind__in=TOLD_AS.values()).values("assignment_id")
    tracking.see_urgings(Urging.objects.filter(assignment__in=urged, seen_at=None))
    return Notice.objects.filter(pk__in=unread.values("pk")).update(read_at=clock.now())


def unwanted_kinds(user) -> set[str]:
    """The kinds of notice the person does not want by mail. One query."""
    return set(Unsubscription.objects.filter(person=user).values_list("kind", flat=True))


@transaction.atomic
def set_mailed_kinds(*, by, wanted) -> None:
    """The kinds of notice the person wants by mail, and no others. Mail that was claimed and has not gone is not sent."""
    unwanted = [kind for kind in NoticeKind if kind not in wanted]
    Unsubscription.objects.filter(person=by).exclude(kind__in=unwanted).delete()
    Unsubscription.objects.bulk_create(
        [Unsubscription(person=by, kind=kind) for kind in unwanted], ignore_conflicts=True
    )
    Notice.objects.filter(Q(person=by), mailed_at=None, kind__in=unwanted).update(by_mail=False)
