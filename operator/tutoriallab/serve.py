"""What the operator, or the page alone, tells of itself over HTTP: whether it lives, is ready, its metrics.

Called by `__main__.py`. Everything is read when it is asked for; only the seconds of status writes are kept up to date.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tutoriallab.reconcile import Engine
from tutoriallab.settings import InvalidSetting

#: Seconds that verdicts take: from a blink to an API server that is away.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
#: Seconds without an answer of the API server after which an operator that stands by is not ready.
SILENCE = 15.0


class Vitals:
    """What is known of this process; the parts come and go as it begins and stops to work."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.registry = CollectorRegistry()
        self.engine: Engine | None = None
        #: Requests to the API server so far, by verb.
        self.requests: Mapping[str, int] = {}
        self.watching = False
        #: When the API server last answered an operator that stands by; None where there is no choice of a leader.
        self.heard_at: Callable[[], float] | None = None
        self._clock = clock
        self.took = Histogram(
            "tutoriallab_verdict_seconds",
            "From a verdict that turned to the status that tells it.",
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_OfEngine(self))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def unready(self) -> str:
        """Why it is not ready; empty when it is: it watches the labs, or stands by and could take over."""
        if self.engine is not None or self.heard_at is None:
            return "" if self.watching else "the labs are not watched yet"
        silent = self._clock() - self.heard_at()
        return "" if silent <= SILENCE else "the API server does not answer"


class _OfEngine(Collector):
    """The engine's own counts, read when they are asked for."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals

    def describe(self) -> list[Metric]:
        """Nothing is known before the engine is there."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Zero for everything while this operator stands by."""
        engine = self._vitals.engine
        yield GaugeMetricFamily(
            "tutoriallab_leading",
            "1 while this operator works, 0 while it stands by.",
            float(engine is not None),
        )
        if engine is None:
            return
        yield _labelled(GaugeMetricFamily, "tutoriallab_labs", "Labs by phase.", "phase", engine.phases())
        yield _labelled(
            GaugeMetricFamily,
            "tutoriallab_queue_length",
            "Labs with a stage to try, and statuses to be written.",
            "queue",
            engine.queues(),
        )
        yield CounterMetricFamily(
            "tutoriallab_changes", "Changes of objects that labs select.", engine.counters.changes
        )
        yield CounterMetricFamily(
            "tutoriallab_evaluations", "Checks that were judged.", engine.counters.evaluations
        )
        yield _labelled(
            CounterMetricFamily,
            "tutoriallab_watch_restarts",
            "Watches that ended before their time.",
            "kind",
            engine.observer.restarts,
        )
        yield _labelled(
            CounterMetricFamily,
            "tutoriallab_api_requests",
            "Requests to the API server; WATCH for watches.",
            "verb",
            self._vitals.requests,
        )


def _labelled(
    family: type[Any], name: str, text: str, label: str, values: Mapping[str, int]
) -> GaugeMetricFamily | CounterMetricFamily:
    made: GaugeMetricFamily | CounterMetricFamily = family(name, text, labels=[label])
    for value, count in sorted(values.items()):
        made.add_metric([value], count)
    return made


def application(vitals: Vitals) -> web.Application:
    """/healthz answers as long as the event loop turns, on which everything runs; /readyz; /metrics."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        why = vitals.unready()
        return web.Response(text=f"{why or 'ok'}\n", status=503 if why else 200)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(vitals.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return app


@asynccontextmanager
async def served(vitals: Vitals, where: str) -> Any:
    """Meanwhile it is served at HOST:PORT, nothing for an empty address; raises InvalidSetting where it cannot be."""
    if not where:
        yield
        return
    host, _, port = where.rpartition(":")
    runner = web.AppRunner(application(vitals), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
        except (OSError, ValueError, OverflowError) as problem:
            text = f"TUTORIALLAB_SERVE is {where!r} ({problem}): set it to HOST:PORT with a port that is free"
            raise InvalidSetting(text) from problem
        yield
    finally:
        await runner.cleanup()
