"""Reads the protobuf wire format, as far as a checked expression uses it; called by `checked.py`.

cel-expr-python hands out its syntax tree only in serialized form, and a protobuf runtime for one message
would be a large dependency.
"""

import struct
from collections.abc import Iterator

Field = tuple[int, int | bytes]


def fields(data: bytes) -> Iterator[Field]:
    """Field number and value of each field in order: an int for varints, bytes for the rest.

    Raises ValueError where the data is no protobuf message.
    """
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        value: int | bytes
        match kind:
            case 0:
                value, at = _varint(data, at)
            case 1:
                value, at = data[at : at + 8], at + 8
            case 2:
                length, at = _varint(data, at)
                value, at = data[at : at + length], at + length
            case 5:
                value, at = data[at : at + 4], at + 4
            case _:
                raise ValueError(f"wire type {kind} at byte {at}")
        yield number, value


def signed(value: int) -> int:
    """A varint as the signed 64-bit integer that it encodes."""
    return value - (1 << 64) if value >= 1 << 63 else value


def double(value: bytes) -> float:
    """Eight bytes as the number that they encode."""
    return float(struct.unpack("<d", value)[0])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise ValueError("the message ends inside a number")
