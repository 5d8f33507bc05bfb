"""The printed sweep: how it was made, tables no wider than the page, and everything weak named."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reports.swept import (
    FOSTER,
    GROUP,
    LONG_LABEL,
    METHODS,
    factor,
    said,
    swept,
    told_again,
)

from familyflow.reports.sensitivity import WIDTH, sensitivity_text

MINUS = "\N{MINUS SIGN}"
READS = {
    "tornado": "One number at a time (tornado)",
    "grid": "Two numbers together (grid)",
    "switching": "One number at a time (switching values)",
    "morris": "Screening (Morris)",
    "sobol": "Shares of the spread (Sobol)",
    "pawn": "Gaps (PAWN)",
}


def _flat(text: str) -> str:
    """A page in one line."""
    return " ".join(text.split())


def _row(results: Any, label: str) -> str:
    """The line of a table that begins with a label."""
    (found,) = [line for line in sensitivity_text(results).splitlines()
                if line.startswith(f"  {label}")]  # fmt: skip
    return _flat(found)


def _many(method: str, rows: str, count: int, made: Any) -> Any:
    """Results with so many numbers of long labels."""
    results = swept(method)
    labels = [f"{k}. {LONG_LABEL}" for k in range(count)]
    results["factors"] = [
        factor(f"costs.n{k}", label, "GBP per child-week", (1e3, 2e3, 3e3), "assumed")
        for k, label in enumerate(labels)
    ]
    results["targets"][0][rows] = [made(f"costs.n{k}", k) for k in range(count)]
    results["targets"][0]["switches"] = []
    return told_again(results)


@pytest.mark.parametrize("method", METHODS)
def test_the_page_says_what_was_varied_and_how(method: str) -> None:
    text = _flat(sensitivity_text(swept(method)))

    assert text.startswith("What moves the result of core_offer: Core offer")
    together = method in ("morris", "sobol")
    of_which = ", of which 2 move together in 1 group." if together else ". "
    assert f"Varied: 7 numbers{of_which}" in text
    assert READS[method] in text
    assert "112 points, 4 replications of each; seed 7." in text
    assert "2024-25 prices, discounting gb_standard; savings within 5 years" in text
    assert f"Net saving, with every number as stated: {MINUS}£800,000" in text


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("morris", "16 paths, 112 points"), ("sobol", "16 base points (n), 112 points"),
        ("pawn", "16 draws, 112 points"),
    ],
)  # fmt: skip
def test_n_is_told_in_the_words_of_the_method(method: str, told: str) -> None:
    assert told in _flat(sensitivity_text(swept(method)))


@pytest.mark.parametrize(
    ("luck", "told"),
    [
        ("a factor", "Chance is varied as a factor of its own"),
        ("common", "Every point meets the same stretches of luck"),
        ("of each draw", "Every draw has luck of its own"),
    ],
)
def test_whose_luck_it_is_stands_in_words(luck: str, told: str) -> None:
    assert told in _flat(sensitivity_text(swept("tornado") | {"luck": luck}))


@pytest.mark.parametrize("method", METHODS)
def test_no_line_is_wider_than_the_page(method: str) -> None:
    results = swept(method)
    results["factors"][0]["label"] = f"{LONG_LABEL}, and {LONG_LABEL}"
    results["warnings"] = [LONG_LABEL * 2]

    text = sensitivity_text(told_again(results))

    assert max(len(line) for line in text.splitlines()) <= WIDTH == 100
    assert text.endswith("service\n")


@pytest.mark.parametrize("method", METHODS)
def test_every_sentence_is_printed(method: str) -> None:
    results = swept(method)
    text = _flat(sensitivity_text(results))

    assert results["targets"][0]["sentences"]
    assert all(f"- {one}" in text for one in results["targets"][0]["sentences"])


def test_a_label_is_printed_whole_over_several_lines() -> None:
    text = sensitivity_text(swept("tornado"))
    lines = text.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("  Share of families passed"))

    words = [line[2:34] for line in lines[first : first + 6]]
    assert _flat(" ".join(words)).startswith(LONG_LABEL)


def test_fifteen_rows_are_printed_and_the_rest_counted() -> None:
    results = _many("tornado", "bars", 40, lambda name, k: {
        "factor": name, "at_lower": 0.0, "at_upper": 100.0 - k})  # fmt: skip
    text = sensitivity_text(results)

    table = text.split("Assumed,")[0]
    assert [f"  {k}. Share" in table for k in range(16)] == [True] * 15 + [False]
    assert "25 more in the tables folder" in text


def test_a_tornado_has_both_ends_and_says_what_is_not_known() -> None:
    results = swept("tornado")

    assert _row(results, "Foster placement") == (
        f"Foster placement, a week {MINUS}£1.3 million {MINUS}£300,000"
    )
    assert _row(results, "Two needs") == f"Two needs not known {MINUS}£700,000 assumed"


def test_numbers_without_checked_evidence_are_marked_and_named() -> None:
    results = swept("tornado")
    text = _flat(sensitivity_text(results))

    assert _row(results, "Share who attend").endswith("unverified")
    assert _row(results, "Children looked after").endswith("assumed")
    assert not _row(results, "Growth of referrals").endswith(("assumed", "unverified"))
    assert "Unverified (recalled, no source checked yet): Share who attend." in text
    assert "Children looked after, 0.6 to 1.1;" in text.split("Assumed, of those shown")[1]
    assert "recalled" not in text.replace("(recalled, no source", "")


def test_switching_values_say_from_where_the_result_is_above_zero() -> None:
    results = swept("switching")

    assert _row(results, "Foster placement").endswith("£900 from £1,230")
    assert _row(results, "Children looked after").endswith("0.8 up to 0.65 assumed")
    assert _row(results, "Share who attend").endswith("30% at none tried unverified")
    assert _row(results, "Growth").endswith("0 from 0.06 (3 turns)")


def test_morris_says_how_to_read_its_columns_and_why_a_group_has_no_sigma() -> None:
    results = swept("morris")
    text = _flat(sensitivity_text(results))

    assert _row(results, "Foster placement").endswith("£500,000 ± £40,000 £90,000")
    assert _row(results, "Needs together").endswith("£480,000 ± £50,000 a group: none assumed")
    assert "mu*: how far the net saving moves on the mean" in text
    assert "sigma: how unequal those moves are" in text
    assert "A group has no sigma: its numbers take their steps in different directions" in text


def test_without_a_group_nothing_is_said_of_missing_sigmas() -> None:
    results = swept("morris")
    moves = results["targets"][0]["moves"]
    results["targets"][0]["moves"] = [row for row in moves if row["factor"] != GROUP]

    assert "A group has no sigma" not in sensitivity_text(results)


def test_sobol_tells_what_its_shares_mean_and_how_much_is_chance() -> None:
    results = swept("sobol")
    text = _flat(sensitivity_text(results))

    assert _row(results, "Foster placement").endswith("40% ± 2% 50% ± 1.5% 1")
    assert _row(results, "Share of families passed").endswith("1% ± 1.5% none assumed")
    assert "S1: the share of the spread of the net saving that would go" in text
    assert "ST: the share that would be left if all others were known" in text
    assert "Chance, which no evidence takes away: 7% of the spread alone, 12% in all." in text

    results["targets"][0]["chance"] = None
    assert "Chance, which" not in sensitivity_text(results)


def test_pawn_tells_the_floor() -> None:
    results = swept("pawn")
    text = sensitivity_text(results)

    assert "The floor is 0.070" in text
    assert _row(results, "Share who attend").endswith("0.050 not told from none unverified")
    assert text.index("  Foster placement") < text.index("  Share who attend")


def test_a_grid_is_a_table_with_what_is_not_known() -> None:
    text = sensitivity_text(swept("grid"))

    assert "  Down: Children looked after" in text
    assert "  Across: Foster placement, a week" in text
    lines = [_flat(line) for line in text.splitlines()]
    heading = lines.index("£700 £900 £1,300")
    # the highest first, as it is drawn
    assert [line.split()[0] for line in lines[heading + 1 : heading + 4]] == ["1.1", "0.8", "0.6"]
    assert f"0.8 {MINUS}£160,000 not known {MINUS}£40,000" in lines


def test_a_wide_grid_is_thinned_and_keeps_both_ends() -> None:
    cells = [{"first": 1.0 * x, "second": 0.01 * y, "output": x - y}
             for x in range(40) for y in range(30)]  # fmt: skip
    text = sensitivity_text(swept("grid", cells=cells))

    (header,) = [line.split() for line in text.splitlines() if line.split()[:2] == ["£0", "£6.00"]]
    assert (header[0], header[-1], len(header)) == ("£0", "£39.00", 7)
    assert text.index("\n  0.29 ") < text.index("\n  0 ")
    assert "all are in the tables folder" in text
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_points_without_an_answer_come_with_their_commands_whole() -> None:
    command = "familyflow run core_offer --seed 7 " + " ".join(
        f"--assume costs.number_{k}=12345.678" for k in range(9)
    )
    point = {"point": 12, "reason": "no family starts", "command": command}
    text = sensitivity_text(swept("tornado") | {"quarantined": [point]})

    assert "1 point gave no answer." in text
    assert "point 12: no family starts" in text
    assert f"    {command}\n" in text


def test_where_nothing_moves_a_result_there_is_no_table() -> None:
    results = swept("pawn", nothing_moves=True)
    text = sensitivity_text(results)

    assert said(results)[0] in text
    assert "Foster placement" not in text.split("as stated")[1].split("Unverified")[0]
    assert "floor" not in text


def test_every_target_has_its_own_part() -> None:
    results = swept("tornado")
    other = swept("tornado", target="flow.weeks", label="Weeks in care avoided", unit="weeks",
                  stated=None)  # fmt: skip
    results["targets"] += other["targets"]
    text = sensitivity_text(results)

    assert text.index("Net saving, with") < text.index("Weeks in care avoided, with")
    assert "Weeks in care avoided, with every number as stated: not known" in text


def test_two_numbers_of_one_label_are_told_apart_by_their_keys() -> None:
    results = swept("pawn")
    for row in results["factors"][:2]:
        row["label"] = "The same"
    text = _flat(sensitivity_text(results))

    assert f"The same ({FOSTER})" in text
    assert "The same (effects.ratio)" in text


@pytest.mark.parametrize(
    ("window", "page", "sentence"),
    [
        ("follow_up", "savings within 5 years from", "within 5 years from each family's referral."),
        ("budget", "savings of the term only", "within the 5 years of the term."),
        ("everything", "savings of all years followed", "over everything followed."),
    ],
)
def test_the_window_of_what_is_counted_is_said(window: str, page: str, sentence: str) -> None:
    results = told_again(swept("tornado") | {"window": window})

    assert page in _flat(sensitivity_text(results))
    assert said(results)[0].endswith(f"the service would save more than it costs {sentence}")
