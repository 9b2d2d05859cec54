"""文书: writers — an evaluation composed into blocks, then one module a format."""

from perfeval.papers.output import dump, write

__all__ = ["dump", "write"]
