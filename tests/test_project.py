"""The project keeps its promises: README and checks in step, layers, dependencies, packaging."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import codespell_lib
import pytest
import yaml

import familyflow
from familyflow.experiments.quantity_names import quantities_of
from familyflow.experiments.readings import FIGURES_OF_FLOW, MONEY, SUMS_OF_FLOW
from familyflow.specification.journal import UNITS, Event

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(familyflow.__file__).resolve().parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

TRY_IT = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -e .         "
    "&& .venv/bin/familyflow run core_offer"
)
TEST_IT = (
    'python3 -m venv .venv && .venv/bin/python -m pip install -e ".[test]" '
    "&& .venv/bin/python -m pytest"
)
MOST_DEPENDENCIES = 18
HEAVY = {"SALib", "matplotlib", "numba", "pandas", "scipy", "seaborn"}
GRADES = set("ABCDE")
STATUSES = {"verified", "derived", "recalled", "assumed"}
# counted outcomes without an effect yet: machinery only, named by their parameter files
NOT_MONETISED = {file.stem for file in (ROOT / "parameters" / "outcomes").glob("*.yaml")}
# also British: the noun practice, the verb to license, a program of a computer
BRITISH_TOO = {"license", "licensed", "practice", "practices", "program", "programs", "story"}

in_a_checkout = pytest.mark.skipif(
    not (ROOT / "model").is_dir(), reason="builds the wheel from model/, which is not here"
)


def run_python(code: str, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that finds the package under test."""
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# The README and the continuous checks


def test_the_readme_shows_the_two_commands_on_its_first_screen() -> None:
    first_screen = README.splitlines()[:45]

    assert TRY_IT in first_screen
    assert TEST_IT in first_screen


@pytest.mark.skipif(shutil.which("bash") is None, reason="the checks are a bash script")
def test_the_continuous_checks_run_the_command_of_the_readme() -> None:
    shown = subprocess.run(
        ["bash", str(ROOT / ".ci" / "run"), "--show"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert shown.stdout.strip() == TEST_IT


def test_the_readme_links_to_files_that_exist() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "model/README.md", "outputs/README.md"]
)
def test_documents_name_only_commands_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"\bfamilyflow(?:\.exe)? ([a-z]+)", _code_of(text)))

    for command in sorted(named):
        asked = run_python("from familyflow.cli import main; main()", command, "--help")
        assert asked.returncode == 0, f"{document} names 'familyflow {command}': {asked.stderr}"


def _code_of(text: str) -> str:
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return "\n".join([*fenced, *inline])


def test_documents_and_parameters_are_spelt_the_british_way() -> None:
    american = _american_words() - BRITISH_TOO
    texts = [(file, _prose_of(file)) for file in _written_for_readers()]

    found = {
        (str(file.relative_to(ROOT)), word)
        for file, text in texts
        for word in re.findall(r"[a-z]+", text.lower())
        if word in american
    }

    assert found == set()


def _american_words() -> set[str]:
    table = Path(codespell_lib.__file__).parent / "data" / "dictionary_en-GB_to_en-US.txt"
    lines = table.read_text(encoding="utf-8").splitlines()
    return {word.strip() for line in lines for word in line.partition("->")[2].split(",")}


def _written_for_readers() -> list[Path]:
    folders = [ROOT / name for name in ("parameters", "scenarios", "model", "outputs")]
    files = [file for folder in folders for file in folder.rglob("*.md")]
    yamls = [file for folder in folders for file in folder.rglob("*.yaml")]
    return [*ROOT.glob("*.md"), *files, *yamls]


