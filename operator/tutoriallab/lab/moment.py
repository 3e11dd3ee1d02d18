"""Moments as they stand in status (RFC 3339) and as people read them; called by grading and by the status.

A moment is in seconds since 1970. All that is told is UTC: the operator may run in another time zone than who reads.
"""

from datetime import UTC, datetime


def moment(text: str) -> float | None:
    """The moment in an RFC 3339 text; None for one that cannot be read (a status written by hand)."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def milliseconds(text: str) -> int:
    """The moment in an RFC 3339 text in ms since 1970, as scripts count; 0 for one that is not there yet."""
    at = moment(text) if text else None
    return round(at * 1000) if at is not None else 0


def rfc3339(at: float) -> str:
    """A moment (seconds since 1970) as Kubernetes writes it, with milliseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def of_day(at: float) -> str:
    """The moment as a time of day, to the second: `12:00:01 UTC`."""
    return f"{datetime.fromtimestamp(at, UTC):%H:%M:%S} UTC"


def span(since: float, until: float) -> tuple[str, str]:
    """Two moments in UTC for a sentence, `12:00:01` and `12:00:09`; with dates when they are of two days."""
    begin, end = datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC)
    style = "%H:%M:%S" if begin.date() == end.date() else "%Y-%m-%d %H:%M:%S"
    return begin.strftime(style), end.strftime(style)
