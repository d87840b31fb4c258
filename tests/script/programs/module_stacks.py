"""The module contextlib: the orders of stacks, what errors become in them, and the small managers with what they refuse."""
import contextlib
import io
import os
import sys
from contextlib import *


def chain(error):
    """An error and its contexts, up to one that was raised from None."""
    parts = []
    while error is not None:
        parts.append(f"{type(error).__name__}({error})")
        error = None if error.__suppress_context__ and error.__cause__ is None else error.__context__
    return " <- ".join(parts)


def attempt(what, action):
    """Prints what an action gives, or its error with its contexts."""
    try:
        print(what, "->", repr(action()))
    except BaseException as error:
        print(what, "raises", chain(error), repr(error.__cause__))


class Noted:
    """A manager that notes what comes; `answer` is given, or raised if it is an exception."""

    def __init__(self, name, answer=None, fails=None):
        self.name, self.answer, self.fails = name, answer, fails

    def enter(self):
        print("enter", self.name)
        if self.fails:
            raise self.fails
        return self.name.upper()

    def leave(self, *details):
        print("leave", self.name, details[0] and details[0].__name__, details[1] and chain(details[1]),
              details[2] is not None)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    def __enter__(self):
        return self.enter()

    def __exit__(self, *details):
        return self.leave(*details)

    async def __aenter__(self):
        return self.enter()

    async def __aexit__(self, *details):
        return self.leave(*details)


