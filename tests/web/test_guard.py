"""Who may ask, how much may be sent, and what the browser must obey: S01 to S05, S10, S11, S15."""

import contextlib
import http.client
import re
import socket
import time
from dataclasses import replace

import pytest
from starlette.requests import Request
from tests.web.conftest import NobodyAtWork, serving

from familyflow.web import patience
from familyflow.web.guard import ACCESS, POLICY, Guard
from familyflow.web.serve import settings_for
from familyflow.web.session import secret_in
from familyflow.web.settings import Limits, Settings

TOKEN = "0123456789abcdef0123456789abcdef"
PAGES = ("/", "/about", "/accessibility", "/static/site.css", "/nothing/here", "/health")


def raw(site, lines, body=b"", wait=5.0):
    """What the server answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", site.base_url.port), timeout=wait) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
    return answer.decode("utf-8", "replace")


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_tells_the_browser_to_trust_nobody_else(site, page):
    headers = site.get(page).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize("page", ["/", "/about", "/accessibility", "/nothing/here"])
def test_no_page_holds_a_script_or_a_style_of_its_own(site, page):
    text = site.get(page).text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}",
     "evil.localhost:{port}", "127.0.0.1:1", ""],
)  # fmt: skip
def test_a_name_that_is_not_ours_is_not_answered(site, host):
    port = site.base_url.port
    told = raw(site, ["GET / HTTP/1.1", f"Host: {host.format(port=port)}", "Connection: close"])
    assert told.startswith("HTTP/1.1 400")
    assert "familyflow" not in told.partition("\r\n\r\n")[2]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_machine_may_be_called_by_its_names(site, host):
    port = site.base_url.port
    told = raw(site, ["GET /health HTTP/1.1", f"Host: {host}:{port}", "Connection: close"])
    assert told.startswith("HTTP/1.1 200")


def test_two_hosts_in_one_request_are_refused(site):
    port = site.base_url.port
    lines = ["GET / HTTP/1.1", f"Host: 127.0.0.1:{port}", "Host: evil.example", "Connection: close"]
    assert raw(site, lines).startswith("HTTP/1.1 400")


def test_a_form_without_our_code_is_refused(site):
    site.form_token()
    ticked = {"take-core_offer": "yes", "take-no_service": "yes"}
    assert site.post("/", data=ticked).status_code == 403
    assert site.post("/", data={**ticked, "form_token": "0" * 64}).status_code == 403
    assert site.send_form("/", fields=ticked).status_code == 303


def test_the_code_of_another_browser_is_refused(site):
    code = site.form_token()
    site.cookies.clear()
    answer = site.post("/", data={"form_token": code, "take-core_offer": "yes"})
    assert answer.status_code == 403


def test_the_cookie_is_for_this_site_alone(site):
    cookie = site.get("/").headers["set-cookie"]
    assert re.search(r"familyflow=[0-9a-f]{32};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_cookie_that_we_did_not_make_gets_a_new_one(site):
    site.cookies.set("familyflow", "../../etc/passwd", domain="127.0.0.1")
    assert "set-cookie" in site.get("/").headers


def test_too_large_a_form_is_refused_before_it_arrives(site):
    lines = ["POST /open HTTP/1.1", f"Host: 127.0.0.1:{site.base_url.port}",
             "Content-Length: 11000000", "Connection: close"]  # fmt: skip
    assert raw(site, lines).startswith("HTTP/1.1 413")  # though not a byte of it was sent


def test_too_large_a_form_without_a_length_is_refused_while_it_arrives(site):
    head = b'--x\r\nContent-Disposition: form-data; name="saved"; filename="a"\r\n\r\n'
    pieces = (head if number == 0 else b"x" * 1_000_000 for number in range(13))
    kind = {"content-type": "multipart/form-data; boundary=x"}
    made = http.client.HTTPConnection("127.0.0.1", site.base_url.port, timeout=30)
    with contextlib.closing(made) as connection:
        try:
            connection.request("POST", "/open", pieces, kind, encode_chunked=True)
            status = connection.getresponse().status
        except (BrokenPipeError, ConnectionResetError):
            status = 413  # it hung up while we were still sending
    assert status == 413


def test_a_form_that_does_not_arrive_is_not_waited_for(tmp_path):
    limits = replace(Limits(), body_seconds=0.5)
    with serving(Settings(tmp_path, limits=limits), NobodyAtWork()) as site, site:
        lines = ["POST /open HTTP/1.1", f"Host: 127.0.0.1:{site.base_url.port}",
                 "Content-Type: application/x-www-form-urlencoded", "Content-Length: 100",
                 "Connection: close"]  # fmt: skip
        began = time.monotonic()
        told = raw(site, lines, b"form_token=", wait=20)
        assert told.startswith("HTTP/1.1 408")
        assert time.monotonic() - began < 15


def test_a_fault_of_ours_is_told_without_what_is_inside(site, monkeypatch):
    def broken(*_):
        raise RuntimeError("/secret/place of a fault, version 1.2.3")

    monkeypatch.setattr(site.app.state.drafts, "get", broken)
    answer = site.get("/options/" + "0" * 32)
    assert answer.status_code == 500
    assert "our fault" in answer.text
    for inside in ("secret", "Traceback", "1.2.3", "RuntimeError", "site-packages"):
        assert inside not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_another_machine_needs_the_token_that_was_printed(tmp_path):
    with serving(Settings(tmp_path, token=TOKEN), NobodyAtWork()) as site, site:
        assert site.get("/").status_code == 403
        assert site.get("/about").status_code == 403
        assert site.get("/?token=" + "0" * 32).status_code == 403
        assert site.get("/?token=").status_code == 403
        let_in = site.get(f"/?token={TOKEN}")
        assert let_in.status_code == 303
        assert let_in.headers["location"] == "/"  # and the token is gone from the address
        assert site.cookies[ACCESS] == TOKEN
        assert site.get("/").status_code == 200


@pytest.mark.parametrize(
    ("host", "behind", "has_token"),
    [("127.0.0.1", False, False), ("localhost", False, False), ("::1", False, False),
     ("0.0.0.0", False, True), ("10.0.0.5", False, True), ("127.0.0.1", True, True)],
)  # fmt: skip
def test_whoever_else_can_ask_there_is_a_token(tmp_path, host, behind, has_token):
    made = settings_for(tmp_path, host, 8000, (), is_behind_proxy=behind)
    assert (made.token is not None) is has_token
    if made.token:
        assert re.fullmatch(r"[0-9a-f]{32}", made.token)  # 128 bits


def test_two_servers_have_two_tokens(tmp_path):
    one, two = (settings_for(tmp_path, "0.0.0.0", 1, (), is_behind_proxy=False) for _ in range(2))
    assert one.token != two.token


def test_behind_a_proxy_cookies_ask_for_tls(tmp_path):
    settings = Settings(tmp_path, is_behind_proxy=True, names=("127.0.0.1", "model.example"))
    with serving(settings, NobodyAtWork()) as site, site:
        answer = site.get("/", headers={"host": "model.example"})
        assert answer.status_code == 200
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers


def test_what_a_proxy_forwards_is_not_believed_without_being_told_to(site):
    answer = site.get("/health", headers={"x-forwarded-host": "evil.example"})
    assert answer.status_code == 200
    refused = site.get("/health", headers={"host": "evil.example", "x-forwarded-host": "127.0.0.1"})
    assert refused.status_code == 400


def test_the_secret_is_its_owners_alone_and_stays(tmp_path):
    first = secret_in(tmp_path)
    assert secret_in(tmp_path) == first
    assert len(first) >= 16
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_no_page_is_told_to_anybody_who_watches(site):
    """FastAPI can report every request to an address that the environment names."""
    held = getattr(site.app, "_telemetry", None)  # releases that cannot report keep it as it is
    told = site.app.extra["telemetry"] if held is None else held
    assert [told[name] for name in ("auto_configure", "tracing", "metrics", "logs")] == [False] * 4


def multipart(site, charset, body, **headers):
    """The status of a form with files whose sender names a charset."""
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    return site.post("/open", content=body, headers={"content-type": kind, **headers}).status_code


@pytest.mark.parametrize(
    "charset", ["punycode", "utf-7", "undefined", "idna", "UTF-16", "x; charset=y"]
)
def test_a_form_is_read_in_no_charset_but_one(site, charset):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="-"\r\n\r\n' + b"x-" * 50 + b"\r\n--x--\r\n"
    )
    assert multipart(site, charset, body) == 400


def test_the_usual_charset_may_be_named(site):
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    assert multipart(site, "utf-8", body) == 403  # read, and it lacks our code


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"origin": "http://evil.example"}, {"origin": "null", "sec-fetch-site": "cross-site"}],
)  # fmt: skip
def test_a_form_that_another_site_sends_is_refused_unread(site, headers):
    ticked = {"take-core_offer": "yes", "take-no_service": "yes", "form_token": site.form_token()}
    assert site.post("/", data=ticked, headers=headers).status_code == 403
    # a browser that was told to name no referrer names no origin either
    for origin in ("null", str(site.base_url).rstrip("/")):
        own = {"origin": origin, "sec-fetch-site": "same-origin"}
        assert site.post("/", data=ticked, headers=own).status_code == 303


def test_a_form_without_files_is_short(site):
    answer = site.post("/open", content=b"&" * 300_000,
                       headers={"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert answer.status_code == 413


def test_who_says_nothing_is_hung_up_on(site, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.5)
    monkeypatch.setattr(patience, "LOOK", 0.1)
    for said in (b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1:"):
        address = ("127.0.0.1", site.base_url.port)
        with socket.create_connection(address, timeout=30) as connection:
            connection.sendall(said)
            assert connection.recv(1_000) == b""  # the end of the connection


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_secret_that_was_cut_short_is_made_anew(tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    made = secret_in(tmp_path)
    assert len(made) == 32
    assert made != content
    assert secret_in(tmp_path) == made


def test_at_the_port_that_browsers_leave_out_they_are_answered(tmp_path):
    guard = Guard(None, Settings(tmp_path, port=80))
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    for host in (b"127.0.0.1", b"127.0.0.1:80", b"localhost"):
        assert guard._refusal(Request({**scope, "headers": [(b"host", host)]})) is None
    refused = guard._refusal(Request({**scope, "headers": [(b"host", b"127.0.0.1:8000")]}))
    assert refused is not None
