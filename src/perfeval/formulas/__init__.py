"""算式: one rule, written once, read many ways."""
