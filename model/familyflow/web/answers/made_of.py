"""What a comparison was made of, as long as its files still say what they said then."""

from __future__ import annotations

from familyflow.experiments.again import arguments_again
from familyflow.experiments.compare import made_of, options_asked
from familyflow.experiments.kept_run import settings_of
from familyflow.experiments.options.load import Option
from familyflow.problems import InputError, RefusedError
from familyflow.store import Manifest, canonical_json


def options_of(manifest: Manifest) -> list[Option] | None:
    """The options of a comparison; None where files are gone, or give other inputs by now."""
    given = arguments_again(manifest.asked)
    try:
        options = options_asked(given)
    except (InputError, RefusedError):
        return None
    now = made_of(options, settings_of(manifest.asked), given)
    return options if canonical_json(now) == canonical_json(manifest.inputs) else None
