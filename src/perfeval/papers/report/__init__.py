"""自评报告: an evaluation composed into blocks, and the report as Markdown."""
