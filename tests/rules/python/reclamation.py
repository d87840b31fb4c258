"""Section A: what is reclaimed and what a collection returns."""
import gc
import sys
import weakref

from stage import scenario


@scenario('1 list in itself')
def _(log):
    a = []
    a.append(a)
    del a
    log(f'collected {gc.collect()}')


@scenario('2 dict in itself')
def _(log):
    a = {}
    a[1] = a
    del a
    log(f'collected {gc.collect()}')


@scenario('3 tuple and list')
def _(log):
    a = []
    a.append((a,))
    del a
    log(f'collected {gc.collect()}')


@scenario('4 class')
def _(log):
    class A:
        pass

    A.a = A
    del A
    log(f'something collected {gc.collect() > 0}')
    log(f'then {gc.collect()}')


class Plain:
    pass


@scenario('5 instance')
def _(log):
    a = Plain()
    a.a = a
    del a
    log(f'collected {gc.collect()}')


class Left:
    pass


class Right:
    pass


class Both(Left, Right):
    pass


@scenario('6 several bases')
def _(log):
    a = Both()
    a.a = a
    del a
    log(f'collected {gc.collect()}')
    log(f'then {gc.collect()}')


class WithMethod:
    def init(self):
        pass


@scenario('7 bound method')
def _(log):
    a = WithMethod()
    a.init = a.init
    del a
    log(f'collected {gc.collect()}')


@scenario('8 function and globals')
def _(log):
    d = {}
    exec('def f(): pass\n', d)
    del d['__builtins__']
    del d
    log(f'collected {gc.collect()}')


class Phoenix:
    saved = []

    def __del__(self):
        Phoenix.saved.append(self)


@scenario('10 returned number')
def _(log):
    for _ in range(3):
        a = Plain()
        a.a = a
    del a
    a = Phoenix()
    a.a = a
    del a
    log(f'collected {gc.collect()}')
    log(f'saved {len(Phoenix.saved)}')
    Phoenix.saved.clear()
    log(f'then {gc.collect()}')


@scenario('11 invalid generation')
def _(log):
    for generation in (-1, 3):
        try:
            gc.collect(generation)
        except ValueError as error:
            log(f'ValueError: {error}')


class Collecting:
    log = None

    def __del__(self):
        Collecting.log(f'inside a finalizer {gc.collect()}')


@scenario('12 collection in a collection')
def _(log):
    Collecting.log = log
    a, b = Collecting(), Plain()
    a.b, b.a = b, a
    watch = weakref.ref(b, lambda _: log(f'inside a callback {gc.collect()}'))
    del a, b
    log(f'outer {gc.collect()}')
    del watch


@scenario('13 disabled')
def _(log):
    for _ in range(5):
        a = []
        a.append(a)
    del a
    log(f'enabled {gc.isenabled()}')
    log(f'collected {gc.collect()}')


@scenario('14 older generation')
def _(log):
    a = []
    a.append(a)
    gc.collect(0)
    del a
    log(f'0: {gc.collect(0)}')
    log(f'1: {gc.collect(1)}')
    a = []
    a.append(a)
    gc.collect(1)
    del a
    log(f'0: {gc.collect(0)}')
    log(f'1: {gc.collect(1)}')
    log(f'2: {gc.collect(2)}')


@scenario('15 held by an old dead one')
def _(log):
    a = []
    a.append(a)
    gc.collect()
    a.append([a])
    del a
    log(f'0: {gc.collect(0)}')
    log(f'1: {gc.collect(1)}')
    log(f'2: {gc.collect(2)}')


class Raising:
    def __del__(self):
        raise ValueError('in a finalizer')


class Guard:
    collected = None

    def __exit__(self, *_):
        Guard.collected = gc.collect()

    def __enter__(self):
        pass


@scenario('16 pending exception')
def _(log):
    unraisable = []
    sys.unraisablehook = lambda what: unraisable.append(f'{type(what.exc_value).__name__}: {what.exc_value}')
    a = Raising()
    a.a = a
    del a
    try:
        with Guard():
            raise KeyError('pending')
    except KeyError as error:
        log(f'caught KeyError: {error}')
    sys.unraisablehook = sys.__unraisablehook__
    log(f'collected {Guard.collected}')
    log(f'unraisable {unraisable[0]}')


class Boom:
    def __getattr__(self, name):
        del self.attr
        raise AttributeError


class Boom2:
    def __init__(self):
        self.x = 0

    def __getattr__(self, name):
        self.x += 1
        if self.x > 1:
            del self.attr
        raise AttributeError


@scenario('17 boom')
def _(log):
    for kind in (Boom, Boom2):
        a, b = kind(), kind()
        a.attr, b.attr = b, a
        before = len(gc.garbage)
        del a, b
        log(f'collected {gc.collect()}')
        log(f'garbage {len(gc.garbage) - before}')


@scenario('18 function seen when cleared')
def _(log):
    class Late:
        def __del__(self):
            nonlocal func
            func = self.ref.func()

    class Cyclic(tuple):
        def __del__(self):
            nonlocal latefin
            self[1].ref = Holder()
            self[1].ref.func = weakref.ref(self[0])
            del latefin

    class Holder:
        pass

    latefin = Late()

    def func():
        pass

    cyc = tuple.__new__(Cyclic, (func, latefin))
    func.__module__ = cyc
    del func, cyc
    gc.collect()
    log('printed ' + ('None' if func is None else type(func).__name__ if repr(func) else ''))
