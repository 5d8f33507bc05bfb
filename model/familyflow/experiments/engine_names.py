"""The engines by name: light, so that the command line can refuse a wrong one at once."""

from __future__ import annotations

from typing import Final, Literal, get_args

from familyflow.problems import bad_input

Engine = Literal["compiled", "simpy"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
DEFAULT_ENGINE: Final[Engine] = "compiled"
MOST_WORKERS: Final = 1_024  # threads or processes


def check_engine(engine: str) -> None:
    """Refuse an engine that there is not."""
    if engine not in ENGINES:
        raise bad_input(
            f"there is no engine {engine!r}", f"There are: {', '.join(ENGINES)}. Or leave it out."
        )
