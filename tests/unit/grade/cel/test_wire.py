import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.grade.cel import wire


def test_fields_come_in_order_with_their_numbers() -> None:
    assert list(wire.fields(b"\x08\x96\x01\x12\x02hi\x19" + b"\0" * 8 + b"\x25\1\0\0\0")) == [
        (1, 150), (2, b"hi"), (3, b"\0" * 8), (4, b"\1\0\0\0"),
    ]  # fmt: skip


def test_negative_numbers_and_floats_are_read() -> None:
    assert wire.signed(2**64 - 1) == -1
    assert wire.signed(5) == 5
    assert wire.double(b"\0\0\0\0\0\0\xf8\x3f") == 1.5


@pytest.mark.parametrize("data", [b"\x80", b"\x08", b"\x0b"])
def test_broken_messages_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"wire type|ends inside"):
        list(wire.fields(data))


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        list(wire.fields(data))
