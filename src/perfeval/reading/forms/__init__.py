"""自评表: official tables, told by their headings → the fields of one case."""
