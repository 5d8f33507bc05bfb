"""Why something was not taken, in words for the page that asked."""

from __future__ import annotations

from familyflow.problems import InputError
from familyflow.web.errors import SAID
from familyflow.web.jobs.jobs import TooManyError
from familyflow.web.mistakes import Told, in_words

TOO_MANY = 429


def why(error: InputError | TooManyError) -> list[Told]:
    """What stands in the way, about no field in particular."""
    if isinstance(error, InputError):
        return [Told("", in_words(one)) for one in error.problems]
    what, to_do = SAID[TOO_MANY]
    return [Told("", f"{what}. {to_do}")]
