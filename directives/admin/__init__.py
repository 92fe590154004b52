"""Drafting for clerks, registers for administrators; what each may do is asked of the rules."""

from .directives import DirectiveAdmin
from .records import RegisterAdmin

__all__ = ["DirectiveAdmin", "RegisterAdmin"]
