"""Calls that are made at their time."""

import heapq
import threading
import time
from collections import namedtuple
from itertools import count
from time import monotonic as _time

__all__ = ["scheduler"]

Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")
_no_arguments = object()


class scheduler:
    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self.timefunc, self.delayfunc = timefunc, delayfunc
        self._queue, self._numbers, self._lock = [], count(), threading.RLock()

    @property
    def queue(self):
        """What waits, in the order of its calls."""
        with self._lock:
            return sorted(self._queue)

    def enterabs(self, time, priority, action, argument=(), kwargs=_no_arguments):
        """A call at a time; what is called first at the same time says the priority."""
        event = Event(time, priority, next(self._numbers), action, argument, {} if kwargs is _no_arguments else kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_no_arguments):
        """A call some time from now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Takes back what enter() gave; ValueError if it has been called."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        return not self.queue

    def run(self, blocking=True):
        """Makes all calls; or only those that are due, and gives the time until the next."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                now = self.timefunc()
                waits = event.time > now
                if not waits:
                    heapq.heappop(self._queue)
            if not waits:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)
            elif not blocking:
                return event.time - now
            else:
                self.delayfunc(event.time - now)
