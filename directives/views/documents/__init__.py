"""The pages of a directive after it is drafted: the list, the document with its matrix, its history."""

from .chain import directive_chain
from .detail import directive_detail, directive_matrix
from .history import directive_history, directive_history_file
from .implementing import directive_implement
from .listing import directive_list
from .recipients import directive_add_recipient, directive_remove_recipient
from .rhythm import rhythm, rhythm_end
from .sector import directive_classify

__all__ = [
    "directive_add_recipient",
    "directive_classify",
    "directive_chain",
    "directive_detail",
    "directive_history",
    "directive_history_file",
    "directive_implement",
    "directive_list",
    "directive_matrix",
    "directive_remove_recipient",
    "rhythm",
    "rhythm_end",
]
