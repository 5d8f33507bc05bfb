"""A chart in a page: only shapes, ids of its own, nothing that runs or reaches outside."""

from xml.etree import ElementTree

from familyflow.reports.documents.svg import inline

HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="9pt" height="9pt" onload="alert(1)"><script>alert(2)</script><title>x</title>
 <style>* {background: url(http://example.org/a)}</style><foreignObject><b>no</b></foreignObject>
 <a xlink:href="http://example.org"><path d="M 0 0"/></a>
 <defs><path id="p" d="M 0 0"/><clipPath id="c"><rect width="1"/></clipPath></defs>
 <g id="g" clip-path="url(#c)" onclick="alert(3)" style="fill: url(https://example.org/b)">words
 <use xlink:href="#p"/><use xlink:href="http://example.org/e"/></g></svg>"""


def test_only_shapes_are_left_and_none_reaches_outside():
    drawn = inline(HOSTILE, "chart", "Bars.")

    for bad in ("script", "alert", "style", "foreignObject", "example.org", "words", "<a"):
        assert bad not in drawn
    assert 'clip-path="url(#chart-c)"' in drawn


def test_two_charts_share_no_id_and_each_finds_its_own():
    pages = [ElementTree.fromstring(inline(HOSTILE, name, "Bars.")) for name in ("one", "two")]

    ids = [[e.get("id") for e in page.iter() if e.get("id")] for page in pages]
    assert set(ids[0]).isdisjoint(ids[1])
    uses = [e.get("href") for e in pages[0].iter("use") if e.get("href")]
    assert uses == ["#one-p"]


def test_a_chart_is_read_out_in_its_own_words_whatever_they_hold():
    root = ElementTree.fromstring(inline(HOSTILE, "chart", 'Bars "<b>" & more.'))

    assert (root.get("role"), root.get("aria-label")) == ("img", 'Bars "<b>" & more.')
