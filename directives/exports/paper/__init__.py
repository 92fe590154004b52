"""Tables on paper, in the layout of Nghị định 30/2020/NĐ-CP: the same words as .pdf and as .docx."""

from .figures import Told, list_paper, official_paper, signers
from .setting import Say, printed
from .table import Column, Heading, Kind, PrintedTable, Signer
from .workbook import printed_workbook

__all__ = [
    "Column",
    "Heading",
    "Kind",
    "PrintedTable",
    "Say",
    "Signer",
    "Told",
    "list_paper",
    "official_paper",
    "printed",
    "printed_workbook",
    "signers",
]
