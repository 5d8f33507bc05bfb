"""What would change an answer: told from what is known, asked as work, and told when it is done."""

import re

import pytest
from tests.web.answer_app import Job
from tests.web.finished import LOCAL, Read, compared, compared_in, hostile, made_once

import familyflow
from familyflow.reports.documents.page.turning import given_up, turning_points, turns
from familyflow.web.answers.findings import of_knowing
from familyflow.web.answers.questions import LEAST_DRAWS, QUESTIONS, asked_of, question_named
from familyflow.web.answers.runs import comparison
from familyflow.web.jobs.asked import check_asked
from familyflow.web.settings import Limits

__all__ = ["compared", "hostile", "made_once"]
NAMES = [one.name for one in QUESTIONS]


@pytest.fixture
def asked(compared):
    """The comparison with no job asked of it yet."""
    compared.jobs.noted.clear()
    yield compared
    compared.jobs.noted.clear()


@pytest.fixture(scope="session")
def answers(made_once, compared):
    """Runs that answer a question each, as jobs leave them beside the comparison."""
    out = compared.folder.parent

    def sweep(method):
        own = {"method": method, "vary": [LOCAL], "replications": 1, "seed": 3}
        return familyflow.sweep("core_offer", **own, out=out)

    return {
        "tornado": sweep("tornado"),
        "switching": sweep("switching"),
        "knowing": familyflow.voi("core_offer", "no_service", draws=50, seed=3, out=out),
    }


def ask(compared, name, **more):
    """Send the form of a question with the token of its page."""
    (token, *_) = re.findall(r'name="form_token" value="(\w+)"', compared.get("/change").text)
    form = {"form_token": token, **more}
    return compared.client.post(f"{compared.at}/change/{name}", data=form)


def noted(compared, name, **more):
    """A job that asks the question."""
    ask(compared, name)
    job = compared.jobs.noted[-1]
    for field, value in more.items():
        setattr(job, field, value)
    return job


