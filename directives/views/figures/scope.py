"""Which assignments a page of figures is of: what the person may see, narrowed by the address."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from directives import compliance, periods, rules
from directives.compliance import LISTED, Board, Listed, Span
from directives.enums import PUBLISHED, Duty, Recurrence
from directives.forms.fields import RUNNING
from directives.forms.filters import BOTH, FiguresFilter
from directives.models import Assignment, Directive, Recipient
from directives.templatetags.wording import in_sentence
from units import clock, statements
from units.models import Unit
from units.models.unit import keys_of
from units.rules import reach

OFFERED = (
    (Recurrence.MONTHLY, _("Tháng này")),
    (Recurrence.QUARTERLY, _("Quý này")),
    (Recurrence.YEARLY, _("Năm nay")),
)
OF_PERIOD, OF_UNIT, WITHIN = (
    ("period", "first", "last", "as_of"),
    ("unit", "alone"),
    ("due_in", "reported_in"),
)
COPIES = {
    "issuer": "issuer",
    "kind": "kind",
    "sector": "directive__sector",
    "directive": "directive",
    "task": "task",
}


@dataclass(frozen=True)
class Scope:
    """The filters in force. Lead duties alone unless the address says otherwise: support is counted apart."""

    form: FiguresFilter
    chosen: dict
    # All that the person sees, and of it what the filters leave, of both duties.
    seen: QuerySet[Assignment]
    whole: QuerySet[Assignment]
    query: str
    # The document whose chain the rows are of.
    top: Directive | None = None

    @property
    def assignments(self) -> QuerySet[Assignment]:
        """The rows of the chosen duty; `whole` has both."""
        return compliance.in_duty(self.whole, self.duty, self.span.as_of) if self.one_duty else self.whole

    def line(self, default: Listed) -> Listed:
        """The number whose rows are asked for."""
        return LISTED.get(self.chosen.get("line", ""), default)

    @cached_property
    def span(self) -> Span:
        """The period and the day of the address: all that was given until today, when it names neither."""
        last, as_of = self.chosen.get("last"), self.chosen.get("as_of")
        span = Span.until(last or as_of or clock.today(), first=self.chosen.get("first"), as_of=as_of)
        return replace(span, **{name: _days(self.chosen.get(name)) for name in WITHIN})

    @property
    def duty(self) -> str:
        return self.chosen["duty"]

    @property
    def one_duty(self) -> str:
        """The duty the rows are narrowed to; "" for both."""
        return "" if self.duty == BOTH else self.duty

    @property
    def has_rate(self) -> bool:
        """Whether the headline rate, which is of lead duties, is of anything that is shown."""
        return self.duty != Duty.SUPPORT

    def board(self, user) -> Board:
        """What the dashboard tells of this scope; where it is narrowed to units alone, also said of units."""
        beside = self.chosen.keys() - {*OF_PERIOD, *OF_UNIT, "duty", "line"}
        under = None if beside else _units_asked(self.chosen, self.form.paths)
        return Board(user, self.whole, self.span, under)

    @property
    def support_url(self) -> str:
        """The same page, for the support duties."""
        return f"?{_query(self.form, self.chosen | {'duty': Duty.SUPPORT})}"

    @cached_property
    def lead_query(self) -> str:
        """What the rates are made of: the lead duties, whichever duty is shown."""
        return _query(self.form, self.chosen | {"duty": Duty.LEAD})

    def without(self, *names: str) -> str:
        """The scope in an address, but for some of its filters."""
        return _query(self.form, {name: value for name, value in self.chosen.items() if name not in names})

    @cached_property
    def month_query(self) -> str:
        """The same rows as they are known on the same day, whatever the period: for what a month leads to."""
        return _query(self.form, self._of_any_period)

    @cached_property
    def lead_month_query(self) -> str:
        """The lead duties of them."""
        return _query(self.form, self._of_any_period | {"duty": Duty.LEAD})

    @property
    def _of_any_period(self):
        rest = {name: value for name, value in self.chosen.items() if name not in OF_PERIOD}
        known = {"as_of": self.span.as_of} if self.span.as_of < clock.today() else {}
        return rest | known

    @property
    def lasting_query(self) -> str:
        """As it may be kept: a running period stays the running one."""
        chosen = self.chosen
        for name, every in RUNNING.items():
            if chosen.get("period") == periods.period_on(periods.Rule(every), clock.today()).key:
                chosen = chosen | {"period": name}
        return _query(self.form, chosen)

    @cached_property
    def down_query(self) -> str:
        """The same page for another unit, which its path names."""
        return self.without(*OF_UNIT)

    @property
    def late_query(self) -> str:
        """What of it is late now, one by one: whatever the period, and whatever each row of a table is of."""
        return self.without(*OF_PERIOD, "reported_in", "by")

    @property
    def list_query(self) -> str:
        """The same late work, whatever part of it the list shows."""
        return self.without("move", "change")

    def in_period(self, key: str) -> str:
        """The same page for another period; "" is all that was given until today."""
        return f"?{urlencode({self.form.add_prefix('period'): key})}&{self.without(*OF_PERIOD)}"

    @property
    def is_narrowed(self) -> bool:
        """By anything that leaves rows out; what one row of a table is of leaves none."""
        return self.duty != Duty.LEAD or bool(self.chosen.keys() - {"duty", "by", "line"})

    @property
    def period_name(self) -> str:
        """Quý II/2024; of free days, and of all that was ever given, nothing."""
        return periods.name_of(self.chosen.get("period", ""))

    @property
    def before_name(self) -> str:
        """What the period before is called within a sentence, where it has a name."""
        key = self.chosen.get("period")
        return in_sentence(periods.name_of(periods.preceding(key).key)) if key else ""

    @property
    def periods(self) -> list[tuple[str, str, bool]]:
        """The periods to choose from: name, address, whether it is the one in force."""
        running = [
            (name, periods.period_on(periods.Rule(every), clock.today()).key) for every, name in OFFERED
        ]
        chosen = self.chosen.get("period", "")
        free = not chosen and any(name in self.chosen for name in OF_PERIOD)
        return [
            (name, self.in_period(key), key == chosen and not free)
            for name, key in [*running, (_("Từ trước đến nay"), "")]
        ]

    def way_down(self) -> list[tuple[int, str]]:
        """The units above the chosen one, as far as the person sees anything below them: key and name."""
        path = self.form.paths[self.chosen["unit"]]
        above = (pk for pk, one in self.form.paths.items() if path.startswith(one) and one != path)
        return [(pk, self.form.names[pk]) for pk in above]

    def unit_name(self) -> str:
        return self.form.names.get(self.chosen.get("unit"), "")


def read(request, *, default_duty=Duty.LEAD, unit=None, form=FiguresFilter) -> Scope:
    """The scope of this address, or of the `unit` of its path. One query, for the units to choose from; of a chain those
    of its walk besides."""
    asked = request.GET if unit is None else _with_unit(request.GET, unit)
    units = seen_units(request.user)
    form = form(asked, units=units, above=_above(units))
    chosen = form.chosen()
    chosen.setdefault("duty", default_duty)
    seen = compliance.visible(request.user)
    whole = seen.filter(narrowed(chosen, form.paths), _of_groups(chosen, form))
    scope = Scope(form, chosen, seen, whole, _query(form, chosen))
    return _in_chain(scope, request.user) if "chain" in chosen else scope


def _in_chain(scope, user):
    """The rows that a chain's numbers count on the day as of which the figures are, whatever their period: what is handed
    down in one month is so in any other. Of a document that the person does not see none."""
    seen = Directive.objects.filter(rules.visible_directives(user), state__in=PUBLISHED)
    top = seen.only("code", "issued_on").filter(pk=scope.chosen["chain"]).first()
    if top is None:
        return replace(scope, whole=scope.whole.none())
    which = {name: name in scope.chosen for name in ("handed_down", "unlinked")}
    rows = compliance.chain_rows(top, user, scope.span.as_of, **which)
    return replace(scope, top=top, whole=scope.whole.filter(pk__in=rows.order_by().values("pk")))


def _above(units):
    """The units above those seen that are not seen themselves: one gets down to the others through them. A query
    where there are any."""
    known = {unit.pk for unit in units}
    above = {pk for unit in units for pk in keys_of(unit.path)} - known
    return Unit.objects.filter(pk__in=above).only("name", "path")


def _days(key):
    if not key:
        return None
    period = periods.read(key)
    return (period.first, period.last)


def _with_unit(query, unit):
    query = query.copy()
    query["don-vi"] = str(unit)
    return query


class SeenUnit(NamedTuple):
    """A unit whose rows the person sees; or, where it `gives`, whose documents they are of."""

    pk: int
    path: str
    name: str
    gives: bool


def seen_units(user) -> list[SeenUnit]:
    """The units whose rows the person sees, and those whose documents they are of, in the order of the tree. One query,
    whose SQL is kept."""
    return [SeenUnit(*row) for row in statements.rows(("seen units", reach(user)), lambda: _seen_units(user))]


def _seen_units(user):
    """Asked of recipients and documents, which are few beside assignments; most units issue no document, which an index
    says."""
    received = Recipient.objects.filter(rules.visible_recipients(user), unit=OuterRef("pk"))
    issued = Directive.objects.filter(state__in=PUBLISHED, office=OuterRef("pk"))
    seen = Exists(issued.filter(rules.visible_directives(user)))
    gives = Case(When(issues__isnull=False, then=seen), default=False, output_field=BooleanField())
    units = Unit.objects.alias(issues=compliance.First(issued.order_by("state"))).annotate(gives=gives)
    return units.filter(Q(gives=True) | Exists(received)).order_by("path").values_list(*SeenUnit._fields)


def narrowed(chosen: dict, paths: dict[int, str]) -> Q:
    """The filter of the address but for the duty; a unit stands for itself and all below it, or `alone`."""
    wanted = Q(**{field: chosen[name] for name, field in COPIES.items() if name in chosen})
    if "unit" in chosen:
        below = Q(unit__path__startswith=paths[chosen["unit"]])
        wanted &= Q(unit=chosen["unit"]) if "alone" in chosen else below
    return wanted


def _of_groups(chosen, form) -> Q:
    """The units of every group asked for, those of no group, and the documents of no sector; no query where groups are
    not asked for."""
    outside, wanted = chosen.get("outside", ()), Q()
    if compliance.SECTOR in outside:
        wanted &= Q(directive__sector=None)
    if compliance.GROUP in outside:
        wanted &= ~Q(unit__in=frozenset[int]().union(*(one.units for one in form.groups)))
    for key in chosen.get("group", ()):
        wanted &= Q(unit__in=[unit for one in form.groups if one.key == key for unit in one.units])
    return wanted


def _units_asked(chosen: dict, paths: dict[int, str]) -> Q:
    """What `narrowed` says of the units of rows, said of units."""
    if "unit" not in chosen:
        return Q()
    return Q(pk=chosen["unit"]) if "alone" in chosen else Q(path__startswith=paths[chosen["unit"]])


def _query(form, chosen) -> str:
    """The scope as it stands in an address, for the links behind its numbers."""
    written = {
        form.add_prefix(name): _as_written(value)
        for name, value in chosen.items()
        if name not in ("line", *(("first", "last") if "period" in chosen else ()))
    }
    return urlencode(written, doseq=True)


def _as_written(value):
    """A day as in the address, a row by its key."""
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)
