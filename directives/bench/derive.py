"""What follows from the documents, written by the database itself: assignments, reports, evidence, extensions.

Millions of rows by INSERT … SELECT. Chance is arithmetic on the keys, so that both engines draw the same lots.
"""

from dataclasses import asdict
from datetime import date

from django.db import connection

from directives.bench import vocabulary
from directives.bench.organisation import Organisation
from directives.bench.scales import Fate


def derive(directives: range, org: Organisation, fate: Fate, *, seed: int, until: date) -> None:
    """Write what the units owe and did, as it stands on `until`. Five statements."""
    facts = {
        **asdict(fate),
        "first": directives[0],
        "last": directives[-1],
        "seed": seed,
        "today": connection.ops.adapt_datefield_value(until),
        "head": org.head_offset,
        "leader": org.leader_offset,
        "monitor": org.monitor_offset,
        **_TEXTS,
    }
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement, facts)


_TEXTS = {
    "result": vocabulary.RESULT,
    "shortcoming": vocabulary.SHORTCOMING,
    "delay": vocabulary.DELAY,
    "head_name": vocabulary.HEAD,
}


class _PostgreSQL:
    """The few words in which the two engines differ; `days` are integers, moments are in UTC."""

    least = "LEAST"

    @staticmethod
    def plus(day, days):
        return f"({day} + ({days})::int)"

    @staticmethod
    def eve(day):
        return f"({day} - 1)"

    @staticmethod
    def between(early, late):
        return f"({late} - {early})"

    @staticmethod
    def moment(day):
        return f"(({day} + time '02:30') AT TIME ZONE 'UTC')"


class _SQLite:
    least = "MIN"

    @staticmethod
    def plus(day, days):
        return f"date({day}, '+' || CAST({days} AS INTEGER) || ' days')"

    @staticmethod
    def eve(day):
        return f"date({day}, '-1 days')"

    @staticmethod
    def between(early, late):
        return f"CAST(julianday({late}) - julianday({early}) AS INTEGER)"

    @staticmethod
    def moment(day):
        return f"({day} || ' 02:30:00')"


def _statements():
    words = _PostgreSQL if connection.vendor == "postgresql" else _SQLite
    return _assignments(words), _phases(words), _reports(words), _evidence(), _extensions(words)


def _lot(multiplier):
    """A number below 1,000 that depends on task, unit and seed."""
    mixed = "((t.id * 7919 + r.unit_id * 104729 + %(seed)s * 15485863) %% 1000003 + 17)"
    return f"({mixed} * {multiplier} %% 2147483647 %% 1000)"


def _assignments(words):
    """Lots a, b, c are drawn per row; then its deadline, its fate, its day, one after the other."""
    plus, least = words.plus, words.least
    return f"""
INSERT INTO directives_assignment (task_id, unit_id, period, duty, directive_id, issuer_id, kind, issued_on, unit_name,
    state, is_returned, due_on, first_due_on, acknowledged_at, reported_on, reported_at, reported_by_id, accepted_at,
    updated_at, since_on)
WITH drawn AS (
    SELECT t.id AS task_id, r.unit_id, r.unit_name, d.id AS directive_id, d.issuer_id, d.kind, d.issued_on,
        CASE r.purpose WHEN 'coordinate' THEN 'support' ELSE 'lead' END AS duty, t.due_on AS first_due_on,
        {_lot(48271)} AS a, {_lot(69621)} AS b, {_lot(39373)} AS c
    FROM directives_directive d
    JOIN directives_task t ON t.directive_id = d.id
    JOIN directives_recipient r ON r.directive_id = d.id
    WHERE d.id BETWEEN %(first)s AND %(last)s
), dated AS (
    SELECT drawn.*, CASE WHEN a < %(extended)s THEN {plus("first_due_on", "10 + b %% 50")} ELSE first_due_on END AS due_on
    FROM drawn
), fated AS (
    SELECT dated.*, CASE
        WHEN a >= 1000 - %(cancelled)s THEN 'cancelled'
        WHEN b < CASE WHEN due_on IS NULL THEN %(done_undated)s WHEN due_on < %(today)s THEN %(done_when_due)s
            ELSE %(done_before_due)s END THEN CASE WHEN a %% 100 * 10 < %(awaiting)s THEN 'reported' ELSE 'accepted' END
        WHEN b %% 4 = 0 THEN 'not_started' ELSE 'in_progress' END AS state
    FROM dated
), timed AS (
    SELECT fated.*, CASE WHEN state IN ('reported', 'accepted') THEN {least}(%(today)s, CASE
        WHEN due_on IS NULL THEN {plus("issued_on", "3 + c %% 60")}
        WHEN due_on < %(today)s AND c < %(late)s THEN {plus("due_on", "1 + c %% 30")}
        WHEN c > 850 THEN due_on
        ELSE {plus("issued_on", f"{words.between('issued_on', 'due_on')} * c / 1000")} END) END AS reported_on
    FROM fated
), told AS (
    SELECT timed.*,
        CASE WHEN state NOT IN ('not_started', 'cancelled')
            THEN {words.moment(f"{least}(COALESCE(reported_on, %(today)s), {plus('issued_on', 'c %% 3')})")} END AS acknowledged_at,
        {words.moment("reported_on")} AS reported_at,
        CASE WHEN state = 'accepted'
            THEN {words.moment(f"{least}(%(today)s, {plus('reported_on', '1 + b %% 4')})")} END AS accepted_at,
        CASE state WHEN 'accepted' THEN {least}(%(today)s, {plus("reported_on", "1 + b %% 4")})
            WHEN 'reported' THEN reported_on WHEN 'cancelled' THEN {least}(%(today)s, {plus("issued_on", "c %% 60")})
            WHEN 'in_progress' THEN {least}(%(today)s, {plus("issued_on", "c %% 3")}) ELSE issued_on END AS since_on
    FROM timed
)
SELECT task_id, unit_id, '', duty, directive_id, issuer_id, kind, issued_on, unit_name,
    state, state = 'in_progress' AND c %% 20 = 0, due_on, first_due_on, acknowledged_at, reported_on, reported_at,
    CASE WHEN reported_on IS NOT NULL THEN unit_id + %(head)s END, accepted_at,
    COALESCE(accepted_at, reported_at, acknowledged_at, {words.moment("issued_on")}), since_on
FROM told
"""


