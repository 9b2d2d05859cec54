"""文书: writers — an evaluation composed into blocks, then a room for each paper."""
