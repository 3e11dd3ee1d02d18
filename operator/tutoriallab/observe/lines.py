"""Chunks as they come off a socket become whole lines; called by the reflectors."""

from tutoriallab.observe.decode import Unreadable

#: Bytes of one watch event at most: the API server takes no object over 3 MiB, and says each one once.
LINE_LIMIT = 16 * 1024 * 1024


class LineSplitter:
    """Keeps the unfinished last line until the rest of it comes."""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._limit = limit

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that this chunk completes, without their ends; raises Unreadable."""
        *lines, rest = chunk.split(b"\n")
        if lines and self._parts:
            self._parts.append(lines[0])
            lines[0] = b"".join(self._parts)
            self._parts, self._size = [], 0
        if rest:
            self._parts.append(rest)
            self._size += len(rest)
            if self._size > self._limit:
                raise Unreadable(f"a watch event has more than {self._limit} bytes")
        return [line for line in lines if line]
