"""Drafting for clerks, registers and sectors for administrators; what each may do is asked of the rules."""

from .directives import DirectiveAdmin
from .records import RegisterAdmin
from .sectors import SectorAdmin

__all__ = ["DirectiveAdmin", "RegisterAdmin", "SectorAdmin"]
