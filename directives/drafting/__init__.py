"""Drafts: made from a text, worked on by the office's clerks, kept with everything ever typed."""

from .candidates import Candidates
from .deadlines import proposed_day
from .differences import Difference, differences
from .doubts import Doubt, doubts_of
from .draft import COLUMNS, AddresseeRow, CitationRow, Draft, TaskRow, is_issued_already
from .intake import create_draft, draft_of, issuer_of
from .matching import SEPARATOR, Directory, Target, names_in
from .merging import marks_of, merged
from .ordering import out_of_turn, renumbered
from .prospect import Prospect, prospect_of
from .reading import check_text
from .saving import redrafted_body, replace_tasks, save_draft
from .sheet import sheet_of

__all__ = [
    "COLUMNS",
    "SEPARATOR",
    "AddresseeRow",
    "Candidates",
    "CitationRow",
    "Directory",
    "Difference",
    "Doubt",
    "Draft",
    "Prospect",
    "Target",
    "TaskRow",
    "check_text",
    "differences",
    "create_draft",
    "doubts_of",
    "draft_of",
    "is_issued_already",
    "issuer_of",
    "marks_of",
    "merged",
    "names_in",
    "out_of_turn",
    "proposed_day",
    "prospect_of",
    "redrafted_body",
    "renumbered",
    "replace_tasks",
    "save_draft",
    "sheet_of",
]
