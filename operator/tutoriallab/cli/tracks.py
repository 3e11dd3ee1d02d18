"""Tracks: the catalogue's labs in the order in which they are best done, from `labs/tracks.toml`.

Called by ls, next and up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tutoriallab.cli.error import CliError
from tutoriallab.data import labs_dir
from tutoriallab.lab.near import did_you_mean
from tutoriallab.status.seen import Seen

FILE = "tracks.toml"


class Track(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labs on one subject, in order."""

    name: str
    title: dict[str, str]
    labs: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tracks: list[Track]


@dataclass(frozen=True)
class Learner:
    """What a learner has begun: names of labs in the order in which they were started, and which of them are done."""

    begun: Sequence[str]
    done: frozenset[str]

    @property
    def open(self) -> str:
        """The lab that was started last, if it is not done; else empty."""
        return self.begun[-1] if self.begun and self.begun[-1] not in self.done else ""


def tracks(folder: Path | None = None) -> list[Track]:
    """All tracks in order; raises CliError for a file that is not of their form."""
    file = (folder or labs_dir()) / FILE
    try:
        return msgspec.toml.decode(file.read_bytes(), type=_File).tracks
    except (OSError, msgspec.MsgspecError) as failure:
        raise CliError(f"{file} cannot be read ({failure}): install tutoriallab again.") from None


def find_track(name: str, known: Iterable[Track]) -> Track:
    """The track of this name; raises CliError that says which there are."""
    by_name = {track.name: track for track in known}
    if name in by_name:
        return by_name[name]
    meant = did_you_mean(name, by_name) or f"choose one of {', '.join(by_name)}."
    raise CliError(f"There is no track {name}: {meant}")


def learner_of(labs: Iterable[Seen], known: Sequence[Track]) -> Learner:
    """What of the tracks stands on the cluster, in the order in which it was started."""
    order = [name for track in known for name in track.labs]
    mine = sorted(
        (lab for lab in labs if lab.name in order and not lab.deleting),
        key=lambda lab: (lab.status.started_at or "~", order.index(lab.name)),
    )
    done = frozenset(lab.name for lab in mine if lab.status.phase == "Completed")
    return Learner([lab.name for lab in mine], done)


def ahead(known: Sequence[Track], learner: Learner, track: str = "") -> list[str]:
    """The labs that are still to be done, the next one first.

    Behind the lab that was begun last, then those before it that were left out; so within its track, and then
    track by track. With `track`, only of that one.
    """
    last = learner.begun[-1] if learner.begun else ""
    at = next((at for at, one in enumerate(known) if last in one.labs), 0)
    order = [find_track(track, known)] if track else [*known[at:], *known[:at]]
    return [name for one in order for name in _from(one.labs, last) if name not in learner.done]


def _from(labs: Sequence[str], last: str) -> list[str]:
    """Those behind `last` first, where it is one of them."""
    behind = labs.index(last) + 1 if last in labs else 0
    return [*labs[behind:], *labs[:behind]]
