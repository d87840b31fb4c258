# Calls: every kind of argument, and what is wrong with them.
def f(a, b, /, c, d=4, *args, e, g=7, **kwargs):
    return a, b, c, d, args, e, g, kwargs


print(f(1, 2, 3, e=5))
print(f(1, 2, 3, 4, 5, 6, e=7, h=8))
print(f(1, 2, c=3, e=5, d=0))
print(f(*[1, 2], *(3,), **{'e': 5}, **{'z': 1}))


def one(a):
    return a


def none():
    pass


def defaults(a, b=2, c=3):
    return a, b, c


def keyword_only(*, k, m=1):
    return k, m


def attempt(call):
    try:
        print(call())
    except TypeError as e:
        print(e)


attempt(lambda: one())
attempt(lambda: one(1, 2))
attempt(lambda: none(1))
attempt(lambda: defaults())
attempt(lambda: defaults(1, 2, 3, 4))
attempt(lambda: defaults(1, a=2))
attempt(lambda: defaults(1, z=2))
attempt(lambda: keyword_only())
attempt(lambda: keyword_only(1))
attempt(lambda: keyword_only(1, k=2))
attempt(lambda: f(1, 2, 3))
attempt(lambda: f(1, b=2, c=3, e=4))
attempt(lambda: f())
attempt(lambda: one(*5))
attempt(lambda: one(**5))
attempt(lambda: one(**{'a': 1}, **{'a': 2}))
number = 5
attempt(lambda: number())
attempt(lambda: len())
attempt(lambda: len([1], [2]))

attempt(lambda: [].append())


def mutable(a=[]):
    a.append(len(a))
    return a


print(mutable(), mutable(), mutable([]))
print(defaults.__defaults__, f.__kwdefaults__, f.__code__.co_varnames, f.__code__.co_argcount)


def decorate(tag):
    def wrap(func):
        def inner(*args, **kwargs):
            return tag, func(*args, **kwargs)
        return inner
    return wrap


@decorate('outer')
@decorate('inner')
def decorated(x):
    return x * 2


print(decorated(4))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(15))


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


print(deep(500))
try:
    deep(100000)
except RecursionError as e:
    print('RecursionError')


def annotated(a: int, b: 'str' = 'x', *c: float, d: list = None, **e: dict) -> bool:
    """The doc."""
    return True


print(annotated.__annotations__, annotated.__doc__, annotated.__name__, annotated.__module__)
annotated.extra = 1
print(annotated.extra, annotated.__dict__)
print(sorted([3, 1, 2], key=lambda v: -v), list(map(lambda a, b: a + b, [1, 2], [3, 4])))
print((lambda *a, **k: (a, k))(1, *[2], x=3, **{'y': 4}))
method = 'abc'.upper
print(method(), str.upper('x'), list.append.__name__)
print(max('abc', key=ord), sum([1, 2], start=10))
