"""Rules 108 and 109: weakref.finalize and the weak dictionaries (test_weakref)."""
import gc
import sys
import weakref

from stage import scenario


class Thing:
    def __init__(self, number):
        self.number = number


@scenario('108 finalize')
def _(log):
    a = Thing(1)
    f = weakref.finalize(a, lambda *args: log(f'called with {args}') or 7, 1, 2)
    log(f'alive {f.alive}, at exit {f.atexit}')
    obj, func, args, kwargs = f.peek()
    log(f'peek {obj is a}, {args}')
    del obj, a
    log(f'alive {f.alive}; again {f()}; peek {f.peek()}; detach {f.detach()}')
    a = Thing(2)
    f = weakref.finalize(a, log, 'by hand')
    log(f'returns {f()}; again {f()}')
    f = weakref.finalize(a, log, 'detached')
    obj, func, args, kwargs = f.detach()
    log(f'detach {obj is a}, {args}, alive {f.alive}; again {f.detach()}')
    del obj, a


@scenario('108 newest first')
def _(log):
    a = Thing(1)
    for i in range(3):
        weakref.finalize(a, log, str(i))
    del a
    a = Thing(2)
    a.me = a
    weakref.finalize(a, log, 'by collection')
    del a
    log(f'collected {gc.collect()}')


@scenario('108 at exit')
def _(log):
    a = Thing(1)

    def failing():
        log('failing')
        raise ValueError('at exit')

    def adding():
        log('adding')
        weakref.finalize(a, log, 'added')

    weakref.finalize(a, log, 'first')
    weakref.finalize(a, log, 'not at exit').atexit = False
    weakref.finalize(a, failing)
    weakref.finalize(a, adding)
    weakref.finalize(a, log, 'last')
    hook, sys.excepthook = sys.excepthook, lambda *_: None
    weakref.finalize._exitfunc()
    sys.excepthook = hook
    weakref.finalize._registry.clear()
    weakref.finalize._shutdown = False


def make(kind, count):
    things = [Thing(i) for i in range(count)]
    made = kind()
    for thing in things:
        if kind is weakref.WeakKeyDictionary:
            made[thing] = thing.number
        else:
            made[thing.number] = thing
    return made, things


both = weakref.WeakKeyDictionary, weakref.WeakValueDictionary


@scenario('109 entries die')
def _(log):
    for kind in both:
        d, things = make(kind, 4)
        del things[1]
        gc.collect()
        log(f'{len(d)} left')
        d.pop(things[0] if kind is weakref.WeakKeyDictionary else 0)
        try:
            d[things[0] if kind is weakref.WeakKeyDictionary else 0]
        except KeyError:
            log('KeyError')
        for thing in things:
            thing.me = thing
        del things[1], thing
        gc.collect()
        log(f'{len(d)} left')


@scenario('109 destroyed while iterating')
def _(log):
    for kind in both:
        d, things = make(kind, 10)
        it = d.items()
        next(it)
        del things[-1]
        gc.collect()
        seen = len(list(it))
        del it
        log(f'saw {seen} more, {len(d)} left')


@scenario('109 destroyed and mutated while iterating')
def _(log):
    for kind in both:
        keys = kind is weakref.WeakKeyDictionary

        def destroyed():
            it = d.items()
            next(it)
            thing = things.pop()
            number = thing.number
            del thing
            gc.collect()
            fresh = Thing(number)
            return it, (fresh if keys else number), (number if keys else fresh)

        d, things = make(kind, 10)
        it, k, v = destroyed()
        log(f'contains {k in d}')
        it = None
        it, k, v = destroyed()
        for act in (lambda: d.__delitem__(k), lambda: d.pop(k)):
            try:
                act()
            except KeyError:
                log('KeyError')
        it = None
        log(f'contains {k in d}, {len(d)} left')
        it, k, v = destroyed()
        d[k] = v
        it = None
        log(f'set {d[k] == v}, {len(d)} left')
        it, k2, v2 = destroyed()
        d.clear()
        it = None
        log(f'{len(d)} left')


@scenario('109 removal and length while iterating')
def _(log):
    for kind in both:
        keys = kind is weakref.WeakKeyDictionary
        d, things = make(kind, 10)
        other = Thing(123456)

        def destroyed():
            it = d.items()
            next(it)
            del things[-1]
            gc.collect()
            return it

        def put(thing):
            if keys:
                d[thing] = thing.number
            else:
                d[thing.number] = thing

        it = destroyed()
        lengths = [len(d)]
        d.pop(next(d.keys()))
        lengths.append(len(d))
        put(other)
        lengths.append(len(d))
        it = None
        it = destroyed()
        lengths.append(len(d))
        d.popitem()
        lengths.append(len(d))
        it = None
        it = destroyed()
        lengths.append(len(d))
        del d[next(d.keys())]
        lengths.append(len(d))
        it = None
        it = destroyed()
        d.popitem()
        lengths.append(len(d))
        it = None
        it = destroyed()
        d.clear()
        lengths.append(len(d))
        it = None
        lengths.append(len(d))
        log(f'{lengths}')


@scenario('109 length raced by collections')
def _(log):
    for kind in both:
        good = 0
        thresholds = gc.get_threshold()
        gc.enable()
        for threshold in range(1, 100):
            gc.collect(0)
            gc.set_threshold(threshold, threshold, threshold)
            items = [Thing(i) for i in range(20)]
            for item in items:
                item.cycle = item
            d = kind()
            for item in items:
                if kind is weakref.WeakKeyDictionary:
                    d[item] = 1
                else:
                    d[item.number] = item
            del items, item
            it = d.items()
            next(it, None)
            n1 = len(d)
            del it
            n2 = len(d)
            good += 0 <= n2 <= n1 <= 20
        gc.disable()
        gc.set_threshold(*thresholds)
        log(f'right {good}')


@scenario('109 cascading deletes')
def _(log):
    class Node:
        def __init__(self, next):
            self.next = next

    for kind in both:
        d = kind()
        chain = None
        for i in range(1000):
            chain = Node(chain)
            if kind is weakref.WeakKeyDictionary:
                d[chain] = i
            else:
                d[i] = chain
        before = len(d)
        del chain
        log(f'{before}, {len(d)}')


@scenario('109 value that refers to its key')
def _(log):
    # The entry is a root of what its value reaches, so a key that its own value holds stays.
    d = weakref.WeakKeyDictionary()
    a = Thing(1)
    d[a] = [a]
    del a
    gc.collect()
    log(f'{len(d)} left')
    d.clear()
    d = weakref.WeakValueDictionary()
    a = Thing(1)
    a.d = d
    d[1] = a
    del a
    log(f'{len(d)} left')
    gc.collect()
    log(f'{len(d)} left')
