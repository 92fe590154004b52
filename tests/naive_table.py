"""The official table counted by hand: plain Python over lists, written from the words of its columns alone."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.utils import timezone

from directives.models import Assignment, Phase, ProgressNote, Report, Request, Urging
from units import clock

DONE, GONE = "accepted", {"cancelled", "transferred"}
RUNNING = {"not_started", "in_progress"}


TOTAL = "total"


def recount(span, wanted=lambda row: True, keys=lambda row: [row["unit_id"]]):
    """Key → column → value, of the rows that are `wanted`, each under all its `keys`; under `TOTAL` all of them once."""
    world = World()
    found = defaultdict(list)
    for row in world.rows.values():
        then = world.then(row, span)
        if then and wanted(row | {"duty": then["duty"]}):
            for key in [TOTAL, *keys(row)]:
                found[key].append(then)
    return {key: columns(rows, span) for key, rows in found.items()}


class World:
    """Everything that the figures are made of, read whole."""

    def __init__(self):
        self.rows = {row["id"]: row for row in Assignment.objects.values()}
        self.phases = _by_row(Phase)
        self.requests, self.urgings = _by_row(Request), _by_row(Urging)
        self.notes, self.reports = _by_row(ProgressNote), _by_row(Report)

    def then(self, row, span):
        """The row as it was known, with how it came; None if it does not count in the period."""
        state = self._state(row, span.as_of)
        if state is None or state["issued_on"] > span.as_of:
            return None
        giver = self.rows.get(row["transferred_from_id"])
        # A row that was given anew has a day of issue of its own.
        moved = giver is not None and giver["issued_on"] == state["issued_on"]
        moved = moved and giver["since_on"] <= span.as_of
        received = max(giver["since_on"], state["issued_on"]) if moved else state["issued_on"]
        if span.last and received > span.last:
            return None
        if span.first and state["state"] in {DONE, *GONE} and state["since_on"] < span.first:
            return None
        if not (_between(state["due_on"], span.due_in) and _between(state["reported_on"], span.reported_in)):
            return None
        came = "transferred_in" if moved else "assigned"
        if span.first and received < span.first:
            came = "carried_over"
        told = {"received": received, "came": came}
        told |= {"duty": state["duty"] or row["duty"]}
        told |= {
            name: getattr(self, name)[row["id"]]
            for name in ("requests", "urgings", "notes", "reports", "phases")
        }
        return state | told

    def _state(self, row, day):
        if day >= clock.today():
            return row
        for phase in self.phases[row["id"]]:
            if phase["first_on"] <= day <= phase["last_on"]:
                return phase | {"since_on": phase["first_on"]}
        return row if row["since_on"] <= day else None


def _between(day, days):
    return days is None or (day is not None and days[0] <= day <= days[1])


def _by_row(model):
    found = defaultdict(list)
    for one in model.objects.order_by("pk").values():
        found[one["assignment_id"]].append(one)
    return found


def columns(rows, span):
    found = Counter()
    for row in rows:
        found.update(dict.fromkeys(_columns(row, span), 1))
        if row["state"] not in GONE:
            found["urgings"] += sum(
                one["kind"] == "urge" and _during(one["urged_at"], span) for one in row["urgings"]
            )
    return found | _rates(rows, found, span)


def _columns(row, span):
    yield row["came"]
    if row["state"] in GONE:
        yield "withdrawn" if row["state"] == "cancelled" else "transferred_out"
        return
    yield "total"
    yield "dated" if row["due_on"] else "undated"
    if row["state"] == DONE:
        yield from ("done", f"done_{_how_done(row, row['due_on'])}")
    elif row["state"] == "reported":
        yield "awaiting"
        if row["due_on"] and row["reported_on"] > row["due_on"]:
            yield "awaiting_late"
    elif row["state"] == "paused":
        yield "paused"
    else:
        yield from _running(row, span)
    asked = [one for one in row["requests"] if one["kind"] == "extension"]
    if any(_during(one["asked_at"], span) and not _unasked(one) for one in asked):
        yield "extension_asked"
    if any(one["decision"] == "granted" and _during(one["decided_at"], span) for one in asked):
        yield "extension_granted"


def _unasked(request):
    asked, decided = (request[f"{name}_by_id"] for name in ("asked", "decided"))
    return asked == decided and request["asked_at"] == request["decided_at"]


def _running(row, span):
    yield "open"
    late = (span.as_of - row["due_on"]).days if row["due_on"] else None
    if late is None:
        yield "open_undated"
    elif late > 0:
        yield "open_overdue"
        yield "overdue_1_7" if late <= 7 else "overdue_8_30" if late <= 30 else "overdue_over_30"
    else:
        yield "open_due_soon" if late >= -7 else "open_in_time"
    if row["is_returned"]:
        yield "returned"
    if row["state"] == "not_started":
        yield "not_acknowledged"
    if not _is_alive(row, span):
        yield "silent_30"


def _is_alive(row, span):
    signs = [row["acknowledged_at"], *(one["noted_at"] for one in row["notes"])]
    signs += [one["reported_at"] for one in row["reports"] if one["outcome"] != "internal"]
    days = [row["received"], *(timezone.localdate(moment) for moment in signs if moment)]
    return any(span.as_of - timedelta(days=30) <= day <= span.as_of for day in days)


def _how_done(row, due_on):
    if due_on is None:
        return "undated"
    if row["reported_on"] == due_on:
        return "on_time"
    return "early" if row["reported_on"] < due_on else "late"


def _during(moment, span):
    if moment is None:
        return False
    day = timezone.localdate(moment)
    last = min(span.last or span.as_of, span.as_of)
    return (span.first is None or span.first <= day) and day <= last


def _rates(rows, found, span):
    due = [row for row in rows if _has_fallen_due(row, row["due_on"], span)]
    timely = [row for row in due if row["state"] == DONE and row["reported_on"] <= row["due_on"]]
    done_dated = [row for row in due if row["state"] == DONE]
    first = [row for row in rows if row["due_on"] and _has_fallen_due(row, row["first_due_on"], span)]
    on_first = [row for row in first if row["state"] == DONE and row["reported_on"] <= row["first_due_on"]]
    return {
        "rate_headline": _share(_lead(timely), _lead(due)),
        "rate_done_of_total": _share(found["done"], found["total"]),
        "rate_on_time_of_done": _share(len(timely), len(done_dated)),
        "rate_done_of_due": _share(len(done_dated), len(due)),
        "rate_updated": _share(found["open"] - found["silent_30"], found["open"]),
        "rate_headline_first_deadline": _share(_lead(on_first), _lead(first)),
    }


def _has_fallen_due(row, due_on, span):
    if due_on is None:
        return False
    return row["state"] == DONE or (row["state"] in RUNNING and due_on < span.as_of)


def _lead(rows):
    return sum(row["duty"] == "lead" for row in rows)


def _share(part, whole):
    return part / whole if whole else None
