"""What happened in a lab, so that it can be streamed, scrubbed and replayed: a base, and the changes after it. Pure.

Filled by `recorder.py`; read by `stream.py` for each viewer and by `replay.py`. It is bounded: when it has too many
changes, or too many bytes of them, the oldest are folded into the base.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from tutoriallab.web.item import Item
from tutoriallab.web.lab_view import LabView


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a lab is remembered: so many changes, and so many bytes of them."""

    changes: int = 20_000
    size: int = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Change:
    """What was new or different at one moment, as JSON: its objects would take four times the memory."""

    seq: int
    json: bytes


class Record:
    """One lab's changes, numbered. `first` is the number of its base: more than any number of an earlier record."""

    def __init__(
        self, first: int, t: int, lab: LabView, items: Iterable[Item] = (), bounds: Bounds | None = None
    ) -> None:
        """`t` is in ms since 1970."""
        self._bounds = bounds or Bounds()
        self._changes: deque[Change] = deque()
        self._size = 0
        self._lab = lab
        self._base = _Base(first, t, lab, {one["uid"]: one for one in items})

    @property
    def began(self) -> int:
        """The number of the base."""
        return self._base.seq

    @property
    def last(self) -> int:
        """The number of the newest change; that of the base while there is none."""
        return self._changes[-1].seq if self._changes else self._base.seq

    @property
    def size(self) -> int:
        """Bytes of its changes."""
        return self._size

    @property
    def lab(self) -> LabView:
        """The lab as it is now. Not to be changed."""
        return self._lab

    def __len__(self) -> int:
        return len(self._changes)

    def note(self, t: int, lab: LabView, put: Sequence[Item] = (), gone: Sequence[str] = ()) -> bool:
        """At the moment `t` these objects are new or different, and these gone, by UID; False for no change at all."""
        told: dict[str, Any] = {} if lab == self._lab else {"lab": lab}
        if not put and not gone and not told:
            return False
        self._lab = lab
        seq = self.last + 1
        json = msgspec.json.encode({"seq": seq, "t": t, **told, "put": put, "gone": gone})
        self._add(Change(seq, json))
        return True

    def holds(self, seq: int) -> bool:
        """Whether everything after the change of this number is still known one by one."""
        return self._base.seq <= seq <= self.last

    def after(self, seq: int, most: int | None = None) -> list[Change]:
        """The changes after this number, which it must hold: the oldest `most` of them, or all."""
        begin = seq - self._base.seq
        return list(islice(self._changes, begin, None if most is None else begin + most))

    def base(self) -> bytes:
        """The base as JSON: a change that brings everything."""
        return self._base.json()

    def json(self) -> Iterator[bytes]:
        """All of it, piece by piece: `{"base": …, "changes": […]}`."""
        yield b'{"base":' + self.base() + b',"changes":['
        for number, change in enumerate(self.after(self.began)):
            yield (b"," if number else b"") + change.json
        yield b"]}"

    def _add(self, change: Change) -> None:
        self._changes.append(change)
        self._size += len(change.json)
        while len(self._changes) > self._bounds.changes or self._size > self._bounds.size:
            oldest = self._changes.popleft()
            self._size -= len(oldest.json)
            self._base.fold(oldest)


class _Base:
    """All that there was at one change."""

    def __init__(self, seq: int, t: int, lab: LabView, items: dict[str, Item]) -> None:
        self.seq, self._t, self._lab, self._items = seq, t, lab, items

    def fold(self, change: Change) -> None:
        """Go on to the state after this change."""
        told = msgspec.json.decode(change.json)
        self.seq, self._t = change.seq, told["t"]
        self._lab = told.get("lab", self._lab)
        for uid in told["gone"]:
            self._items.pop(uid, None)
        self._items.update((one["uid"], one) for one in told["put"])

    def json(self) -> bytes:
        told = {"seq": self.seq, "t": self._t, "base": True, "lab": self._lab}
        return msgspec.json.encode({**told, "put": list(self._items.values()), "gone": []})
