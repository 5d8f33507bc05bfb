"""The web page as people wait for it: a page, a first rough answer, fifty readers at once, memory.

python -m benchmarks.web [READERS]

A server of its own in a fresh process, asked over this machine's own network. Wall seconds, since
that is what a person waits; the load of the machine is told beside them. Kept in
benchmarks/results/web.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import quantiles

import httpx

from benchmarks.measure import Row, machine, show, skipped, spread
from benchmarks.start_up import environment

KEPT = Path(__file__).parent / "results" / "web.json"
ROUNDS = 9
READERS = 50
PAGES_EACH = 6
DRAWS = 200
OPTIONS = {
    2: ("core_offer", "grant_cut_20"),
    4: ("core_offer", "grant_cut_20", "two_more_key_workers", "no_service"),
}
PAGES = {"start": "/", "the evidence, all of it": "/evidence", "a cost case": "/cost-case"}
PAGE_SECONDS, ROUGH_SECONDS = 1.0, 3.0
PATIENCE = 600.0  # seconds after which what is waited for is not coming
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address and the number of the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "familyflow", "web", "--port", "0", "--out", str(folder)],
        env=environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stderr is not None
        found = re.search(r"http://[\d.:]+", process.stderr.readline())
        assert found is not None, "the server did not say where it is"
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait()


class Reader(httpx.Client):
    """A browser without scripts, with a cookie of its own."""

    def __init__(self, address: str) -> None:
        super().__init__(base_url=address, timeout=PATIENCE, follow_redirects=True)

    def read(self, page: str) -> float:
        """Seconds until the page is there."""
        began = time.perf_counter()
        answer = self.get(page)
        seconds = time.perf_counter() - began
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        return seconds

    def send_form(self, address: str, **fields: str) -> httpx.Response:
        """Send a form of ours."""
        token = _TOKEN.search(self.get("/").text)
        assert token is not None
        return self.post(address, data={"form_token": token[1], **fields})

    def compare(self, options: tuple[str, ...], seed: int) -> str:
        """Ask for a comparison; the address of its page."""
        draft = self.send_form("/", **{f"take-{name}": "yes" for name in options})
        fields = {"draws": str(DRAWS), "seed": str(seed), "do": "compare"}
        form = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', draft.text))
        bases = re.findall(r'<select id="(o\d-base)"', draft.text)
        form |= dict(zip(bases, options, strict=True)) | fields
        return str(self.post(str(draft.url), data=form).url)


def until(is_so: Callable[[], bool]) -> float:
    """Seconds until it is so."""
    began = time.perf_counter()
    while not is_so():
        if time.perf_counter() - began > PATIENCE:
            raise AssertionError("waited in vain")
        time.sleep(0.05)
    return time.perf_counter() - began


def warm(reader: Reader) -> None:
    """Let the workers stand and have done something once."""
    page = reader.compare(OPTIONS[2], 1)
    until(lambda: "/comparisons/" in str(reader.get(page).url))


def first_answers(address: str, count: int) -> Row:
    """Seconds from the button to a first rough answer, of so many options."""
    seconds = []
    for number in range(ROUNDS // 3):
        with Reader(address) as reader:
            began = time.perf_counter()
            page = reader.compare(OPTIONS[count], 100 * count + number)
            until(lambda page=page, reader=reader: _has_rough(reader.get(page)))
            seconds.append(time.perf_counter() - began)
            until(lambda page=page, reader=reader: "/comparisons/" in str(reader.get(page).url))
    name = f"web: from the button to a first rough answer, {count} options"
    return spread(name, seconds, "s", most=ROUGH_SECONDS)


def _has_rough(answer: httpx.Response) -> bool:
    return "A first rough answer</h2>" in answer.text or "/comparisons/" in str(answer.url)


def readers_at_once(address: str, count: int, comparison: str) -> list[Row]:
    """So many readers, each with several pages one after the other, all at the same time."""

    def read(_: int) -> list[float | None]:
        with Reader(address) as reader:
            pages = [*PAGES.values(), comparison, f"{comparison}/evidence", "/about"]
            return [_tried(reader, page) for page in pages[:PAGES_EACH]]

    with ThreadPoolExecutor(count) as pool:
        told = [one for each in pool.map(read, range(count)) for one in each]
    found = sorted(one for one in told if one is not None)
    cut = quantiles(found, n=20)
    name = f"web: {count} readers at once"
    return [
        Row(f"{name}, pages that failed of {len(told)}", told.count(None), most=0.0),
        Row(f"{name}, seconds to a page, p50", cut[9], "s"),
        Row(f"{name}, seconds to a page, p95", cut[18], "s"),
    ]


def _tried(reader: Reader, page: str) -> float | None:
    try:
        return reader.read(page)
    except (AssertionError, httpx.HTTPError):
        return None


def memory(pid: int) -> list[Row]:
    """Megabytes that the server and each of its workers hold now."""
    if not Path("/proc/self/status").exists():
        return [skipped("web: memory", "this system does not tell how much memory is held")]
    children = Path(f"/proc/{pid}/task/{pid}/children")
    rows = [Row("web: memory of the server", _megabytes(pid), "MB")]
    started = [int(one) for task in children.parents[1].glob("*/children")
               for one in task.read_text(encoding="ascii").split()]  # fmt: skip
    for number, one in enumerate(sorted(started), 1):
        rows.append(Row(f"web: memory of worker {number}", _megabytes(one), "MB"))
    return rows


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))


def measure(readers: int = READERS) -> list[Row]:
    """Every row, of one server."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, pid):
        with Reader(address) as reader:
            warm(reader)
            done = reader.get("/").text
            (comparison, *_) = re.findall(r'href="(/comparisons/[^"]+)"', done)
            rows = [
                spread(f"web: a page, {name}", [reader.read(page) for _ in range(ROUNDS)], "s",
                       most=PAGE_SECONDS)
                for name, page in {**PAGES, "an answer": comparison}.items()
            ]  # fmt: skip
        rows += [first_answers(address, count) for count in OPTIONS]
        rows += readers_at_once(address, readers, comparison)
        return rows + memory(pid)


def main(readers: int) -> None:
    """Measure, print and keep."""
    before = machine()
    made = measure(readers)
    show(made)
    told = [asdict(row) | {"goal": row.goal, "met": row.met} for row in made]
    kept = {"machine": before, "load_average_after": machine()["load_average"], "measures": told}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else READERS)
