"""批注: a copy of the office's own workbook, filled and annotated, all else byte for byte as it was."""
