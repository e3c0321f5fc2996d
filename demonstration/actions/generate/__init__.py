"""Districts of any size, written in bulk: for benchmarks and for trying the limits."""

from demonstration.actions.generate.district import Size, generate

__all__ = ["Size", "generate"]
