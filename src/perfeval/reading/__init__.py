"""读入: sources → one resolved case."""
