"""The first answer of a comparison is its own answer for fewer draws."""

import pytest

from familyflow import api
from familyflow.experiments.options.rough import FIGURES, SHARE
from familyflow.problems import InputError, RefusedError

OPTIONS, DRAWS, SEED = ("core_offer", "grant_cut_20", "no_service"), 12, 5
pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    whole = api.compare(*OPTIONS, draws=DRAWS, seed=SEED, structures=False, out=out)
    return api.rough(*OPTIONS, draws=DRAWS, seed=SEED), whole


def test_the_means_are_those_of_the_comparison_to_the_digit(both):
    first, whole = both

    for told, full in zip(first["options"], whole.results["options"], strict=True):
        for name, key in FIGURES.items():
            part, _, figure = key.partition(".")
            assert told["figures"][name] == full[part][figure]["mean"], name


def test_the_share_of_draws_with_a_net_saving_is_that_of_the_comparison(both):
    first, whole = both

    for told, full in zip(first["options"], whole.results["options"], strict=True):
        assert told["figures"][SHARE] == full["one_service"]["probability_net_saving"]


def test_it_says_what_it_is_of(both):
    first, whole = both

    assert first["draws"] == DRAWS
    assert first["price_year"] == whole.results["price_year"]
    assert first["term_years"] == whole.results["term_years"]
    assert [one["name"] for one in first["options"]] == list(OPTIONS)
    assert all(one["title"] for one in first["options"])


def test_what_no_service_cannot_have_is_none_and_what_it_is_nothing_of_is_nought(both):
    figures = both[0]["options"][-1]["figures"]

    assert figures["cost_per_family_started"] is None
    assert figures["mean_wait_weeks"] is None
    assert figures["families_started"] == 0.0
    assert figures["cost"] == 0.0


def test_another_seed_is_another_answer(both):
    again = api.rough(*OPTIONS, draws=DRAWS, seed=SEED + 1)

    assert again["options"][0]["figures"] != both[0]["options"][0]["figures"]


def test_it_refuses_what_a_comparison_refuses():
    with pytest.raises(InputError, match="there is no scenario"):
        api.rough("core_offer", "nowhere", draws=2)
    with pytest.raises(RefusedError):
        api.rough("core_offer", "reaching_communities_bid", draws=2)


def test_it_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    api.rough("core_offer", "grant_cut_20", draws=2)

    assert list(tmp_path.iterdir()) == []
