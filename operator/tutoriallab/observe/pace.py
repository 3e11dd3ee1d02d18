"""Times and sizes of observing, with units; the defaults suit every cluster, tests make them shorter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How reflectors list, wait and give up."""

    #: Objects per page of a list.
    chunk: int = 500
    #: Seconds after which the API server is asked to end a watch: a random time in between.
    watch_least: int = 240
    watch_most: int = 300
    #: Seconds without a byte, be it a bookmark (one a minute), after which a watch is taken for dead.
    silence: float = 90.0
    #: Seconds for one page of a list.
    list_timeout: float = 30.0
    #: Seconds before the first and the later tries to reach a server that does not answer.
    retry_first: float = 0.05
    retry_most: float = 5.0
    #: Seconds between tries at most while the API server refuses (no right, no such kind).
    refused_most: float = 30.0
    #: A watch that lasted so many seconds was a good one: the next is opened at once.
    good_watch: float = 1.0
    #: Seconds for which a kind that no lab needs any more is still watched.
    linger: float = 30.0
    #: Seconds of work on events after which other tasks have their turn.
    turn: float = 0.005
    #: Up to so many late workspaces are listed one by one, more with one list of the whole cluster.
    few_workspaces: int = 8
