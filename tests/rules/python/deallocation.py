"""Section F: depth, untracking, teardown (test_gc, test_tuple, test_dict)."""
import gc
import weakref

from stage import alive, scenario


class Collecting:
    count = 0

    def __del__(self):
        Collecting.count += 1
        if Collecting.count % 17 == 0:
            gc.collect()


@scenario('111 deep nests whose finalizers collect')
def _(log):
    for make in (list, tuple, dict):
        Collecting.count = 0
        for _ in range(2):
            nest = [] if make is list else () if make is tuple else {1: 1}
            for _ in range(150):
                nest = {1: (nest, Collecting())} if make is dict else make([nest, Collecting()])
            del nest
        log(f'finalized {Collecting.count}')


@scenario('113 untracked before callbacks')
def _(log):
    class Plain:
        pass

    a = Plain()
    number = id(a)
    watch = weakref.ref(a, lambda _: log(f'found {any(id(x) == number for x in gc.get_objects())}'))
    log(f'before {any(id(x) == number for x in gc.get_objects())}')
    del a
    log(f'weak {alive(watch)}')


@scenario('113 old objects that die with young trash')
def _(log):
    def look(_):
        found = [x for x in gc.get_objects() if id(x) in trash]
        found += [x for x in gc.get_referrers(*gc.get_objects()) if id(x) in trash]
        log(f'found {len(found)}')

    class Mortal:
        __del__ = look

    class Plain:
        pass

    for make in Mortal, Plain:
        old = make()
        watch = weakref.ref(old, look if make is Plain else None)
        gc.collect()
        a, b, c = [], [], []
        a += b, c
        b += c, a
        c += a, old
        trash = {id(a), id(b), id(c)}
        del a, b, c, old
        log(f'collected {gc.collect(0)}; weak {alive(watch)}')


def collections(log, x):
    tracked = [gc.is_tracked(x)]
    for generation in 0, 1, 2:
        gc.collect(generation)
        tracked.append(gc.is_tracked(x))
    log(f'{tracked}')


def pair(a, b):
    return tuple([a, b])


@scenario('114 tuples')
def _(log):
    collections(log, pair(1, 2.5))
    collections(log, pair(1, []))
    inner = pair('a', None)
    outer = pair(inner, 1)
    gc.collect(0)
    log(f'inner {gc.is_tracked(inner)}')
    gc.collect(1)
    log(f'outer {gc.is_tracked(outer)}')


@scenario('116 dicts')
def _(log):
    log(f'born {gc.is_tracked({})}, with atoms {gc.is_tracked({"a": 1, 2: 3.5})}')
    d = {'a': 1}
    d['b'] = []
    log(f'with a list {gc.is_tracked(d)}')
    del d['b']
    collections(log, d)


@scenario('117 attributes')
def _(log):
    class Plain:
        pass

    a = Plain()
    a.x = 1
    log(f'instance {gc.is_tracked(a)}, its dict {gc.is_tracked(a.__dict__)}')


@scenario('120 type with its last instance')
def _(log):
    class Kind:
        pass

    watch = weakref.ref(Kind)
    a = Kind()
    a.me = a
    del Kind
    gc.collect()
    log(f'with an instance {alive(watch)}')
    del a
    gc.collect()
    log(f'without {alive(watch)}')
