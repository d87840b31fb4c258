"""The module contextlib."""
import contextlib
import io
import sys
from contextlib import *
from module_support import told


@contextmanager
def managed(name, swallows=False):
    """Manages."""
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("caught", error)
        if not swallows:
            raise
    finally:
        print("exit", name)


with managed("a") as value:
    print(value)
with managed("b", True):
    raise ValueError("x")
try:
    with managed("c"):
        raise ValueError("y")
except ValueError as error:
    print("out", error, error.__context__)
print(managed.__name__, managed.__doc__)


@managed("decorator")
def function(x):
    return x


print(function(5), function(6))


@contextmanager
def never():
    if False:
        yield


@contextmanager
def twice():
    yield 1
    yield 2


@contextmanager
def goes_on():
    try:
        yield
    except Exception:
        pass
    yield


for broken in (never, twice):
    try:
        with broken():
            pass
    except RuntimeError as error:
        print(error)
try:
    with goes_on():
        raise KeyError
except RuntimeError as error:
    print(error)


@contextmanager
def plain():
    yield


for kind in (StopIteration, StopAsyncIteration, RuntimeError):
    error = kind("spam")
    try:
        with plain():
            raise error
    except Exception as caught:
        print(caught is error, caught.__cause__)


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as thing:
    print(type(thing).__name__)
with suppress(KeyError, IndexError):
    {}["x"]
print("went on")
try:
    with suppress(KeyError):
        1 / 0
except ZeroDivisionError:
    print("not suppressed")
with suppress():
    pass
out = io.StringIO()
with redirect_stdout(out) as target:
    print("hidden")
print(repr(out.getvalue()))
err = io.StringIO()
with redirect_stderr(err):
    print("error", file=sys.stderr)
print(repr(err.getvalue()))
with nullcontext(5) as five, nullcontext() as nothing:
    print(five, nothing)
with ExitStack() as stack:
    print(stack.enter_context(managed("first")))
    stack.callback(print, "callback", end="!\n")
    stack.push(lambda *details: print("pushed", details[0]))

    @stack.callback
    def last():
        print("last in")
with ExitStack() as stack:
    stack.push(lambda kind, value, tb: kind is ValueError)
    raise ValueError
with ExitStack() as stack:
    stack.callback(print, "kept")
    kept = stack.pop_all()
print("before")
kept.close()
try:
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise KeyError("first")
except ZeroDivisionError as error:
    print(error, repr(error.__context__))
told(ExitStack().enter_context, 5)


class Manager(AbstractContextManager):
    def __exit__(self, *details):
        print("left", details)


with Manager() as manager:
    print(isinstance(manager, AbstractContextManager), issubclass(ExitStack, AbstractContextManager),
          isinstance(5, AbstractContextManager))
told(AbstractContextManager)


class Decorating(ContextDecorator):
    def __enter__(self):
        print("in")

    def __exit__(self, *details):
        print("out")


@Decorating()
def work():
    print("work")


work()


@asynccontextmanager
async def asynchronous(x):
    print("async in")
    try:
        yield x
    finally:
        print("async out")


class AsyncThing:
    async def aclose(self):
        print("aclosed")


async def main():
    async with asynchronous(3) as three:
        print(three)
    async with AsyncExitStack() as stack:
        print(await stack.enter_async_context(asynchronous(4)))
        stack.callback(print, "sync")

        async def later():
            print("later")
        stack.push_async_callback(later)
    async with aclosing(AsyncThing()), nullcontext(1) as one:
        print(one)
    try:
        async with asynchronous(5):
            raise LookupError("inside")
    except LookupError as error:
        print(error)


running = main()
try:
    running.send(None)
except StopIteration:
    print("done")
print(sorted(contextlib.__all__))
