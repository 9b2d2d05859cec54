"""工作簿: an xlsx as grids of cells — read under limits, patched byte by byte, written."""
