"""Section E: weak references and their callbacks (test_weakref, test_gc)."""
import gc
import sys
import weakref

from stage import alive, numbers, scenario


class Plain:
    pass


class Loop:
    def __init__(self):
        self.me = self


@scenario('89 callbacks newest first')
def _(log):
    for cyclic in False, True:
        order, seen = [], []
        a = Plain()
        if cyclic:
            a.me = a
        watches = []
        for i in 1, 2, 3:

            def callback(_, i=i):
                order.append(i)
                seen.extend(watch() for watch in watches)

            watches.append(weakref.ref(a, callback))
        del a
        gc.collect()
        log(f'order {numbers(order)}; alive {sum(x is not None for x in seen)} of {len(seen)}')


@scenario('90 another reference called in a callback')
def _(log):
    a = Plain()
    first = weakref.ref(a)
    second = weakref.ref(a, lambda _: log(f'the other gives {first()}'))
    del a
    log(f'second {alive(second)}')


@scenario('91 callback attribute')
def _(log):
    for make in Plain, Loop:  # one dies by its count, the other by a collection
        a = make()
        given = []
        watch = weakref.ref(a, lambda reference: given.append((reference is watch, reference.__callback__ is None)))
        log(f'before {watch.__callback__ is None}')
        del a
        gc.collect()
        log(f'given {given}; after {watch.__callback__ is None}')


@scenario('92 sharing')
def _(log):
    a = Plain()
    first = weakref.ref(a)
    log(f'without {weakref.ref(a) is first}; None {weakref.ref(a, None) is first}')
    own = weakref.ref(a, print)
    log(f'with {own is first}, {weakref.ref(a, print) is own}')
    del first, own
    first = weakref.ref(a)
    log(f'again {weakref.ref(a) is first}')


class Guard:
    def __init__(self, held):
        self.held = held

    def __enter__(self):
        pass

    def __exit__(self, *_):
        self.held.clear()


@scenario('93 pending exception and callback')
def _(log):
    sys.unraisablehook = lambda what: log(f'unraisable {type(what.exc_value).__name__}: {what.exc_value}')
    held = [Plain()]

    def callback(_):
        raise RuntimeError('in a callback')

    watch = weakref.ref(held[0], callback)
    try:
        with Guard(held):
            raise KeyError('pending')
    except KeyError as error:
        log(f'caught KeyError: {error}')
    log(f'weak {alive(watch)}')
    sys.unraisablehook = sys.__unraisablehook__


@scenario('94 callback in a cycle')
def _(log):
    class J:
        pass

    class II:
        def acallback(self, ignore):
            log('called')

    i = II()
    i.J = J
    i.wr = weakref.ref(J, i.acallback)
    del i, J, II
    log(f'collected some {gc.collect() > 0}; then {gc.collect()}')


@scenario('95 callback reachable one way')
def _(log):
    # The target is in a cycle of its own; the reference and its callback are trash that reaches it.
    class C:
        def cb(self, ignore):
            log('called')

    c1, c2 = C(), C()
    c2.me = c2
    c2.c1 = c1
    c2.wr = weakref.ref(c1, c2.cb)
    c1.me = c1
    del c1, c2
    log(f'collected {gc.collect()}; then {gc.collect()}')
    del C
    gc.collect()


@scenario('96 reference that is trash')
def _(log):
    # As before, but of different classes, and the callback is not trash.
    calls = []
    c, d = Plain(), Plain()
    d.me = d
    d.c = c
    d.wr = weakref.ref(c, calls.append)
    c.me = c
    del c, d
    log(f'collected {gc.collect()}; called {len(calls)}')


@scenario('97 resurrection and callbacks')
def _(log):
    class C:
        def __init__(self, value):
            self.attribute = value

        def acallback(self, *ignore):
            log(f'called {self.c.attribute}')

    c1, c2 = C(1), C(2)
    c1.c, c2.c = c2, c1
    c1.wr = weakref.ref(c2, c1.acallback)
    c2.wr = weakref.ref(c1, c2.acallback)
    went = weakref.ref(C, lambda ignore: log('C went away'))
    del c1, c2, C
    log('before')
    gc.collect()
    log(f'class {alive(went)}')


