"""LibreOffice as the referee of formulas; every test of it skips, saying so, where it is not."""

import pytest
from benchmarks.office import OFFICE

needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not here, so nothing can recalculate the workbook"
)
