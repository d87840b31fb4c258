# async functions driven by hand.
class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


async def child(n):
    got = await Pause(n)
    return got * 2


async def parent():
    total = 0
    for i in range(3):
        total += await child(i)
    return total


def drive(coro):
    value = None
    while True:
        try:
            yielded = coro.send(value)
        except StopIteration as e:
            return e.value
        print('paused', yielded)
        value = 10


print(drive(parent()))


class Manager:
    async def __aenter__(self):
        print('aenter')
        return 'm'

    async def __aexit__(self, *args):
        print('aexit', args[0])


class Items:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def agen(n):
    for i in range(n):
        await Pause('in agen')
        yield i


async def uses():
    async with Manager() as m:
        print(m)
    async for i in Items(3):
        print('item', i)
    else:
        print('done')
    print([x async for x in Items(2)])
    print([x async for x in agen(2)])
    async for v in agen(2):
        print('agen', v)
    return 'end'


print(drive(uses()))


async def fails():
    try:
        await Pause(1)
    except ValueError as e:
        return f'caught {e}'


c = fails()
c.send(None)
try:
    c.throw(ValueError('v'))
except StopIteration as e:
    print(e.value)
print(type(c).__name__, c.__name__)


async def bad():
    await 5


try:
    bad().send(None)
except TypeError as e:
    print(e)


# ---- throw() with a type and a value into asynchronous generators ----

async def catching():
    """Says what is thrown into it."""
    for _ in range(2):
        try:
            yield 1
        except KeyError as error:
            print("caught", repr(error), error is given)


def driven(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


given = KeyError("given")
for arguments in [(KeyError, given), (given,), (KeyError, given, None), (KeyError, "made"), (KeyError, ("a", "b")),
                  (KeyError,),
                  (given, "second"), (5,), (KeyError, "x", 5), (LookupError, given)]:
    generator = catching()
    driven(generator.__anext__())
    try:
        print(driven(generator.athrow(*arguments)))
    except BaseException as error:
        print(repr(error), error is given)
generator = catching()
driven(generator.__anext__())
step = generator.asend(None)
try:
    step.throw(KeyError, given)
except StopIteration as end:
    print(end.value)
