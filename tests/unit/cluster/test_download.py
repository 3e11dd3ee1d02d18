"""Downloads against a real HTTP server on loopback that serves good, wrong, cut and absent files."""

import hashlib
import io
import json
import os
import socket
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from recorder import Recorder
from tutoriallab.cluster.download import DownloadError, download, find_checksum
from tutoriallab.cluster.pins import PROGRAMS
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent

KUBECTL = "/release/v1.34.4/bin/linux/amd64/kubectl"
CONTENT = b"#!/bin/sh\necho Client Version: v1.34.4\n" + b"#" * 1_000_000
GOOD = hashlib.sha256(CONTENT).hexdigest()


class Publisher(ThreadingHTTPServer):
    """Serves `files`; a path in `cut` ends half-way; what was asked is in `asked`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: dict[str, bytes] = {}
        self.cut: set[str] = set()
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        publisher = self.server
        assert isinstance(publisher, Publisher)
        publisher.asked.append(self.path)
        body = publisher.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if self.path in publisher.cut else body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def mirrored(places: Places, publisher: Publisher) -> Places:
    publisher.files = {KUBECTL: CONTENT, KUBECTL + ".sha256": GOOD.encode()}
    return replace(places.mirrored(publisher.url), downloads=True)


def test_a_good_file_is_installed_ready_to_run(mirrored: Places) -> None:
    path = download(PROGRAMS["kubectl"], mirrored, Silent())
    assert path == mirrored.cache / "programs" / "1.34.4" / "kubectl"
    assert path.read_bytes() == CONTENT
    assert os.access(path, os.X_OK)
    assert [one.name for one in path.parent.iterdir()] == ["kubectl"]


def test_the_download_tells_how_far_it_is(mirrored: Places, recorder: Recorder) -> None:
    download(PROGRAMS["kubectl"], mirrored, recorder)
    assert recorder.steps[-1] == ("Downloading kubectl 1.34.4: 1 of 1 MB", len(CONTENT), len(CONTENT))


def test_a_wrong_checksum_leaves_nothing(mirrored: Places, publisher: Publisher) -> None:
    publisher.files[KUBECTL] = CONTENT + b"!"
    with pytest.raises(DownloadError, match="its publisher says"):
        download(PROGRAMS["kubectl"], mirrored, Silent())
    assert list(mirrored.program_folder("1.34.4").iterdir()) == []


def test_a_file_that_changed_since_its_hash_was_recorded_is_refused(
    mirrored: Places, publisher: Publisher
) -> None:
    download(PROGRAMS["kubectl"], mirrored, Silent()).unlink()
    changed = CONTENT + b"!"
    publisher.files = {KUBECTL: changed, KUBECTL + ".sha256": hashlib.sha256(changed).hexdigest().encode()}
    publisher.asked.clear()
    with pytest.raises(DownloadError, match="thrown away"):
        download(PROGRAMS["kubectl"], mirrored, Silent())
    assert publisher.asked == [KUBECTL]


def test_a_recorded_hash_needs_no_checksum_file(mirrored: Places, publisher: Publisher) -> None:
    download(PROGRAMS["kubectl"], mirrored, Silent()).unlink()
    del publisher.files[KUBECTL + ".sha256"]
    assert download(PROGRAMS["kubectl"], mirrored, Silent()).is_file()


def test_a_cut_connection_leaves_nothing(mirrored: Places, publisher: Publisher) -> None:
    publisher.cut = {KUBECTL}
    with pytest.raises(DownloadError, match="cut"):
        download(PROGRAMS["kubectl"], mirrored, Silent())
    assert list(mirrored.program_folder("1.34.4").iterdir()) == []


def test_what_a_killed_run_left_is_written_over(mirrored: Places) -> None:
    folder = mirrored.program_folder("1.34.4")
    folder.mkdir(parents=True)
    (folder / ".kubectl.part").write_bytes(b"half of somethi")
    assert download(PROGRAMS["kubectl"], mirrored, Silent()).read_bytes() == CONTENT
    assert [one.name for one in folder.iterdir()] == ["kubectl"]


def test_a_missing_file_says_so_and_is_no_network_fault(mirrored: Places, publisher: Publisher) -> None:
    del publisher.files[KUBECTL]
    with pytest.raises(DownloadError, match="answers 404") as caught:
        download(PROGRAMS["kubectl"], mirrored, Silent())
    assert not caught.value.unreachable


def test_without_a_network_the_site_counts_as_unreachable(places: Places) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        lonely = places.mirrored(f"http://127.0.0.1:{closed.getsockname()[1]}")
    with pytest.raises(DownloadError, match="cannot be reached") as caught:
        download(PROGRAMS["kubectl"], lonely, Silent())
    assert caught.value.unreachable


def test_a_site_that_accepts_but_never_answers_counts_as_unreachable(places: Places) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lonely = replace(places.mirrored(f"http://127.0.0.1:{silent.getsockname()[1]}"), connect_timeout=0.2)
        with pytest.raises(DownloadError) as caught:
            download(PROGRAMS["kubectl"], lonely, Silent())
    assert caught.value.unreachable


def test_a_program_in_an_archive_is_taken_out(mirrored: Places, publisher: Publisher) -> None:
    folder, packed = "/etcd-io/etcd/releases/download/v3.6.8/", io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo("etcd-v3.6.8-linux-amd64/etcd")
        member.size = 4
        tar.addfile(member, io.BytesIO(b"etcd"))
    archive = "etcd-v3.6.8-linux-amd64.tar.gz"
    sums = f"{'0' * 64}  other.zip\n{hashlib.sha256(packed.getvalue()).hexdigest()}  {archive}\n"
    publisher.files = {folder + archive: packed.getvalue(), folder + "SHA256SUMS": sums.encode()}
    path = download(PROGRAMS["etcd"], mirrored, Silent())
    assert path.read_bytes() == b"etcd"
    assert [one.name for one in path.parent.iterdir()] == ["etcd"]


def test_a_hash_may_come_from_githubs_description_of_a_release() -> None:
    described = {"assets": [{"name": "kwok-linux-amd64", "digest": f"sha256:{GOOD}"}]}
    assert find_checksum(json.dumps(described), "kwok-linux-amd64") == GOOD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a hash",
        "<html>404</html>",
        f"{GOOD}  another-file\n",
        '{"assets": [{"name": "kwok-linux-amd64", "digest": null}]}',
        '{"message": "rate limit"}',
    ],
)
def test_where_the_publisher_offers_no_hash_none_is_invented(text: str) -> None:
    with pytest.raises(DownloadError, match="no SHA-256 for kwok-linux-amd64"):
        find_checksum(text, "kwok-linux-amd64")
