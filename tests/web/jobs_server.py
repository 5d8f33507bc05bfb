"""A server's jobs without its pages, for tests that kill it: asks for what it is told to ask."""

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "model"), str(ROOT)]


def main(out, *asked):
    from tests.web.jobs_kit import LIMITS, workers_of

    from familyflow.web.jobs.jobs import Jobs

    jobs = Jobs(Path(out), LIMITS)
    jobs.start()
    ids = [jobs.ask("compare", json.loads(one), "somebody", "/") for one in asked]
    print(json.dumps({"ids": ids, "workers": workers_of(jobs)}), flush=True)
    while True:
        at_work = [job_id for job_id in ids if jobs.get(job_id).stage]
        if at_work:
            print(json.dumps({"at_work": at_work}), flush=True)
            break
        time.sleep(0.05)
    time.sleep(600.0)


if __name__ == "__main__":
    main(*sys.argv[1:])
