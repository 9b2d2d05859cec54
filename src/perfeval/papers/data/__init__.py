"""数据: an evaluation and the lists of the command line as plain data for JSON."""
