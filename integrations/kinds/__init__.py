"""What can be imported: each kind has fields with synonyms, a plan and an apply."""

from integrations.kinds.registry import KINDS

__all__ = ["KINDS"]
