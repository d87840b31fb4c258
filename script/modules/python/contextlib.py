"""What the with statement uses: managers made of generators, stacks of them, and small ones for common needs."""

import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import _structural
from functools import wraps
from types import GenericAlias, MethodType

__all__ = ["asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
           "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "redirect_stdout",
           "redirect_stderr", "suppress", "aclosing", "chdir"]

_ended = object()


@_structural
class AbstractContextManager(ABC):
    """What has __enter__ and __exit__; entering gives the manager itself."""

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        pass

    def __enter__(self):
        return self

    __class_getitem__ = classmethod(GenericAlias)


@_structural
class AbstractAsyncContextManager(ABC):
    """What has __aenter__ and __aexit__; entering gives the manager itself."""

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        pass

    async def __aenter__(self):
        return self

    __class_getitem__ = classmethod(GenericAlias)


# ---- Managers as decorators, and made of generators ----

class ContextDecorator:
    """Lets a manager be a decorator: the function runs inside of it."""

    def __call__(self, func):
        def managed(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return wraps(func)(managed)

    def _recreate_cm(self):
        return self


class AsyncContextDecorator:
    """Lets an asynchronous manager be a decorator: the coroutine runs inside of it."""

    def __call__(self, func):
        async def managed(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)
        return wraps(func)(managed)

    def _recreate_cm(self):
        return self


class _OfGenerator:
    """A generator, and the call that made it until the manager is entered."""

    def __init__(self, func, args, kwds):
        self._call = func, args, kwds
        self.gen = func(*args, **kwds)
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(*self._call)

    @staticmethod
    def _lets_through(error, thrown, ends):
        """Whether `error` is what was thrown into the generator, or tells that this, which ends generators, left it."""
        if error is thrown:
            return True
        return isinstance(error, RuntimeError) and isinstance(thrown, ends) and error.__cause__ is thrown


class _GeneratorContextManager(_OfGenerator, AbstractContextManager, ContextDecorator):
    """A manager that runs a generator: up to its yield at the entry, then to its end."""

    def __enter__(self):
        del self._call
        value = next(self.gen, _ended)
        if value is _ended:
            raise RuntimeError("generator didn't yield")
        return value

    def __exit__(self, typ, value, traceback):
        if typ is None:
            if next(self.gen, _ended) is _ended:
                return False
            raise RuntimeError("generator didn't stop")
        thrown = typ() if value is None else value
        try:
            self.gen.throw(typ, thrown, traceback)
        except StopIteration as last:
            return last is not thrown
        except BaseException as error:
            if self._lets_through(error, thrown, StopIteration):
                thrown.__traceback__ = traceback
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_OfGenerator, AbstractAsyncContextManager, AsyncContextDecorator):
    """The same of an asynchronous generator."""

    async def __aenter__(self):
        del self._call
        async for value in self.gen:
            return value
        raise RuntimeError("generator didn't yield")

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            async for _ in self.gen:
                raise RuntimeError("generator didn't stop")
            return False
        thrown = typ() if value is None else value
        try:
            await self.gen.athrow(typ, thrown, traceback)
        except StopAsyncIteration as last:
            return last is not thrown
        except BaseException as error:
            if self._lets_through(error, thrown, (StopIteration, StopAsyncIteration)):
                thrown.__traceback__ = traceback
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    """Decorator: makes managers of a generator function that yields once."""
    def make(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return wraps(func)(make)


def asynccontextmanager(func):
    """Decorator: makes asynchronous managers of an asynchronous generator function that yields once."""
    def make(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return wraps(func)(make)


# ---- Small managers ----

class closing(AbstractContextManager):
    """Gives a thing, and calls its close() at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __exit__(self, *exc_info):
        self.thing.close()

    def __enter__(self):
        return self.thing


class aclosing(AbstractAsyncContextManager):
    """Gives a thing, and awaits its aclose() at the end."""

    def __init__(self, thing):
        self.thing = thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()

    async def __aenter__(self):
        return self.thing


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Gives `enter_result` and does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aexit__(self, *excinfo):
        pass

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result


class suppress(AbstractContextManager):
    """Ends the block without an error if one of these exceptions leaves it."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __exit__(self, typ, value, traceback):
        return typ is not None and issubclass(typ, self._exceptions)

    def __enter__(self):
        pass


class _Replacing(AbstractContextManager):
    """Puts something in the place of something else, and that back at the end. May be entered again meanwhile."""

    def __init__(self, new):
        self._new, self._earlier = new, []

    def __exit__(self, *excinfo):
        self._put(self._earlier.pop())


class _RedirectStream(_Replacing):
    _stream = None

    def __init__(self, new_target):
        super().__init__(new_target)

    def __enter__(self):
        self._earlier.append(getattr(sys, self._stream))
        self._put(self._new)
        return self._new

    def _put(self, stream):
        setattr(sys, self._stream, stream)


class redirect_stdout(_RedirectStream):
    """What is printed goes to another file."""
    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """What is printed to sys.stderr goes to another file."""
    _stream = "stderr"


class chdir(_Replacing):
    """Another working directory, for the whole process."""

    def __init__(self, path):
        super().__init__(path)
        self.path = path

    def __enter__(self):
        import os
        self._earlier.append(os.getcwd())
        self._put(self.path)

    def _put(self, path):
        import os
        os.chdir(path)


# ---- Stacks of managers ----

def _parts_of(manager, enter, leave, protocol):
    """The function that enters a manager and the method that leaves it, as its class has them."""
    kind = type(manager)
    try:
        return getattr(kind, enter), MethodType(getattr(kind, leave), manager)
    except AttributeError:
        raise TypeError(f"'{kind.__module__}.{kind.__qualname__}' object does not support the {protocol} protocol") from None


def _link(error, before, outer):
    """Puts `before` where the chain of contexts of `error` goes over into what was handled outside of the stack."""
    while error.__context__ is not None and error.__context__ is not before:
        if error.__context__ is outer:
            error.__context__ = before
            return
        error = error.__context__


def _raise_as_it_is(error):
    context = error.__context__
    try:
        raise error
    finally:
        error.__context__ = context


class _BaseExitStack:
    """Pairs of whether something is called without await, and what is called at the end."""

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Moves all to a new stack."""
        made = type(self)()
        made._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return made

    def enter_context(self, cm):
        """Enters a manager, which is left at the end; gives what it gives."""
        enter, leave = _parts_of(cm, "__enter__", "__exit__", "context manager")
        result = enter(cm)
        self._add(True, leave)
        return result

    def push(self, exit):
        """Leaves a manager at the end, or calls a function as if it were __exit__."""
        return self._add_method(True, "__exit__", exit)

    def callback(self, callback, /, *args, **kwds):
        """Calls a function at the end."""
        def leave(exc_type, exc, tb):
            callback(*args, **kwds)
        leave.__wrapped__ = callback
        self._add(True, leave)
        return callback

    def _add(self, is_sync, callback):
        self._exit_callbacks.append((is_sync, callback))

    def _add_method(self, is_sync, name, exit):
        method = getattr(type(exit), name, None)
        self._add(is_sync, exit if method is None else MethodType(method, exit))
        return exit

    async def _unwind(self, details):
        """Calls all, the last first. Gives whether the error that came is swallowed, and the error to raise, or None."""
        came, outer = details[0] is not None, sys.exc_info()[1]
        swallowed, raised = False, None
        while self._exit_callbacks:
            is_sync, callback = self._exit_callbacks.pop()
            try:
                answer = callback(*details)
                if answer if is_sync else await answer:
                    swallowed, raised, details = True, None, (None, None, None)
            except BaseException as error:
                _link(error, details[1], outer)
                raised, details = error, (type(error), error, error.__traceback__)
        return came and swallowed, raised


class ExitStack(_BaseExitStack, AbstractContextManager):
    """Managers and functions that are left and called at the end of one with statement, the last first."""

    def close(self):
        """Leaves and calls all now."""
        self.__exit__(None, None, None)

    def __exit__(self, *details):
        try:
            self._unwind(details).send(None)
        except StopIteration as end:
            swallowed, raised = end.value
        if raised is not None:
            _raise_as_it_is(raised)
        return swallowed


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """The same with asynchronous managers and functions among the others."""

    async def enter_async_context(self, cm):
        """Enters an asynchronous manager, which is left at the end; gives what it gives."""
        enter, leave = _parts_of(cm, "__aenter__", "__aexit__", "asynchronous context manager")
        result = await enter(cm)
        self._add(False, leave)
        return result

    def push_async_exit(self, exit):
        """Leaves an asynchronous manager at the end, or awaits a function as if it were __aexit__."""
        return self._add_method(False, "__aexit__", exit)

    def push_async_callback(self, callback, /, *args, **kwds):
        """Awaits what a function gives at the end."""
        async def leave(exc_type, exc, tb):
            await callback(*args, **kwds)
        leave.__wrapped__ = callback
        self._add(False, leave)
        return callback

    async def aclose(self):
        """Leaves and calls all now."""
        await self.__aexit__(None, None, None)

    async def __aexit__(self, *details):
        swallowed, raised = await self._unwind(details)
        if raised is not None:
            _raise_as_it_is(raised)
        return swallowed
