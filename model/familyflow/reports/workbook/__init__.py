"""The workbook of a finished run: money as live formulas over quantities that are values."""

from familyflow.reports.workbook.book import workbook_bytes

__all__ = ["workbook_bytes"]
