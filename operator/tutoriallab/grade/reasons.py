"""Why a verdict is what it is: one word for programs, in `status.steps[].checks[].reason`."""

#: Everything that the check expects is true.
MET = "Met"
#: An expression of expect is false: the message tells object, field, wanted and seen.
NOT_MET = "NotMet"
#: A selected object does not exist.
OBJECT_MISSING = "ObjectMissing"
#: Nothing answers a request, or there is no log.
NO_ANSWER = "NoAnswer"
#: A request is not sent, because of where it would lead.
NOT_ASKED = "NotAsked"
#: A request is under way, or will be in a moment: what stands behind it has just changed.
ASKING = "Asking"
#: The API server does not let the operator ask; it is tried again.
CANNOT_ASK = "CannotAsk"
#: pick: Only, and there is not exactly one object.
NOT_EXACTLY_ONE = "NotExactlyOne"
#: The check asks a question that has not been answered.
NOT_ANSWERED = "NotAnswered"
#: The answer was given before a reset and counts no more.
ANSWER_STALE = "AnswerFromBeforeReset"
#: The answer is not right; what would be is not told.
WRONG_ANSWER = "WrongAnswer"
#: The controllers have not caught up with the object's newest spec.
STALE_STATUS = "StatusNotCaughtUp"
#: True now, but not yet for as long as holdsFor asks.
HOLDING = "Holding"
#: An expression took too long or too much; the check rests until the lab's spec changes.
TOO_COSTLY = "TooCostly"
#: The step's starting state is not there yet.
SETTLING = "Settling"
#: Throughout: true since it was first true; Waiting until the step's other checks pass.
HOLDS_SO_FAR = "HoldsSoFar"
#: Throughout: it was false once; the message tells when, and what was seen.
VIOLATED = "Violated"
#: Throughout: nobody watched for a while, so that nobody knows whether it held.
NOT_WATCHED = "NotWatched"
#: What a check is about is not known at this moment, and will be in the next: what it said last stands.
UNKNOWN = frozenset({STALE_STATUS, ASKING})
#: A verdict that stays until the step starts over.
ENDED = frozenset({VIOLATED, NOT_WATCHED})
