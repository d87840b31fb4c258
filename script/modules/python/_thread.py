"""The low level of threads: locks, and functions that run in a thread of their own."""

import sys
import threading

__all__ = ["LockType", "RLock", "TIMEOUT_MAX", "allocate", "allocate_lock", "error", "exit", "exit_thread", "get_ident",
           "get_native_id", "interrupt_main", "stack_size", "start_new", "start_new_thread"]
error = RuntimeError
TIMEOUT_MAX = 9223372036.0
allocate_lock = allocate = threading.Lock
LockType = type(allocate_lock())
RLock = threading.RLock
get_ident = threading.get_ident
_running = set()
_stack_size = 0


def start_new_thread(function, args, kwargs={}, /):
    """Calls a function in a new thread, and gives the thread's number."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")

    def run(function, args, kwargs):
        _running.add(thread)
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException:
            _tell(function, *sys.exc_info())
        finally:
            _running.discard(thread)
            del function, args, kwargs
    thread = threading.Thread(target=run, args=(function, args, kwargs), daemon=True)
    _running.add(thread)
    try:
        thread.start()
    except BaseException:
        _running.discard(thread)
        raise
    return thread.ident


start_new = start_new_thread


def _tell(function, kind, value, tb):
    """To sys.unraisablehook, or as it would write."""
    hook = getattr(sys, "unraisablehook", None)
    if hook is not None and hook is not getattr(sys, "__unraisablehook__", None):
        from types import SimpleNamespace
        hook(SimpleNamespace(exc_type=kind, exc_value=value, exc_traceback=tb and tb.tb_next,
                             err_msg="Exception ignored in thread started by", object=function))
    elif sys.stderr is not None:
        import traceback
        print(f"Exception ignored in thread started by: {function!r}", file=sys.stderr)
        traceback.print_exception(kind, value, tb and tb.tb_next, file=sys.stderr)


def exit():
    """Ends the thread that calls it."""
    raise SystemExit


exit_thread = exit


def _count():
    """How many threads were started here and have not ended."""
    return len(_running)


def get_native_id():
    """The thread's number in the operating system, as far as it is known: that in the runtime."""
    return get_ident()


def stack_size(size=0, /):
    """The size of the stack for new threads; 0: the system's own. What is set is kept, and is a wish."""
    global _stack_size
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, _stack_size = _stack_size, size
    return before
