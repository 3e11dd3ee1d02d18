"""Asks: one request to the API server, which passes it on to a Pod, or to the kubelet that has the log.

Called by `prober.py`, each time for one probe that may be asked. Nothing is ever run in a container.
"""

from dataclasses import dataclass

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.session import Session
from tutoriallab.observe.probe import reading
from tutoriallab.observe.probe.outcome import Outcome
from tutoriallab.observe.probe.request import LOG_BYTES, TAIL, Http, Log, Probe, reader
from tutoriallab.observe.probe.sight import Clear

#: A log of long lines is asked for anew with so many times fewer of them: what is cut off is its newest end.
_FEWER = LOG_BYTES // reading.LIMIT
#: Seconds for an answer at least: to the HTTP client, 0 would mean for ever.
_SHORTEST = 0.1


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks in the name of the probe's workspace; `timeout` is in seconds for one answer."""

    session: Session
    timeout: float

    async def ask(self, probe: Probe, clear: Clear) -> Outcome:
        """What it came to; never raises ApiError."""
        try:
            return await (self._log(probe, clear) if isinstance(probe, Log) else self._page(probe))
        except ApiError as error:
            return reading.failed(probe, error)

    async def _page(self, probe: Http) -> Outcome:
        answer = await self.session.peek(
            probe.url,
            headers=dict(probe.headers),
            impersonate=reader(probe),
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
                impersonate=reader(probe),
                limit=LOG_BYTES,
                timeout=max(_SHORTEST, self.timeout),
            )
            if len(answer.content) < LOG_BYTES or count == 1:
                return reading.lines(probe, answer)
            count = max(1, count // _FEWER)
