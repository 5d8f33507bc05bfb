"""A cost case goes on being changeable after its documents were made."""

from familyflow.web.jobs.job import Job
from familyflow.web.jobs.table import Table


def test_making_documents_of_a_run_is_no_making_of_it(tmp_path):
    table = Table(tmp_path)
    run = "cost_case-0123456789"
    for name, kind in (("a" * 32, "run"), ("b" * 32, "report")):
        table.add(Job(name, kind, {"run": run}, "s", "/", "waiting", "2026-01-01T00:00:00+00:00"))
        table.change(name, state="done", run=run)

    found = table.of_run(run)
    table.close()

    assert found is not None
    assert found.kind == "run"