@scenario('98 callback on a callback')
def _(log):
    class C:
        def cb(self, ignore):
            log('called')

    class D:
        pass

    c, d = C(), D()
    c.d = d
    callback = c.cb
    c.wr = weakref.ref(d, callback)
    d.wr = weakref.ref(callback, c.cb)
    d.c, d.callback = c, callback
    external = weakref.ref(callback, lambda ignore: log('safe callback called'))
    log(f'external {external() is callback}')
    del callback, c, d
    gc.collect()
    log(f'external {alive(external)}')


@scenario('99 callback that collects')
def _(log):
    a = Plain()
    watch = weakref.ref(a, lambda _: log(f'inside {gc.collect()}'))
    del a
    log(f'weak {alive(watch)}; then {gc.collect()}')


@scenario('100 collection while a reference is made')
def _(log):
    gc.enable()
    thresholds = gc.get_threshold()
    gc.set_threshold(1)
    targets = [Plain() for _ in range(20)]
    references = []
    for target in targets:
        Loop()
        references.append(weakref.ref(target))
        Loop()
        references.append(weakref.ref(target, lambda _: None))
        Loop()
        log(f'shared {weakref.ref(target) is references[-2]}') if target is targets[0] else None
    log(f'alive {sum(reference() is not None for reference in references)}')
    targets.clear()
    del target
    gc.set_threshold(*thresholds)
    gc.disable()
    log(f'alive {sum(reference() is not None for reference in references)}')


@scenario('101 two dead objects')
def _(log):
    seen = []
    a, b = Loop(), Loop()
    wa = weakref.ref(a, lambda _: seen.append(wb()))
    wb = weakref.ref(b, lambda _: seen.append(wa()))
    del a, b
    log(f'collected {gc.collect()}; saw {seen}')


@scenario('102 old object killed by clearing')
def _(log):
    c0 = Loop()
    gc.collect()
    c1 = Loop()
    c1.keep_c0_alive = c0
    del c0.me
    c2 = Loop()
    c2wr = weakref.ref(c2)
    c0wr = weakref.ref(c0, lambda _: log(f'callback sees {alive(c2wr)}'))
    c0 = c1 = c2 = None
    log(f'collected {gc.collect(0)}; {alive(c0wr)}')


@scenario('104 reference that owns its target')
def _(log):
    class Owning(weakref.ref):
        pass

    a = Plain()
    calls = []
    watch = Owning(a, calls.append)
    a.watch = watch
    a.me = a
    del a, watch
    gc.collect()
    log(f'called {len(calls)}')


@scenario('105 order of finalizer and callback')
def _(log):
    class Final:
        def __del__(self):
            log(f'finalizer sees {alive(watch)}')

    a = Final()
    watch = weakref.ref(a, lambda _: log('callback'))
    del a
    log('by collection')
    a = Final()
    a.me = a
    watch = weakref.ref(a, lambda _: log('callback'))
    del a
    gc.collect()


@scenario('105 reference without a callback')
def _(log):
    class Final:
        def __del__(self):
            log(f'finalizer sees {alive(watch)}')

    a = Final()
    a.me = a
    watch = weakref.ref(a)
    del a
    gc.collect()
    log(f'then {alive(watch)}')


@scenario('106 references to dying parents')
def _(log):
    class Parent:
        pass

    calls = []
    chain = Parent()
    for _ in range(100):
        parent = Parent()
        parent.child = chain
        parent.weak = weakref.ref(chain, calls.append)
        chain = parent
    del parent, chain
    log(f'nearly all called {len(calls) >= 98}')  # 3.11's trashcan loses two; 3.12 and later call all


@scenario('110 equality and hash')
def _(log):
    class Equal:
        def __eq__(self, other):
            return True

        def __hash__(self):
            return 42

    a, b = Equal(), Equal()
    ra, rb = weakref.ref(a), weakref.ref(b)
    log(f'live {ra == rb}, {ra != rb}; hash {hash(ra)}')
    del a, b
    log(f'dead {ra == rb}, {ra != rb}, {ra == ra}; hash {hash(ra)}')
    try:
        hash(rb)
    except TypeError as error:
        log(f'TypeError: {error}')
