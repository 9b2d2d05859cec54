"""读入指标体系表: a client's table of indicators → a framework."""
