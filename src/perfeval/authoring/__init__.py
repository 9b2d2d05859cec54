"""制作: a complete package of a task category, and a client's 指标体系 table made a framework and back."""
