"""The kinds that are opted in, looked up where the operator starts; called by `__main__.py`."""

import logging
from collections.abc import Set

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.resources import Resources
from tutoriallab.lab.kinds import Kind, cluster_scoped
from tutoriallab.settings import InvalidSetting

log = logging.getLogger(__name__)


async def require_in_namespaces(resources: Resources, kinds: Set[Kind]) -> None:
    """Raise InvalidSetting for a kind that is cluster-scoped.

    One that cannot be looked up is told in the log: its CRD may come later, and labs that select it wait until then.
    """
    for api_version, kind in sorted(kinds):
        try:
            found = await resources.find(api_version, kind)
        except ApiError as problem:
            log.warning("labs that select %s %s wait: %s", api_version, kind, problem)
            continue
        if not found.namespaced:
            raise InvalidSetting(cluster_scoped(api_version, kind))