def _phases(words):
    """What each piece of work was before the last act on it: one phase, so that past days can be asked."""
    return f"""
INSERT INTO directives_phase (assignment_id, first_on, last_on, state, is_returned, issued_on, due_on, first_due_on,
    acknowledged_at, duty)
SELECT id, issued_on, {words.eve("since_on")}, CASE state WHEN 'in_progress' THEN 'not_started' ELSE 'in_progress' END,
    false, issued_on, due_on, first_due_on, acknowledged_at, ''
FROM directives_assignment
WHERE directive_id BETWEEN %(first)s AND %(last)s AND since_on > issued_on
"""


def _reports(words):
    """One report for what was reported, and the refused one of what was returned."""
    returned_at = words.moment(f"{words.least}(%(today)s, {words.plus('issued_on', '5')})")
    return f"""
INSERT INTO directives_report (assignment_id, text, reported_at, reported_by_id, reporter_name, outcome, decided_at,
    decided_by_id, reason, quality)
SELECT id, %(result)s, COALESCE(reported_at, {returned_at}), unit_id + %(head)s, %(head_name)s,
    CASE state WHEN 'reported' THEN 'pending' WHEN 'accepted' THEN 'accepted' ELSE 'returned' END,
    CASE WHEN state <> 'reported' THEN COALESCE(accepted_at, {returned_at}) END,
    CASE WHEN state <> 'reported' THEN issuer_id + %(monitor)s END,
    CASE WHEN is_returned THEN %(shortcoming)s ELSE '' END, ''
FROM directives_assignment
WHERE directive_id BETWEEN %(first)s AND %(last)s AND (state IN ('reported', 'accepted') OR is_returned)
"""


def _evidence():
    return """
INSERT INTO directives_evidence (report_id, file, file_name, media_type, size, sha256, uploaded_at, uploaded_by_id,
    code, dated_on, addressed_to)
SELECT p.id, '', '', '', 0, '', p.reported_at, p.reported_by_id,
    CAST(1 + p.id %% 400 AS text) || '/BC-DV' || CAST(a.unit_id AS text), COALESCE(a.reported_on, a.issued_on), ''
FROM directives_report p
JOIN directives_assignment a ON a.id = p.assignment_id
WHERE a.directive_id BETWEEN %(first)s AND %(last)s
"""


def _extensions(words):
    """Who got a later deadline had asked for it."""
    asked_at = words.moment("issued_on")
    return f"""
INSERT INTO directives_request (assignment_id, kind, reason, due_on, asked_at, asked_by_id, decision, decided_at,
    decided_by_id, answer)
SELECT id, 'extension', %(delay)s, due_on, {asked_at}, unit_id + %(head)s, 'granted', {asked_at},
    issuer_id + %(leader)s, ''
FROM directives_assignment
WHERE directive_id BETWEEN %(first)s AND %(last)s AND due_on <> first_due_on
"""