def _prose_of(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".yaml":
        return text
    return re.sub(r"^```.*?^```|`[^`\n]+`|\]\([^)]*\)", "", text, flags=re.MULTILINE | re.DOTALL)


def test_the_data_dictionary_names_every_event_of_the_journal() -> None:
    dictionary = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \d+ \| `(\w+)` \| ([^|]+) \|", dictionary, flags=re.MULTILINE))

    assert rows == {event.name.lower(): UNITS[event] for event in Event}


def test_the_data_dictionary_names_every_figure_and_quantity() -> None:
    dictionary = (ROOT / "outputs" / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([\w.<>]+)`", dictionary))

    flow = [f"flow.{name}" for name, *_ in (*SUMS_OF_FLOW, *FIGURES_OF_FLOW)]
    money = [f"money.{name}" for name in MONEY]
    quantities = {quantity.name for quantity in quantities_of((), ())}

    assert {*flow, *money} - explained == set()
    general = {re.sub(r"^(family|child)_years\..*", r"\1_years.<outcome>", q) for q in quantities}
    assert general - explained - NOT_MONETISED == set()


# Layers and imports


def test_each_layer_imports_only_those_below_it() -> None:
    checked = run_python(
        "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "scenarios/core_offer.yaml"]], ids=lambda words: words[0]
)
def test_nothing_heavy_is_imported_where_it_is_not_needed(arguments: list[str]) -> None:
    code = (
        "import json, sys\n"
        "from familyflow.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    print(stop.code or 0, file=sys.stderr)\n"
        "print('\\n' + json.dumps(sorted(sys.modules)))\n"
    )

    asked = run_python(code, *arguments)

    assert asked.returncode == 0, asked.stderr
    loaded = {name.partition(".")[0] for name in json.loads(asked.stdout.splitlines()[-1])}
    assert loaded & HEAVY == set()
    assert "familyflow" in loaded


def test_help_needs_no_arrays() -> None:
    asked = run_python(
        "import sys\n"
        "from familyflow.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    assert 'numpy' not in sys.modules\n",
        "--help",
    )

    assert asked.returncode == 0, asked.stderr


# Dependencies and packaging


def test_there_are_few_direct_dependencies_and_each_has_its_reason() -> None:
    names = [re.split(r"[<>=!~\[; ]", line)[0] for line in PROJECT["project"]["dependencies"]]

    reasons = dict(re.findall(r"^\| ([\w-]+) \| (.+) \|$", CONTRIBUTING, flags=re.MULTILINE))

    assert len(names) <= MOST_DEPENDENCIES
    assert [name for name in names if not reasons.get(name)] == []


def test_the_constraints_name_no_host_and_pin_every_dependency() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]

    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.split(r"[<>=!~\[; ]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - pinned == set()


def test_no_python_stands_among_parameters_and_scenarios() -> None:
    # hatchling takes such a folder for a package and the editable install loses its way
    assert [*(ROOT / "parameters").rglob("*.py"), *(ROOT / "scenarios").rglob("*.py")] == []


@in_a_checkout
def test_the_wheel_carries_the_types_marker_and_every_parameter_and_scenario(
    tmp_path: Path,
) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stderr

    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())

    assert "familyflow/py.typed" in held
    for name in ("journey.html.j2", "journey.css", "journey.js"):
        assert f"familyflow/reports/journey/{name}" in held
    assert "familyflow/reports/review/reviewers_pack.html.j2" in held
    assert "familyflow/records/example_cases.csv" in held
    for file in (ROOT / "model/familyflow/experiments/published/cases").glob("*.yaml"):
        assert file.relative_to(ROOT / "model").as_posix() in held
    assert "familyflow/_shipped/model/README.md" in held  # the pack is made of it
    for name in ("page.html.j2", "page.css", "page.typ"):
        assert f"familyflow/reports/documents/page/{name}" in held
    for folder in ("parameters", "scenarios"):
        for file in (ROOT / folder).rglob("*.yaml"):
            assert f"familyflow/_shipped/{file.relative_to(ROOT).as_posix()}" in held
    assert [name for name in held if "_shipped" in name and name.endswith(".py")] == []
    assert {name.partition("/")[0].partition("-")[0] for name in held} == {"familyflow"}


# Parameters: what every number must say about itself


def numbers() -> Iterator[tuple[str, dict[str, object]]]:
    """Every number of the shipped parameters with its name; benefit and cost lines hold none."""
    for file in sorted((ROOT / "parameters").rglob("*.yaml")):
        name = ".".join(file.relative_to(ROOT / "parameters").with_suffix("").parts)
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key, entry in entries.items() if isinstance(entries, dict) else []:
            if {"value", "table", "varies"} & entry.keys():
                yield f"{name}.{key}", entry


def test_every_number_says_what_it_is_and_where_it_is_from() -> None:
    silent = [
        f"{name}: {key}"
        for name, entry in numbers()
        for key in ("label", "unit", "grade", "status")
        if not entry.get(key)
    ]
    unsourced = [
        name
        for name, entry in numbers()
        if not entry.get("source") and not (entry["status"] == "assumed" and entry.get("note"))
    ]

    assert silent == []
    assert unsourced == []


def test_every_grade_and_status_is_one_we_know() -> None:
    strange = [
        name
        for name, entry in numbers()
        if entry.get("grade") not in GRADES or entry.get("status") not in STATUSES
    ]

    assert strange == []


def test_money_has_its_price_year() -> None:
    undated = [
        name
        for name, entry in numbers()
        if str(entry.get("unit", "")).startswith("GBP") and not entry.get("price_year")
    ]

    assert undated == []


def test_every_unit_cost_falls_wholly_on_somebody() -> None:
    shares = {name: entry["falls_on"] for name, entry in numbers() if "falls_on" in entry}

    assert [name for name, falls_on in shares.items() if abs(_total(falls_on) - 1.0) > 1e-9] == []


def _total(falls_on: object) -> float:
    assert isinstance(falls_on, dict)
    return sum(float(share) for share in falls_on.values())


def test_every_acceptance_case_names_a_test_that_there_is() -> None:
    told = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_/]+/test_[a-z_]+[.]py)::(test_[a-z0-9_]+)`", told)

    assert len(named) == told.count("::")
    for file, name in named:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), name


def test_the_benchmark_of_the_ledger_runs() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "ledger.py"), "100"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("100 lines") == 3
