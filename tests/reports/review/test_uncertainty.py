"""The statement on uncertainty says what the run found, and no more."""

from dataclasses import replace

from familyflow.reports.review.ratings import RED
from familyflow.reports.review.uncertainty import statement


def told(reviewed, log, **money):
    """The statement of a run with some figures of money in place of its own."""
    results = {**reviewed.results, "money": {**reviewed.results["money"], **money}}
    changed = replace(reviewed, told=replace(reviewed.told, results=results))
    return dict(statement(changed, log))


def test_the_shares_of_chance_are_those_of_the_run(reviewed, log):
    net = {**reviewed.results["money"]["net_saving"], "low": -5.0, "high": 5.0}
    known = {**net, "share_of_chance_measured": 0.62, "share_of_chance": 0.6}
    unknown = {k: v for k, v in net.items() if not k.startswith("share_of_chance")}

    said = told(reviewed, log, net_saving=known)["Chance"]
    assert "about 62% is chance" in said
    assert "60% is taken out" in said
    assert "was not measured" in told(reviewed, log, net_saving=unknown)["Chance"]


def test_an_answer_without_a_spread_or_a_service_claims_no_doubt(reviewed, log):
    net = {**reviewed.results["money"]["net_saving"], "mean": 0.0, "low": 0.0, "high": 0.0}
    cost = {**reviewed.results["money"]["cost"], "mean": 0.0}

    said = told(reviewed, log, net_saving=net, cost=cost)
    assert said["Chance"].startswith("The net saving is the same in every draw.")
    assert "There is no service here" in said["The answer"]


def test_only_numbers_that_luck_cannot_explain_are_named(reviewed, log):
    quiet = [replace(one, impact=replace(one.impact, colour="Amber")) for one in log]
    loud = [replace(one, impact=replace(one.impact, colour=RED)) for one in log if one.rank == 1]

    name = "What is not known of the numbers"
    assert "No single number can be told from luck" in told(reviewed, quiet)[name]
    assert loud[0].label[1:] in told(reviewed, loud)[name]
