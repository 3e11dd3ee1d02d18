"""Where diagnosis begins: the live objects that a check selects, and those that own what it selects."""

from collections.abc import Iterator

from tutoriallab.grade.bind import Chosen, Select
from tutoriallab.grade.diagnosis.finding import Body
from tutoriallab.observe.probe.request import Probe
from tutoriallab.observe.selection import Selection

#: Objects of one selection that are looked at: a list of hundreds has the same cause hundreds of times.
MOST = 20


def roots(chosen: Chosen, select: Select) -> list[Body]:
    """The objects behind a check's variables, each once; owners first, as the way down leads to all that is theirs."""
    found: dict[str, Body] = {}
    for one in (*_owners(chosen), *map(selected, chosen.values())):
        for each in select(one)[:MOST]:
            found.setdefault(each.uid, each.body)
    return list(found.values())


def _owners(chosen: Chosen) -> Iterator[Selection]:
    for one in chosen.values():
        if isinstance(one, Selection) and one.owned_by:
            owner = one.owned_by
            yield Selection(owner.api_version, owner.kind, one.namespace, owner.name)


def selected(one: Selection | Probe) -> Selection:
    """The objects that a variable stands for; of a page or a log, the Service or the pod that is asked."""
    return one if isinstance(one, Selection) else one.behind[0]
