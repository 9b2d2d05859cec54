"""方案: a framework and the rows of a case → the completed tree, compiled once and made ready for the case."""
