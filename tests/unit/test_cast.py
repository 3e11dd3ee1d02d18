"""The recorded first session: what is committed can be played and is nobody's machine; how it is paced and cleaned."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cast import CAST, COLUMNS, LINES, PICTURE, RUN, Event, cast, flat, leaks, paced, scrubbed

ROOT = Path(__file__).resolve().parents[2]
ROWS = [json.loads(row) for row in CAST.read_text(encoding="utf-8").splitlines()]
SAID = flat("".join(text for _, _, text in ROWS[1:]))


def drawn() -> str:
    """All that is written in the picture, with plain blanks."""
    svg = ET.fromstring(PICTURE.read_text(encoding="utf-8"))  # noqa: S314 - it is ours
    return "\n".join("".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")).replace(
        "\xa0", " "
    )


def test_the_recording_is_asciinemas_version_2() -> None:
    assert (ROWS[0]["version"], ROWS[0]["width"], ROWS[0]["height"]) == (2, COLUMNS, LINES)
    assert all(kind == "o" and isinstance(text, str) and text for _, kind, text in ROWS[1:])
    times = [at for at, _, _ in ROWS[1:]]
    assert times == sorted(times)
    assert times[-1] < 120


def test_it_shows_mistakes_why_they_are_some_the_fix_and_the_next_lab() -> None:
    wanted = [
        "$ tutoriallab up",
        "$ kubectl create deployment nginx-deployment --image=nginx:1.7.9",
        "is in namespace default",
        "$ kubectl -n first-deployment apply -f nginx.yml",
        "$ kubectl lab watch",
        "is Pending: no node has",
        "$ sed -i s/64Gi/64Mi/ nginx.yml",
        "✓ Done: 1 of 1 steps, 10 of 10 points.",
        "$ kubectl lab next",
        "Step 1 of 3: The machines",
    ]
    at = 0
    for told in wanted:
        assert told in SAID[at:], told
        at = SAID.index(told, at)


def test_neither_it_nor_its_picture_names_a_machine_a_path_or_a_person() -> None:
    assert leaks(SAID) == []
    assert leaks(drawn()) == []
    assert "http" not in re.sub(
        r"http://www\.w3\.org/\S+|https://www\.textualize\.io", "", PICTURE.read_text()
    )


def test_the_picture_shows_verdicts_and_the_map() -> None:
    told = drawn()

    for part in ("✗", "Failing", "is Pending: no node has", "Where it runs", "Unschedulable"):
        assert part in told


def test_the_readme_shows_it_and_says_how_to_play_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "](docs/first-session.svg)" in readme
    assert "asciinema play docs/first-session.cast" in readme


def test_what_took_long_is_faster_and_what_came_at_once_is_one_event() -> None:
    came = [Event(0.0, "a"), Event(0.5, "b"), Event(10 * RUN, "c")]

    assert list(paced(came, 1.0)) == [Event(1.0, "ab"), Event(1.0 + RUN, "c")]
    assert list(paced([Event(0.2, "a"), Event(1.0, "b")], 1.0)) == [Event(1.2, "a"), Event(2.0, "b")]
    assert list(paced([], 1.0)) == []


def test_words_are_replaced_and_lines_that_nobody_saw_are_left_out() -> None:
    events = [Event(1, "\r\x1b[2Kone\r\x1b[2Ktwo in /tmp/x"), Event(2, "MARK")]

    assert scrubbed(events, {"/tmp/x": "~", "MARK": ""}) == [Event(1, "\r\x1b[2Ktwo in ~")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see /tmp/a/b (there)", ["/tmp/a/b"]),
        ("\x1b[1m/home/anna\x1b[0m", ["/home/anna"]),
        ("~/.kube/config docker.io/library/nginx", []),
        ("on secret-host", ["secret-host"]),
    ],
)
def test_leaks_are_paths_and_names(text: str, found: list[str]) -> None:
    assert leaks(text, "secret-host") == found


def test_a_cast_is_a_header_and_a_line_an_event() -> None:
    header, event = map(json.loads, cast([Event(0.5, "你\n")]).splitlines())

    assert header["version"] == 2
    assert event == [0.5, "o", "你\n"]
