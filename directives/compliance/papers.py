"""Documents on their way to being issued: how many stand at each stage, and those that waited longest."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerChoices,
    OuterRef,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Concat, RowNumber

from directives import rules
from directives.enums import UNPUBLISHED, DirectiveState
from directives.models import Directive
from units import clock, statements
from units.models import Event
from units.rules import reach


class Stage(IntegerChoices):
    """How near a document is to its units: what is signed waits for one act only."""

    SIGNED = 1
    SENT_BACK = 2
    SUBMITTED = 3
    DRAFT = 4


def papers(user, first: int) -> list[Any]:
    """The first few unpublished documents of each stage and office, the nearest to issue first. One query, whose SQL is
    kept.

    Each carries its `stage` and `among`: how many its office has at that stage, shown or not.
    """
    return statements.objects(("papers", reach(user), clock.today(), first), lambda: _papers(user, first))


def _papers(user, first):
    visible = Directive.objects.filter(rules.visible_directives(user), state__in=UNPUBLISHED)
    staged = visible.annotate(last_move=Subquery(_last_move())).annotate(stage=STAGE)
    group = [F("stage"), F("office_id")]
    numbered = staged.annotate(
        among=Window(Count("pk"), partition_by=group),
        turn=Window(RowNumber(), partition_by=group, order_by=["updated_at", "pk"]),
    )
    shown = numbered.filter(turn__lte=first).order_by("stage", "office_id", "turn")
    return shown.defer("source", "body", "search")


def _last_move():
    """The last verb between the clerks and the leader: a draft that was sent back is not one being written."""
    chain = Concat(Value("directive:"), Cast(OuterRef("pk"), CharField()))
    moves = Event.objects.filter(chain=chain, verb__in=("submit", "withdraw_submission", "send_back"))
    return moves.order_by("-sequence").values("verb")[:1]


STAGE = Case(
    When(state=DirectiveState.SIGNED, then=Value(Stage.SIGNED.value)),
    When(state=DirectiveState.SUBMITTED, then=Value(Stage.SUBMITTED.value)),
    When(last_move="send_back", then=Value(Stage.SENT_BACK.value)),
    default=Value(Stage.DRAFT.value),
)
