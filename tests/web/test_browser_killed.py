"""A server that is killed with work in hand: started again, the same address has the result."""

import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from tests.cli.conftest import environment
from tests.web.browser import LONG, chromium, needs_browser, watched

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
__all__ = ["chromium", "watched"]
pytestmark = needs_browser


@contextmanager
def served(out, port="0"):
    """The page as its own process, and its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "familyflow", "web", "--port", port, "--out", str(out)],
        env=environment(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield process, re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())[1]
    finally:
        process.kill()
        process.communicate()


def test_the_address_of_work_outlives_the_server_and_the_browser(tmp_path, watched):
    with served(tmp_path) as (process, port):
        page = watched.visitor(f"http://127.0.0.1:{port}", scripts=False)
        page.goto("/")
        page.get_by_role("button", name="Set these side by side").click()
        page.locator("summary").click()
        page.fill("#draws", "600")
        page.get_by_role("button", name="Compare these options").click()
        expect(page.locator("#words")).to_contain_text(re.compile(r"\d of \d"), timeout=LONG)
        work = page.url
        page.context.close()
        process.kill()
        process.wait()

    with served(tmp_path, port):
        page = watched.visitor(f"http://127.0.0.1:{port}")
        page.goto(work)
        page.wait_for_url("**/comparisons/*", timeout=LONG)
        expect(page.locator("h1")).to_have_count(1)
