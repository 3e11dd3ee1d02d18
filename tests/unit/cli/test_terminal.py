"""The terminal of `watch`: a signal is told at once, whatever the main thread does."""

import io
import os
import signal
import threading
import time
from queue import SimpleQueue

from rich.console import Console

from tutoriallab.cli.terminal import RESIZED, Terminal


def test_a_signal_is_told_while_the_main_thread_sleeps_and_is_not_woken_by_it() -> None:
    # As when it comes just before the main thread falls asleep: the kernel gives it to another thread here.
    told = SimpleQueue[str]()
    with Terminal(Console(file=io.StringIO(), force_terminal=True), told.put):
        former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
        try:
            begun = time.monotonic()
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGWINCH)).start()
            assert told.get(timeout=10) == RESIZED
            assert time.monotonic() - begun < 5
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, former)


def test_what_was_set_for_signals_is_put_back() -> None:
    def handler(*_: object) -> None:
        """Of somebody else."""

    former = signal.signal(signal.SIGWINCH, handler)
    try:
        with Terminal(Console(file=io.StringIO(), force_terminal=True), lambda _: None):
            assert signal.getsignal(signal.SIGWINCH) is not handler
        assert signal.getsignal(signal.SIGWINCH) is handler
        assert signal.set_wakeup_fd(-1) == -1
    finally:
        signal.signal(signal.SIGWINCH, former)
