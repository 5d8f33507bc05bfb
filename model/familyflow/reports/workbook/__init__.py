"""The workbook of a finished run or comparison: live formulas over quantities that are values."""

from familyflow.reports.workbook.book import workbook_bytes
from familyflow.reports.workbook.options_book import options_workbook_bytes
from familyflow.reports.workbook.options_kept import is_comparison

__all__ = ["is_comparison", "options_workbook_bytes", "workbook_bytes"]
