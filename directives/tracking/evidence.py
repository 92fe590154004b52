"""What proves a report: admitted files, and documents by their number and date."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from directives.enums import PUBLISHED
from directives.models import Directive, Evidence
from units.naming import fold


@dataclass(frozen=True)
class Document:
    """Evidence given as a document's number, date and addressee."""

    code: str
    dated_on: date
    addressed_to: str = ""

    def fields(self, *, by):
        return {
            "code": self.code,
            "dated_on": self.dated_on,
            "addressed_to": self.addressed_to,
            "uploaded_by": by,
        }


@dataclass(frozen=True)
class Dated:
    """A file with its own date, when that is not the day it is sent."""

    file: Any
    dated_on: date

    def fields(self, *, by):
        return self.file.fields(by=by) | {"dated_on": self.dated_on}


def keep_evidence(told, evidence, by):
    """Each piece once: the same file chosen twice, or sent again beside the one kept, proves nothing more."""
    met = set()
    for item in evidence:
        kept = Evidence(report=told, **item.fields(by=by))
        if kept.key in met:
            continue
        met.add(kept.key)
        if kept.code:
            kept.document = _find_document(kept.code, kept.dated_on)
        kept.save()


def _find_document(code, dated_on):
    """The document in the store with this code and date, if there is exactly one."""
    same_day = Directive.objects.filter(state__in=PUBLISHED, issued_on=dated_on)
    found = [d for d in same_day.only("pk", "code") if fold(d.code) == fold(code)]
    return found[0] if len(found) == 1 else None
