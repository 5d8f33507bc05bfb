"""``familyflow web``: the commissioner's page, in a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from familyflow.cli import options
from familyflow.cli.output import note
from familyflow.experiments.typed_numbers import whole_number
from familyflow.problems import Problems, bad_input
from familyflow.web.settings import ANY, HERE, PORT, is_here


def web(
    port: Annotated[
        str, typer.Option("--port", metavar="N", help="Where to listen; 0 for any that is free.")
    ] = str(PORT),
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Another address than this machine's.")
    ] = HERE,
    for_others: Annotated[
        bool,
        typer.Option("--for-others", help="Let other machines ask, with a token that is printed."),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A name the server is asked by; repeatable."),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help="A reverse proxy on this machine stands before it."),
    ] = False,
    out: options.Out = options.OUTPUTS,
) -> None:
    """Compare options in a browser.

    Serves pages on this machine alone until Ctrl-C. Runs are kept where the command line keeps
    them. Nothing is asked of the internet.
    """
    typed = Problems()
    at = typed.reading(0, lambda: whole_number(port, "--port", least=0, most=65535))
    if not is_here(host) and not for_others:
        typed.add(
            "command line", 0, 0, f"--host {host} would let other machines ask",
            "Add --for-others if that is meant; a token is then printed.",
        )  # fmt: skip
    if host in ANY and not name:
        typed.add(
            "command line", 0, 0, f"--host {host} names nothing that browsers could ask for",
            "Add --name with the name or address of this machine, as others write it.",
        )  # fmt: skip
    typed.raise_if_any()
    try:
        from familyflow.web.serve import serve, settings_for
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"fastapi", "uvicorn", "starlette"}:
            raise
        raise bad_input(
            "the web page needs packages that are not installed",
            "Install them: pip install 'familyflow[web]', or -e '.[web]' in a checkout.",
        ) from None
    settings = settings_for(
        Path(out), host, at, tuple(name or ()), is_behind_proxy=behind_proxy
    )  # fmt: skip
    serve(settings, note)
