"""读取: one module a format; every cell read knows its place."""
