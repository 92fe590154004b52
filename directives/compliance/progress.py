"""A tally beside each directive of a list, without a query for each."""

from collections import Counter
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from directives.models import Directive

from .figures import standing_on, visible
from .packing import ROW, Pack, key, read_key
from .tally import Tally


def with_progress(directives: QuerySet[Directive], user, as_of: date) -> QuerySet[Directive]:
    """The same directives, each carrying what `progress` reads: the rows of it that the person may see.

    No query by itself. The database counts for the rows that are fetched alone, so fetch a page.
    """
    owed = standing_on(visible(user), as_of).filter(directive=OuterRef("pk")).order_by()
    packed = owed.values("directive").annotate(packed=Pack(key())).values("packed")
    return directives.annotate(packed_progress=Subquery(packed))


def progress(directive) -> Tally:
    """The tally of a directive that came through `with_progress`."""
    packed = directive.packed_progress
    if not packed:
        return Tally()
    return Tally(Counter({read_key(text): n for text, n in Counter(packed.split(ROW)).items()}))
