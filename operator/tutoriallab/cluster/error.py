"""The one exception of this folder; the CLI prints its message as it is and ends with status 1."""

import errno


class ClusterError(Exception):
    """Something that a person has to know or do about a cluster; the message's last part says what to do."""


def unwritable(cache: object, failure: OSError) -> ClusterError:
    """The error for a cache that cannot be read or written; a full disk is told as such."""
    if failure.errno == errno.ENOSPC:
        return no_space(cache)
    return ClusterError(f"{failure}: see that {cache} can be written, or set TUTORIALLAB_CACHE.")


def no_space(folder: object) -> ClusterError:
    """The error for a full disk, wherever it is met."""
    return ClusterError(
        f"No space left on the disk of {folder}: free about 2 GB and run the same command again."
    )
