"""自评表: an evaluation as the official table, its cells live where a spreadsheet computes exactly."""
