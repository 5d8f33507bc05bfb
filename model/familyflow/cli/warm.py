"""``familyflow warm``: make the machine code of the compiled engine now, so that no run waits."""

from __future__ import annotations

import typer

from familyflow.cli import INCOMPLETE, options
from familyflow.cli.output import note, one_line, say, say_json


def warm(as_json: options.AsJson = False, quiet: options.Quiet = False) -> None:
    """Compile the fast engine now.

    Otherwise the first run does it. The code is kept, so it is made once for a version of
    familyflow on a machine; 'familyflow doctor' says where. The exit code is 3 where it cannot be
    kept.
    """
    from familyflow.api import warm as make_code

    made = make_code(say=(lambda _: None) if quiet else note)
    if as_json:
        say_json({**vars(made), "folder": None if made.folder is None else str(made.folder)})
    elif made.folder is None:
        say("Compiled, but there is no lasting place to keep it: each start compiles it again.")
        say("Set NUMBA_CACHE_DIR to a folder that can be written to.")
    else:
        how = f"Compiled in {made.seconds:.0f} s" if made.was_compiled else "Compiled already"
        say(f"{how}; kept in {one_line(str(made.folder))}")
    if made.folder is None:
        raise typer.Exit(INCOMPLETE)
