# Generators.
def count(n):
    for i in range(n):
        got = yield i
        if got is not None:
            print('got', got)
    return 'result'


print(list(count(3)))
g = count(3)
print(next(g), g.send('hello'), next(g))
try:
    next(g)
except StopIteration as e:
    print(e.value)


def delegate():
    result = yield from count(2)
    print('delegated', result)
    yield from 'ab'
    try:
        yield 'last'
    except ValueError as e:
        print('inside', e)
        yield 'recovered'


d = delegate()
print([next(d) for _ in range(5)])
print(d.throw(ValueError('v')))
print(list(d))


def fails():
    yield 1
    raise KeyError('k')


f = fails()
next(f)
try:
    next(f)
except KeyError as e:
    print('failed', e)
print(list(f))
squares = (x * x for x in range(4))
print(next(squares), list(squares))
print(sum(x for x in range(10) if x % 2))


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


print(list(tree(3)))


def stops():
    yield 1
    raise StopIteration('early')


try:
    list(stops())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def closing():
    try:
        while True:
            yield
    finally:
        print('cleanup')


c = closing()
next(c)
del c


def infinite():
    n = 0
    while True:
        n += 1
        yield n


for v in infinite():
    if v > 3:
        break
print(v)
g = count(1)
print(g.gi_running, g.gi_frame is not None, g.gi_code.co_name, g.__name__, type(g).__name__)
try:
    g.send(1)
except TypeError as e:
    print(e)


def both():
    x = yield
    while x is not None:
        x = yield x * 2


b = both()
next(b)
print(b.send(1), b.send(2))
try:
    b.send(None)
except StopIteration:
    print('stopped')


class Awaited:
    def __iter__(self):
        return iter([1, 2])


def over():
    yield from Awaited()


print(list(over()))


def inner_close():
    try:
        yield 1
    finally:
        print('inner closed')


def outer_close():
    yield from inner_close()


o = outer_close()
next(o)
o.close()
print(list(zip(count(3), count(2))))


# A lambda that yields returns the value of its expression.
def ending(generator, value):
    try:
        generator.send(value)
    except StopIteration as stop:
        return stop.value


yielding = (lambda: (yield 1))()
print(next(yielding), ending(yielding, 2))


class Odd(Exception):
    def __new__(cls, *arguments):
        return cls


def plain():
    yield


# What goes wrong in making an exception is thrown in its place.
stopped = plain()
try:
    stopped.throw(Odd)
except TypeError as error:
    print(type(error).__name__)
print(list(stopped))


# Who delegates is among the callers while an exception goes through it.
def callers():
    import sys
    frame, names = sys._getframe(1), []
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def inner():
    try:
        yield
    except RuntimeError:
        print(callers())
    yield


def outer():
    yield from inner()


delegating = outer()
next(delegating)
delegating.throw(RuntimeError)
