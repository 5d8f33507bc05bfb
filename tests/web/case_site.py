"""Finished runs with the site that shows them, and what a reader finds in its pages."""

import contextlib
import html
import re

from tests.web.conftest import NobodyAtWork, serving

from familyflow.web.settings import Settings

TAG = re.compile(r"<[^>]*>")
MISTAKE = re.compile(r'<li><a href="#([^"]+)">(.*?)</a></li>')
SELECT = re.compile(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
FORBIDDEN = re.compile(r"<style|<script|\sstyle=|\son\w+=", re.IGNORECASE)


@contextlib.contextmanager
def site_of(out, jobs=None):
    """The site of a folder of runs, nobody at work unless jobs are given."""
    with serving(Settings(out), jobs or NobodyAtWork()) as one, one:
        yield one


def words_in(page):
    """What a reader sees of a page, with single spaces."""
    plain = re.sub(r"</?(span|small|data)[^>]*>", "", page)
    return " ".join(html.unescape(TAG.sub(" ", plain)).split())


def same(text):
    return " ".join(str(text).split())


def mistakes_in(page):
    """The mistakes of the box at the top: field -> words."""
    return {field: html.unescape(words) for field, words in MISTAKE.findall(page)}


def fields_in(page):
    """Every field of the form that is posted, with what stands in it."""
    form = page[page.index('<form method="post"') :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") == "radio" and " checked" not in tag:
            continue
        found[given["name"]] = html.unescape(given["value"])
    for name, inside in SELECT.findall(form):
        options = re.findall(r'value="([^"]*)"( selected)?', inside)
        found[name] = next((value for value, is_chosen in options if is_chosen), options[0][0])
    found.pop("form_token")
    return found
