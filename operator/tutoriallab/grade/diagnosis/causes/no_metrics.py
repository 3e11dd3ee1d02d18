"""An autoscaler that does not know what to do: no metrics, or nothing to scale. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about
from tutoriallab.kube.conditions import condition

METRICS, TARGET = "NoMetrics", "NoScaleTarget"
REASONS = (METRICS, TARGET)


def find(autoscaler: Body, _evidence: Evidence) -> Finding | None:
    """A HorizontalPodAutoscaler that says that it cannot get what it needs."""
    for kind, reason in (("AbleToScale", TARGET), ("ScalingActive", METRICS)):
        one = condition(autoscaler, kind)
        if one.get("status") == "False" and one.get("reason") != "ScalingDisabled":
            told = short(str(one.get("message") or one.get("reason") or "?"))
            return about(autoscaler, reason, told=told)
    return None
