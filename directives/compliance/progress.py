"""A tally beside each directive of a list, without a query for each."""

from datetime import date

from django.db.models import OuterRef, QuerySet

from directives.models import Directive

from .figures import standing_on, visible
from .packing import PackedCounts, read_counts
from .tally import Tally


def with_progress(directives: QuerySet[Directive], user, as_of: date) -> QuerySet[Directive]:
    """The same directives, each carrying what `progress` reads: the rows of it that the person may see.

    No query by itself. The database counts for the rows that are fetched alone, so fetch a page.
    """
    owed = standing_on(visible(user), as_of).filter(directive=OuterRef("pk"))
    return directives.annotate(packed_progress=PackedCounts(owed))


def progress(directive) -> Tally:
    """The tally of a directive that came through `with_progress`."""
    return read_counts(directive.packed_progress)
