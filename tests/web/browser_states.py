"""Finished runs for every page, and jobs in every state, so that a browser can come to each."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import familyflow
from familyflow.web.answers.questions import QUESTIONS, asked_of
from familyflow.web.answers.runs import comparison
from familyflow.web.drafts import started_from
from familyflow.web.routes.cost_case import USUAL

NAMES = ".names.json"
PROBLEM = {"what": "The machine has no room left", "to_do": "Tell whoever looks after it."}
DRAWS = 24
FEWEST_TO_KNOW = 50  # voi refuses fewer
MOST_DRAWS = 100  # of a further question
PAY = "unit_costs.staff.key_worker_salary"
ROUGH = {
    "draws": 100,
    "price_year": "2024/25",
    "options": [
        {"name": "four", "title": "A team of four, its name long enough to wrap", "figures": {
            "families_started": 301.5, "mean_wait_weeks": 7.25, "cost": 2_345_678.0,
            "fiscal_saving": 1_234_567.0, "net_saving": -1_111_111.0,
            "cost_per_family_started": 7_780.0, "care_weeks_avoided": 812.5,
            "share_of_draws_with_net_saving": 0.31}},
        {"name": "no_service", "title": "No service", "figures": dict.fromkeys((
            "families_started", "mean_wait_weeks", "cost", "fiscal_saving", "net_saving",
            "cost_per_family_started", "care_weeks_avoided",
            "share_of_draws_with_net_saving"))},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Runs:
    """Ids of finished runs in one folder. two: a comparison of two, which has its documents."""

    folder: Path
    four: str
    two: str
    case: str
    teams: str
    answers: dict[str, str]


def make_runs(out):
    """Make a run of every kind with few draws, and one file that names them."""
    few = {"draws": DRAWS, "out": out}
    two = familyflow.compare("core_offer", "no_service", structures=False, **few)
    familyflow.report(two.folder, to="html,xlsx")
    made = {"two": two, "case": familyflow.run(USUAL, **few)}
    made["teams"] = familyflow.staff("core_offer", posts=[2, 3], grant=200_000.0, **few)
    for method in ("tornado", "switching"):
        made[method] = familyflow.sweep(
            "core_offer", method=method, vary=[PAY], replications=1, out=out
        )
    made["knowing"] = familyflow.voi("core_offer", "no_service", draws=FEWEST_TO_KNOW, out=out)
    names = {name: one.folder.name for name, one in made.items()}
    (out / NAMES).write_text(json.dumps(names), encoding="utf-8")
    return two.folder


def runs_with(two, four):
    """The runs that were made with the comparison `two`, and another of four beside them."""
    folder = two.parent
    shutil.copytree(four, folder / four.name)
    names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    answers = {name: names.pop(name) for name in ("tornado", "switching", "knowing")}
    return Runs(folder, four.name, answers=answers, **names)


class Site:
    """The site as a browser comes to each state of it, with nobody at work."""

    def __init__(self, served, runs):
        self.address = str(served.base_url).rstrip("/")
        self.runs, self._app = runs, served.app
        self._jobs = served.app.state.jobs

    def draft(self, *names):
        """The address of a draft of these ready-made options."""
        return f"/options/{self._app.state.drafts.begin(started_from(names), 'somebody')}"

    def job(self, kind="compare", **state):
        """The address of a job in this state."""
        name = self._jobs.ask(kind, {"scenarios": ["core_offer"]}, "somebody", "/")
        self._jobs.asked[name] = replace(self._jobs.asked[name], **state)
        return f"/jobs/{name}"

    def answer(self, run):
        """Let every further question of a comparison be answered; its page."""
        found = comparison(self.runs.folder, run)
        for one in QUESTIONS:
            name = self._jobs.ask(one.kind, asked_of(one, found, MOST_DRAWS), "somebody", "/")
            self._jobs.asked[name] = replace(
                self._jobs.asked[name], state="done", run=self.runs.answers[one.name]
            )
        return f"/comparisons/{run}/change"

    def asking(self, run):
        """Let the further questions of a comparison be at work, and one of them have failed."""
        found = comparison(self.runs.folder, run)
        for one, state in zip(QUESTIONS, ("waiting", "at work", "failed"), strict=True):
            name = self._jobs.ask(one.kind, asked_of(one, found, MOST_DRAWS), "somebody", "/")
            told = (PROBLEM,) if state == "failed" else ()
            self._jobs.asked[name] = replace(self._jobs.asked[name], state=state, problems=told)
        return f"/comparisons/{run}/change"