def test_everything_that_the_comparison_knows_is_told(compared):
    said = Read(compared.get("/change").text).said
    results = compared.results

    assert len(turning_points(results)) > 1
    assert not re.search(r"from (budget|follow|everything)|If this changes", turns(results))
    assert " ".join(turning_points(results)) == turns(results)
    for sentence in (*turning_points(results), *given_up(results)):
        assert " ".join(sentence.split()) in said
    assert said.count("to pay for itself in public money") == len(results["competing"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_is_what_jobs_take(asked, name):
    job = noted(asked, name)

    check_asked(job.kind, job.asked, Limits())


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_asked_with_the_inputs_of_the_comparison(asked, name):
    answered = ask(asked, name)

    (job,) = asked.jobs.noted
    assert answered.status_code == 303
    assert answered.headers["location"] == f"/jobs/{job.id}"
    assert job.then == f"{asked.at}/change"
    check_asked(job.kind, job.asked, Limits())  # as real jobs do
    assert job.asked["comparison"] == asked.folder.name
    assert job.asked["seed"] == asked.results["seed"]
    if name == "knowing":
        assert job.kind == "voi"
        assert job.asked["scenarios"] == [row["option"] for row in asked.results["options"]]
        assert job.asked["draws"] == LEAST_DRAWS > asked.results["draws"]
    else:
        assert job.kind == "sweep"
        assert job.asked["scenario"] == "core_offer"
        assert job.asked["method"] == name


def test_which_option_is_looked_at_is_said(asked):
    said = Read(asked.get("/change").text).said
    told = re.findall(r"asks about the net saving of .(.*?). alone, the first", said)
    assert told == ["Core offer", "Core offer"]


def test_files_and_all_that_was_set_go_with_the_question(hostile):
    hostile.jobs.noted.clear()
    ask(hostile, "tornado")

    (job,) = hostile.jobs.noted
    assert job.asked["scenario"].endswith("ours_1.yaml")
    assert [file[-11:] for file in job.asked["parameter_files"]] == ["prices.yaml"]
    hostile.jobs.noted.clear()


def test_a_price_year_that_was_asked_for_holds_for_the_question_too(tmp_path):
    own = {"draws": 2, "seed": 1, "structures": False, "price_year": "2023/24", "out": tmp_path}
    made = compared_in(familyflow.compare("core_offer", "no_service", **own).folder)

    ask(made, "tornado")

    assert made.jobs.noted[0].asked["sets"] == ["appraisal.price_year=2023/24"]


def test_a_form_without_our_code_asks_nothing(asked):
    answered = asked.client.post(f"{asked.at}/change/tornado", data={"form_token": "0" * 64})

    assert answered.status_code == 403
    assert not asked.jobs.noted


def test_a_question_that_there_is_not_is_not_asked(asked):
    assert ask(asked, "anything").status_code == 404
    assert not asked.jobs.noted


def test_how_long_it_takes_is_said_before_it_is_asked(asked):
    assert Read(asked.get("/change").text).said.count("This takes about a minute") == len(NAMES)


@pytest.mark.parametrize("state", ["waiting", "at work"])
def test_what_is_being_worked_out_is_not_asked_again(asked, state):
    job = noted(asked, "tornado", state=state)

    text = asked.get("/change").text
    assert f'href="/jobs/{job.id}"' in text
    assert f'action="{asked.at}/change/tornado"' not in text
    assert f'action="{asked.at}/change/knowing"' in text


def test_what_could_not_be_worked_out_says_why_and_can_be_asked_again(asked):
    problem = {"what": "the file <b>x</b> is gone", "to_do": "Put it back."}
    noted(asked, "switching", state="failed", problems=[problem])

    text = asked.get("/change").text
    assert "the file &lt;b&gt;x&lt;/b&gt; is gone. Put it back." in text
    assert f'action="{asked.at}/change/switching"' in text


@pytest.mark.parametrize("name", ["tornado", "switching"])
def test_a_sweep_is_told_with_its_sentences_its_table_and_its_chart(asked, answers, name):
    made = answers[name]
    noted(asked, name, state="done", run=made.folder.name)

    text = asked.get("/change").text
    page = Read(text)
    sentences = made.results["targets"][0]["sentences"]
    assert sentences
    assert all(" ".join(one.split()) in page.said for one in sentences)
    assert "Salary of a family key worker" in page.said
    (chart,) = [one for one in page.all("img") if made.folder.name in one["src"]]
    assert asked.client.get(chart["src"]).status_code == 200
    assert f'action="{asked.at}/change/{name}"' not in text


def test_what_is_too_rough_to_tell_is_said_to_be_so(asked, answers):
    made = answers["knowing"]
    assert made.results["too_rough"]
    noted(asked, "knowing", state="done", run=made.folder.name)

    said = Read(asked.get("/change").text).said
    assert "With 50 draws this cannot be told" in said
    assert f"up to {Limits().draws:,} here" in said


def test_where_no_more_draws_are_taken_it_is_said_what_takes_them(asked, answers):
    found = comparison(asked.folder.parent, asked.folder.name)

    (told,) = of_knowing(answers["knowing"].results, found, most_draws=50)

    assert "no more than 50; the command familyflow voi does" in told


def test_more_draws_than_a_job_may_make_are_never_asked_for(asked):
    found = comparison(asked.folder.parent, asked.folder.name)

    assert asked_of(question_named("knowing"), found, 1_500)["draws"] == 1_500


def test_what_finding_out_is_worth_is_said_in_plain_words(asked, answers):
    found = comparison(asked.folder.parent, asked.folder.name)
    worth = [
        {"parameter": LOCAL, "value": 12_345.0},
        {"parameter": "families.needs.combinations[none]", "value": 2_000.0},
        {"parameter": "service.key_work.attendance", "value": 1.0},
    ]
    results = {**answers["knowing"].results, "too_rough": False, "evppi": worth, "floor": 5.0}
    told = " ".join(of_knowing(results, found, 20_000))

    assert (
        "Finding out “Salary of a family key worker” before deciding is worth up to £12,300."
    ) in told
    assert "(none)” before deciding is worth up to £2,000." in told
    assert told.count("Finding out") == 2
    assert "core_offer" not in told


def test_questions_of_another_comparison_are_not_told_here(asked):
    elsewhere = {"comparison": "another-0123456789", "method": "tornado"}
    asked.jobs.noted.append(Job("f" * 32, "sweep", elsewhere, state="done", run="none"))

    assert f'action="{asked.at}/change/tornado"' in asked.get("/change").text
