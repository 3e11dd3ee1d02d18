"""Asks: one request to the API server, which passes it on to a Pod, or to the kubelet that has the log.

Called by `prober.py`, each time for one probe that may be asked. Nothing is ever run in a container.
"""

from dataclasses import dataclass

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.session import Session
from tutoriallab.observe.probe import reading
from tutoriallab.observe.probe.outcome import Outcome
from tutoriallab.observe.probe.question import LAST_BYTES, Asked, EventsOf, LastLines, Question
from tutoriallab.observe.probe.request import LOG_BYTES, TAIL, Http, Log, reader
from tutoriallab.observe.probe.sight import Clear

#: A log of long lines is asked for anew with so many times fewer of them: what is cut off is its newest end.
_FEWER = LOG_BYTES // reading.LIMIT
#: Bytes of Events that are read.
EVENTS_BYTES = 512 * 1024
#: Seconds for an answer at least: to the HTTP client, 0 would mean for ever.
_SHORTEST = 0.1


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks in the name of the probe's workspace; `timeout` is in seconds for one answer."""

    session: Session
    timeout: float

    async def ask(self, probe: Asked, clear: Clear) -> Outcome:
        """What it came to; never raises ApiError."""
        try:
            if isinstance(probe, EventsOf | LastLines):
                return await self._question(probe, clear)
            return await (self._log(probe, clear) if isinstance(probe, Log) else self._page(probe))
        except ApiError as error:
            return reading.failed(probe, error)

    async def _question(self, question: Question, clear: Clear) -> Outcome:
        events = isinstance(question, EventsOf)
        answer = await self.session.peek(
            question.url(clear.uid) if isinstance(question, EventsOf) else question.url(),
            headers={},
            impersonate=None if events else reader(question.namespace),
            limit=EVENTS_BYTES if events else LAST_BYTES,
            timeout=max(_SHORTEST, self.timeout),
        )
        return reading.answer_to(question, answer)

    async def _page(self, probe: Http) -> Outcome:
        answer = await self.session.peek(
            probe.url,
            headers=dict(probe.headers),
            impersonate=reader(probe.namespace),
            limit=reading.LIMIT,
            timeout=max(_SHORTEST, self.timeout),
        )
        return reading.page(probe, answer)

    async def _log(self, probe: Log, clear: Clear) -> Outcome:
        count = TAIL
        while True:
            answer = await self.session.peek(
                probe.url(clear.container, count),
                headers={},
                impersonate=reader(probe.namespace),
                limit=LOG_BYTES,
                timeout=max(_SHORTEST, self.timeout),
            )
            if len(answer.content) < LOG_BYTES or count == 1:
                return reading.lines(probe, answer)
            count = max(1, count // _FEWER)
