import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.observe.decode import Unreadable
from tutoriallab.observe.lines import LineSplitter


@given(st.lists(st.binary(max_size=30), max_size=20))
def test_lines_come_out_whole_however_the_socket_cuts_them(chunks: list[bytes]) -> None:
    splitter = LineSplitter()
    lines = [line for chunk in chunks for line in splitter.feed(chunk)]
    *whole, _ = b"".join(chunks).split(b"\n")
    assert lines == [line for line in whole if line]


def test_an_unfinished_line_waits_for_its_rest() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"one\ntw") == [b"one"]
    assert splitter.feed(b"o") == []
    assert splitter.feed(b"\n") == [b"two"]


def test_a_line_without_end_is_refused_before_memory_is() -> None:
    splitter = LineSplitter(limit=10)
    splitter.feed(b"12345678")
    with pytest.raises(Unreadable, match="more than 10 bytes"):
        splitter.feed(b"9012")
