"""``familyflow voi``: what it is worth to know more before choosing."""

from __future__ import annotations

from familyflow.cli import numbers, options
from familyflow.cli.compare import PriceYear, Scenarios
from familyflow.cli.finished import show_finished
from familyflow.cli.output import note
from familyflow.cli.progress import progress
from familyflow.experiments.engine_names import DEFAULT_ENGINE, check_engine
from familyflow.experiments.follow_up import check_follow_up
from familyflow.problems import Problems


def voi(
    scenarios: Scenarios,
    draws: options.Draws = None,
    replications: options.Replications = "1",
    seed: options.Seed = None,
    set_: options.Sets = None,
    parameters: options.ParameterFiles = None,
    price_year: PriceYear = None,
    engine: options.Engine = DEFAULT_ENGINE,
    workers: options.Workers = None,
    follow_up: options.FollowUp = "sampled",
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Ask what more knowledge is worth.

    Before choosing between these options: of everything (EVPI), of one number or a group of them
    (EVPPI), and of a study with so many families (EVSI).
    """
    typed = Problems()
    many, each = typed.reading((None, 1), numbers.draws_and_replications, draws, replications)
    start = typed.reading(None, numbers.seed, seed)
    processes = typed.reading(None, numbers.workers, workers)
    typed.reading(None, check_engine, engine)
    typed.reading(None, check_follow_up, follow_up)
    typed.raise_if_any()
    from familyflow.api import voi as worth_knowing

    with progress(quiet=quiet) as show:
        result = worth_knowing(
            *scenarios,
            draws=many,
            replications=each,
            seed=start,
            sets=tuple(set_ or ()),
            parameter_files=tuple(parameters or ()),
            price_year=price_year,
            engine=engine,
            workers=processes,
            out=out,
            follow_up=follow_up,
            progress=show,
            say=note,
        )
    show_finished(result, as_json=as_json)
