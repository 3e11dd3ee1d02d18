"""Where the page is, or why there is none."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tutoriallab.cli.error import CliError
from tutoriallab.cli.open_page import entrance
from tutoriallab.cluster.embedded import context_name
from tutoriallab.cluster.page import key_file
from tutoriallab.cluster.ports import choose
from tutoriallab.web import key


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cluster called `mine`."""
    monkeypatch.setenv("TUTORIALLAB_CACHE", str(tmp_path))
    (tmp_path / "kwok" / "clusters" / "mine").mkdir(parents=True)
    made = tmp_path / "clusters" / "mine"
    made.mkdir(parents=True)
    return made


@contextmanager
def answering(folder: Path, status: int, body: bytes) -> Iterator[int]:
    """Something that answers at the page's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        (folder / "page.address").write_text(f"127.0.0.1:{server.server_port}\n")
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_a_page_of_ones_own_is_entered_with_a_ticket_of_its_key(folder: Path) -> None:
    made = key.made(key_file(folder))
    with answering(folder, 401, b'{"error": "x", "mode": "local"}') as port:
        where, _, shown = entrance(context_name("mine")).partition("#key=")

    assert where == f"http://127.0.0.1:{port}/"
    assert made not in shown
    assert key.Gate(made).admits(shown, float(shown.partition(".")[0]))


def test_a_page_for_many_is_entered_with_a_token_there(folder: Path) -> None:
    with answering(folder, 401, b'{"error": "x", "mode": "token"}') as port:
        assert entrance(context_name("mine")) == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("body", [b"hello", b"[]", b"{}", b'{"mode": "other"}'])
def test_another_program_at_the_address_is_given_no_ticket(folder: Path, body: bytes) -> None:
    key.made(key_file(folder))
    with answering(folder, 200, body), pytest.raises(CliError, match="Another program answers"):
        entrance(context_name("mine"))


def test_where_no_page_is_served_or_none_answers_the_way_out_is_told(folder: Path) -> None:
    with pytest.raises(CliError, match=r"serves no page here.*up --beside"):
        entrance(context_name("mine"))
    key.made(key_file(folder))
    (folder / "page.address").write_text(f"127.0.0.1:{choose(1, set())[0]}\n")
    with pytest.raises(CliError, match=r"does not answer.* up"):
        entrance(context_name("mine"))
