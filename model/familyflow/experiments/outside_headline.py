"""The numbers that cannot touch the net saving: only lines outside the headline name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from familyflow.experiments.priced_only import is_priced_only
from familyflow.experiments.pricing import Parameters, Values, price_key
from familyflow.parameters.parameter import SAVINGS, Parameter
from familyflow.parameters.references import SHARES_OF_A_CHAIN


def outside_headline(parameters: Parameters, values: Values) -> frozenset[str]:
    """Keys of prices and shares named by lines, and by no cost and no saving that is counted.

    A saving is counted that is money of public bodies on studied evidence, as `money.net_saving`
    has it. Of a price for each scope of unit costs only the one in force is counted. What is read
    before prices (of the families, the service, the outcomes) may always move the answer, and so
    may a price that no line names, such as pension on a salary.
    """
    lines = [line for line in parameters.values() if line.is_line]
    named = {key for line in lines for key in _named(line)}
    counted = {
        key
        for line in lines
        if _is_counted(line, parameters, values)
        for key in (price_key(line, values), *_shares(line))
    }
    return frozenset(key for key in named - counted if is_priced_only(key))


def _is_counted(line: Parameter, parameters: Parameters, values: Values) -> bool:
    if not line.name.startswith(SAVINGS):
        return True
    is_fiscal = parameters[price_key(line, values)].kind == "fiscal"
    return is_fiscal and line.evidence == "comparison_group"


def _named(line: Parameter) -> Iterator[str]:
    """Every number that a line names, in any scope of unit costs."""
    price = line.unit_cost
    yield from price.values() if isinstance(price, Mapping) else (str(price),)
    yield from _shares(line)
    yield from _keys((line.cashable or {}).get("share"))  # no part of the net saving


def _shares(line: Parameter) -> Iterator[str]:
    """The shares by which a line's quantity is multiplied."""
    yield from _keys(line.share)
    for link in SHARES_OF_A_CHAIN:
        yield from _keys((line.chain or {}).get(link))


def _keys(share: object) -> Iterator[str]:
    """The key that a share is named by, where it is no number."""
    if isinstance(share, Mapping):
        yield str(share["rest_of"])
    elif isinstance(share, str):
        yield share