def run(coroutine):
    """Drives a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("waits")


ANSWERS = [
    [None, None], [None, True], [True, None], [1, ValueError("second")], [ValueError("first"), None],
    [KeyError("one"), ValueError("two")], [True, KeyError("swallowed"), ValueError("three")], [StopIteration("stop"), None],
    [KeyError("x"), True, ValueError("y")], [0, "", []], [SystemExit(3), None],
]


def stacked(answers, error):
    with ExitStack() as stack:
        for place, answer in enumerate(answers):
            print(stack.enter_context(Noted(f"m{place}", answer)))
        if error is not None:
            raise error
    return "swallowed" if error else "quiet"


async def awaited(answers, error):
    async with AsyncExitStack() as stack:
        for place, answer in enumerate(answers):
            manager = Noted(f"m{place}", answer)
            print(await stack.enter_async_context(manager) if place % 2 else stack.enter_context(manager))
        if error is not None:
            raise error
    return "swallowed" if error else "quiet"


for answers in ANSWERS:
    for error in (None, LookupError("body")):
        print(answers, error)
        attempt("stack", lambda: stacked(answers, error))
        if not isinstance(answers[0], StopIteration):
            attempt("async", lambda: run(awaited(answers, error)))


# ---- The context of errors, also inside of a handler ----

def raising(error):
    raise error


def handled():
    try:
        raise OSError("outer")
    except OSError:
        with ExitStack() as stack:
            stack.callback(raising, IndexError("callback"))
            stack.push(Noted("middle", KeyError("pushed")))
            raise ValueError("inner")


def nested():
    try:
        with ExitStack() as stack:
            stack.callback(raising, IndexError("a"))
            stack.callback(raising, KeyError("b"))
            try:
                raise ValueError("shown")
            except ValueError:
                raise TypeError("raised")
    except IndexError as error:
        return chain(error), chain(error.__context__.__context__)


def chained():
    with ExitStack() as stack:
        @stack.push
        def leave(kind, error, traceback):
            try:
                raise KeyError("own")
            except KeyError:
                raise IndexError("own second")
        raise ValueError("body")


def explicit():
    with ExitStack() as stack:
        stack.callback(raising, KeyError("from callback"))
        raise ValueError("with cause") from OSError("cause")


def unchanged():
    error = ValueError("set before")
    error.__context__ = OSError("its own")
    try:
        with ExitStack() as stack:
            stack.callback(lambda: 5)
            raise error
    except ValueError as caught:
        return caught is error, chain(caught)


for action in (handled, nested, chained, explicit, unchanged):
    attempt(action.__name__, action)


# ---- The methods of stacks ----

class Bare:
    """No manager."""


stack = ExitStack()
for action in (lambda: stack.enter_context(Bare()), lambda: stack.enter_context(Noted("no", fails=KeyError("entry"))),
               lambda: stack.callback(print, "called", end="!\n") is print,
               lambda: stack.push(Noted("pushed")).name, lambda: stack.push(len) is len, lambda: stack.pop_all().close(),
               lambda: stack.close(), lambda: stack.callback(callback=print), lambda: stack.callback(1).real,
               lambda: stack.close(), lambda: stack.__exit__(None, None, None), lambda: stack.__enter__() is stack):
    attempt("stack", action)
asynchronous = AsyncExitStack()


async def later(*args, **kwds):
    print("later", args, kwds)


async def refused(*details):
    print("refused", details[0])
    return True


for action in (lambda: run(asynchronous.enter_async_context(Bare())), lambda: asynchronous.enter_context(Bare()),
               lambda: asynchronous.push_async_callback(later, 1, a=2) is later,
               lambda: asynchronous.push_async_exit(refused) is refused,
               lambda: asynchronous.push_async_exit(Noted("async")).name,
               lambda: asynchronous.callback(print, "sync") is print,
               lambda: run(asynchronous.aclose()), lambda: run(asynchronous.pop_all().aclose()),
               lambda: run(asynchronous.__aenter__()) is asynchronous):
    attempt("async", action)
with ExitStack() as outer:
    outer.enter_context(Noted("moved"))
    kept = outer.pop_all()
    outer.enter_context(Noted("stays"))
print(type(kept).__name__)
with kept:
    print("again")


class Own(ExitStack):
    """pop_all makes the same class."""


print(type(Own().pop_all()).__name__, issubclass(Own, AbstractContextManager),
      issubclass(Noted, AbstractAsyncContextManager),
      issubclass(Bare, AbstractContextManager), AbstractContextManager[int], AbstractAsyncContextManager.__abstractmethods__)
deep = ExitStack()
for _ in range(3000):
    deep.callback(int)
deep.close()


# ---- Managers of generators ----

@contextmanager
def plain(name, *, fails=None, after=None):
    """Says its name."""
    print("in", name)
    try:
        yield name
    except KeyError as error:
        print("caught", error)
        if fails:
            raise fails
    print("out", name)
    if after:
        raise after


@asynccontextmanager
async def apart(name, *, fails=None, after=None):
    """Says its name too."""
    print("in", name)
    try:
        yield name
    except KeyError as error:
        print("caught", error)
        if fails:
            raise fails
    print("out", name)
    if after:
        raise after


def used(maker, error, **kwds):
    async def inside():
        async with maker("x", **kwds) as name:
            if error:
                raise error
            return name
    if maker is apart:
        return run(inside())
    with maker("x", **kwds) as name:
        if error:
            raise error
        return name


for maker in (plain, apart):
    print(maker.__name__, maker.__doc__, maker("n").__doc__, type(maker("n")).__name__, maker.__wrapped__ is not maker)
    for error in (None, KeyError("k"), ValueError("v"), StopIteration("s"), StopAsyncIteration("a"), RuntimeError("r"),
                  GeneratorExit("g")):
        if maker is apart and isinstance(error, StopIteration):
            continue
        for kwds in ({}, {"fails": IndexError("i")}, {"after": OSError("o")}, {"fails": error}):
            attempt(maker.__name__, lambda: used(maker, error, **kwds))
    attempt("argument", lambda: maker())


@plain("decorates")
def add(one, two=2):
    """Adds."""
    return one + two


@apart("decorates")
async def multiply(one, two=2):
    """Multiplies."""
    return one * two


print(add(1), add(1, two=5), add.__name__, add.__doc__, run(multiply(4)), run(multiply(4, two=3)), multiply.__doc__)
attempt("decorated", lambda: add("a"))


@contextmanager
def none():
    return
    yield


@contextmanager
def two():
    yield 1
    yield 2


@asynccontextmanager
async def anone():
    return
    yield


@asynccontextmanager
async def atwo():
    yield 1
    yield 2


@asynccontextmanager
async def aon():
    try:
        yield
    except ValueError:
        yield


async def enters(maker, error=None):
    async with maker():
        if error:
            raise error

attempt("none", none().__enter__)
attempt("two", lambda: [(m := two()).__enter__(), m.__exit__(None, None, None)])
attempt("two throws", lambda: [(m := two()).__enter__(), m.__exit__(ValueError, None, None)])
for maker in (anone, atwo, aon):
    attempt("async", lambda: run(enters(maker)))
    attempt("async", lambda: run(enters(maker, ValueError("v"))))


# ---- Small managers ----

class Closed:
    """Says that it is closed."""

    def __init__(self, error=None):
        self.error = error

    def close(self):
        print("closed")
        if self.error:
            raise self.error

    async def aclose(self):
        self.close()


def within(manager, error=None):
    with manager as given:
        if error:
            raise error
    return given


async def within_async(manager, error=None):
    async with manager as given:
        if error:
            raise error
    return given


for error in (None, KeyError("body")):
    attempt("closing", lambda: type(within(closing(Closed()), error)).__name__)
    attempt("closing", lambda: within(closing(Closed(OSError("close"))), error))
    attempt("aclosing", lambda: type(run(within_async(aclosing(Closed()), error))).__name__)
    attempt("nullcontext", lambda: (within(nullcontext(5), error), within(nullcontext())))
    attempt("nullcontext", lambda: run(within_async(nullcontext(enter_result=6), error)))
    attempt("suppress", lambda: within(suppress(LookupError, OSError), error))
    attempt("suppress", lambda: within(suppress(OSError), error))
    attempt("suppress", lambda: within(suppress(), error))
    attempt("suppress", lambda: within(suppress(5), error))
    attempt("redirect", lambda: within(redirect_stdout(io.StringIO()), error).getvalue())
attempt("closing", lambda: closing())
attempt("closing", lambda: within(closing(5)))
print(closing(thing=1).thing, nullcontext().enter_result)
one, two = io.StringIO(), io.StringIO()
again = redirect_stdout(new_target=one)
with again:
    print("one")
    with redirect_stdout(two):
        print("two")
    with again, redirect_stderr(two):
        print("three")
        print("four", file=sys.stderr)
    print("five")
print(repr(one.getvalue()), repr(two.getvalue()), sys.stdout is sys.__stdout__)
here = os.getcwd()
up = chdir(path="..")
with up as given:
    print(given, os.getcwd() == os.path.dirname(here), up.path)
    with up:
        print(os.getcwd() == os.path.dirname(os.path.dirname(here)))
    print(os.getcwd() == os.path.dirname(here))
print(os.getcwd() == here)
attempt("chdir", lambda: within(chdir("/no/such/folder")))


class Decorated(ContextDecorator):
    """A manager that is also a decorator."""

    def __enter__(self):
        print("begins")
        return self

    def __exit__(self, *details):
        print("ends", details[0])
        return details[0] is ZeroDivisionError


class Methods:
    """Has decorated methods."""

    @Decorated()
    def divide(self, by):
        """Divides."""
        return 1 / by


print(Methods().divide(2), Methods().divide(0), Methods.divide.__doc__, Methods.divide.__qualname__)
attempt("divide", lambda: Methods().divide("a"))
print(sorted(contextlib.__all__))
