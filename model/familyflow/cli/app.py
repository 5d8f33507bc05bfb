"""All the commands under one name, and the exit code of each way they can end."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer

from familyflow.cli import INTERRUPTED
from familyflow.cli.baseline import baseline
from familyflow.cli.calibrate import calibrate
from familyflow.cli.check import check
from familyflow.cli.compare import compare
from familyflow.cli.doctor import doctor
from familyflow.cli.explain import explain, schema
from familyflow.cli.monitor import monitor
from familyflow.cli.new import new
from familyflow.cli.output import NobodyReadsError, note, one_line, say, tell_problems
from familyflow.cli.purge import purge
from familyflow.cli.report import report
from familyflow.cli.run import run
from familyflow.cli.runs import runs
from familyflow.cli.staff import staff
from familyflow.cli.sweep import sweep
from familyflow.cli.verify import verify
from familyflow.cli.voi import voi
from familyflow.cli.warm import warm
from familyflow.cli.web import web
from familyflow.problems import InputError, MachineError, RefusedError
from familyflow.store.machine import explain_error, is_about_the_machine

BAD_INPUT, MACHINE, REFUSED = 2, 4, 5

# Typer does not give the class of its complaints about arguments a public name in every version.
_BadUse: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"
)

app = typer.Typer(
    name="familyflow",
    help="What a whole-family support service costs, does and saves.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    run, compare, voi, staff, sweep, report, web,
    check, calibrate, monitor, verify, explain, schema, new, warm, doctor, purge, baseline,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.add_typer(runs, name="runs")


@app.callback(invoke_without_command=True)
def _options_of_all(
    context: typer.Context,
    debug: bool = typer.Option(False, "--debug", help="Show everything when the fault is ours."),
) -> None:
    """What a whole-family support service costs, does and saves."""
    if context.invoked_subcommand is None:
        say(context.get_help())


def answer(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and return the exit code.

    0 done, 2 bad input, 3 finished but incomplete, 4 this machine, 5 refused, 130 interrupted; a
    fault of ours is left to crash (1).
    """
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_letter(stream)
    try:
        _must_stand_somewhere()
        code = _all_commands().main(list(arguments), prog_name="familyflow", standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        tell_problems(error)
        return BAD_INPUT
    except _BadUse as error:
        _tell_usage(error)
        return BAD_INPUT
    except MachineError as error:
        note(f"familyflow: {error}")
        return MACHINE
    except RefusedError as error:
        note(f"familyflow: {error}")
        return REFUSED
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except (NobodyReadsError, BrokenPipeError):
        _let_go_of_stdout()
        return 0
    except MemoryError:
        note("familyflow: this machine has too little memory. Try fewer --workers or --draws.")
        return MACHINE
    except OSError as error:
        if not is_about_the_machine(error):
            raise
        note(f"familyflow: {explain_error(error, _place_of(error))}")
        return MACHINE
    if code == INTERRUPTED:
        note("familyflow: stopped. Nothing half-finished was left.")
    return code if isinstance(code, int) else 0


@cache
def _all_commands() -> Any:
    """The commands with their options, made once: who answers many times does not wait for it."""
    return typer.main.get_command(app)


def _tell_usage(error: Exception) -> None:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "familyflow"
    said = getattr(error, "format_message", error.__str__)()
    note(f"{path}: {one_line(said)}\n    See '{path} --help'.")


def _open_what_is_closed() -> None:
    """A caller may have closed stdout or stderr: what is written there then goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def _must_stand_somewhere() -> None:
    try:
        os.getcwd()
    except FileNotFoundError:
        raise MachineError("the current folder is gone; change to another and try again") from None


def _never_fail_on_a_letter(stream: object) -> None:
    """On a terminal without, say, a pound sign, show its code rather than fail."""
    reconfigure = getattr(stream, "reconfigure", None)  # a stream put in its place may lack it
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _let_go_of_stdout() -> None:
    """Nobody reads stdout any more; without this Python complains once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _place_of(error: OSError) -> str:
    return one_line(os.fsdecode(error.filename)) if error.filename else "the output"
