"""成批: many sources at once, on one process or several."""
