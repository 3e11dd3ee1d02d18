"""Annotations of a TutorialLab by which learners ask for something; written by the commands, read by the operator."""

#: Hints given so far, as STEP=COUNT.
HINTS = "tutoriallab.dev/hints"
#: Any new value starts the lab over.
RESET = "tutoriallab.dev/reset"
#: Any new value starts the open step over.
RESTART_STEP = "tutoriallab.dev/restart-step"
