"""Tables on paper, in the layout of Nghị định 30/2020/NĐ-CP: the same words as .pdf and as .docx."""

from .setting import Say, printed
from .table import Column, Heading, Kind, PrintedTable, Signer

__all__ = ["Column", "Heading", "Kind", "PrintedTable", "Say", "Signer", "printed"]
