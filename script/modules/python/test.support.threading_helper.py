"""Threads for tests."""

import contextlib
import functools
import threading
import time
import unittest

can_start_thread = True


def requires_working_threading(*, module=False):
    return (lambda item: item) if not module else None


def threading_setup():
    return threading.active_count(), len(threading.enumerate())


def threading_cleanup(*original):
    deadline = time.monotonic() + 10
    while threading.active_count() > original[0] and time.monotonic() < deadline:
        time.sleep(0.01)


def reap_threads(function):
    """Decorator of a test: its threads are waited for."""
    def reaping(*args):
        before = threading_setup()
        try:
            return function(*args)
        finally:
            threading_cleanup(*before)
    return functools.wraps(function)(reaping)


@contextlib.contextmanager
def wait_threads_exit(timeout=None):
    before = threading.active_count()
    try:
        yield
    finally:
        deadline = time.monotonic() + (timeout or 10)
        while threading.active_count() > before and time.monotonic() < deadline:
            time.sleep(0.01)


def join_thread(thread, timeout=None):
    thread.join(timeout or 30)
    if thread.is_alive():
        raise AssertionError(f"failed to join the thread in {timeout or 30:.1f} seconds")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
        yield
    finally:
        if unlock is not None:
            unlock()
        for thread in started:
            thread.join(30)
        alive = [thread for thread in started if thread.is_alive()]
        if alive:
            raise AssertionError(f"Unable to join {len(alive)} threads during a period of 30 seconds")


class catch_threading_exception:
    exc_type = exc_value = exc_traceback = thread = None

    def _hook(self, args):
        self.exc_type, self.exc_value = args.exc_type, args.exc_value
        self.exc_traceback, self.thread = args.exc_traceback, args.thread

    def __enter__(self):
        if not hasattr(threading, "excepthook"):
            raise unittest.SkipTest("there is no threading.excepthook")
        self._old = threading.excepthook
        threading.excepthook = self._hook
        return self

    def __exit__(self, *exc_info):
        threading.excepthook = self._old
