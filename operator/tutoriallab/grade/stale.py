"""Stale status decides nothing: whether an object's controllers have caught up with its spec; called by the judge.

After `kubectl set image` the first event has the new spec and the old status: 10 updated, 10 available.
"""

from tutoriallab.observe.observed import Observed
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence

#: Kinds whose controllers always write status.observedGeneration: while it is missing, it is 0.
ALWAYS_OBSERVED = frozenset({"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"})


def stale_object(one: Observed) -> Sentence | None:
    """What has not caught up, as a sentence; None when the object's status speaks of its newest spec.

    One that is being deleted never has to: since 1.33 the deletion itself raises a pod's generation, and a pod on a
    node that is gone has nobody who would catch up.
    """
    if one.terminating:
        return None
    observed = one.observed_generation
    if observed is None and one.kind in ALWAYS_OBSERVED:
        observed = 0
    if observed is None or observed >= one.generation:
        return None
    return words.BEHIND(object=f"{one.kind} {one.name}", observed=observed, generation=one.generation)
