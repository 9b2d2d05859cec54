"""填报工作簿: the workbook that staff fill in: its layout, its writer and its reader."""
