"""From quantities to the cost case: prices, discounting, costs, savings and what they add up to.

Sign conventions, everywhere: a cost is positive when the service spends; a saving is positive
when others spend less with the service than without it; net saving is fiscal saving less cost.
"""

from familyflow.economics import statements, targets
from familyflow.economics.appraisal import Ledger
from familyflow.economics.inputs import LedgerInputs, Placements
from familyflow.economics.ledger import price, price_again
from familyflow.economics.quantities import Quantities, quantities_from_rows

__all__ = [
    "Ledger",
    "LedgerInputs",
    "Placements",
    "Quantities",
    "price",
    "price_again",
    "quantities_from_rows",
    "statements",
    "targets",
]
