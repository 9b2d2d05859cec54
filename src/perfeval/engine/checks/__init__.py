"""审核规则: the built-in checks on an evaluation, a module a family."""
