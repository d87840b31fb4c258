"""Rules 82 to 86 and 47: finalizers from before PEP 442 (test_finalization, test_gc). They need CPython's module for its own tests."""
import gc
import weakref

from stage import alive, scenario

try:
    from _testcapi import with_tp_del
except ImportError:
    with_tp_del = None


def legacy(name):
    def register(play):
        scenario(name)(play if with_tp_del else lambda log: log('skipped'))
        return play

    return register


def calls(log, watch):
    log(f'del {Both.dels}, tp_del {Both.tp_dels}, weak {alive(watch)}')


class Both:
    dels = tp_dels = 0
    saved = []

    def __del__(self):
        Both.dels += 1

    def __tp_del__(self):
        Both.tp_dels += 1


class BothSaved(Both):
    def __tp_del__(self):
        Both.tp_dels += 1
        Both.saved.append(self)


class Old:
    def __tp_del__(self):
        pass


class Plain:
    pass


if with_tp_del:
    Both, BothSaved, Old = with_tp_del(Both), with_tp_del(BothSaved), with_tp_del(Old)


def loop(kind):
    a = kind()
    a.me = a
    return a


@legacy('82 legacy finalizer in a cycle')
def _(log):
    a = loop(Old)
    loop(Plain)
    address = id(a)
    del a
    log(f'collected {gc.collect()}; garbage {len(gc.garbage)}, the one {id(gc.garbage[0]) == address}')
    log(f'again {gc.collect()}; garbage {len(gc.garbage)}')
    del gc.garbage[0].me
    gc.garbage.clear()
    log(f'then {gc.collect()}')


@legacy('83 reached from a legacy finalizer')
def _(log):
    a = loop(Old)
    a.cargo = loop(Plain)
    b = loop(Plain)
    b.a = a
    before = gc.get_stats()[2]
    del a, b
    collected = gc.collect()
    after = gc.get_stats()[2]
    log(f'collected {after["collected"] - before["collected"]}, uncollectable {after["uncollectable"] - before["uncollectable"]}')
    log(f'returned {collected}, garbage {len(gc.garbage)}')
    del gc.garbage[0].me
    gc.garbage.clear()
    log(f'then {gc.collect()}')


@legacy('84 both finalizers')
def _(log):
    Both.dels = Both.tp_dels = 0
    a = Both()
    watch = weakref.ref(a)
    del a
    calls(log, watch)
    gc.collect()
    calls(log, watch)


@legacy('85 legacy finalizer that saves')
def _(log):
    Both.dels = Both.tp_dels = 0
    a = BothSaved()
    watch = weakref.ref(a)
    del a
    calls(log, watch)
    Both.saved.pop()
    calls(log, watch)
    log(f'saved {len(Both.saved)}')
    BothSaved.__tp_del__ = lambda self: None
    Both.saved.clear()


@legacy('86 legacy finalizer in a self-cycle')
def _(log):
    Both.dels = Both.tp_dels = 0
    a = loop(Both)
    watch = weakref.ref(a)
    del a
    gc.collect()
    calls(log, watch)
    log(f'garbage {len(gc.garbage)}')
    gc.garbage[0].me = None
    gc.garbage.clear()
    calls(log, watch)


@legacy('47 garbage emptied by a callback')
def _(log):
    def pair():
        a, b = Old(), Old()
        a.partner, b.partner = b, a

    def cleaning(phase, info):
        if phase == 'stop':
            log(f'collected {info["collected"]}, uncollectable {info["uncollectable"]}')
            for a in gc.garbage:
                a.partner = None
            gc.garbage.clear()

    pair()
    pair()
    loop(Plain)
    gc.callbacks.append(cleaning)
    gc.collect()
    log(f'garbage {len(gc.garbage)}')
    gc.collect()
    gc.callbacks.clear()


@legacy('49 uncollectable objects on standard error')
def _(log):
    from introspection import with_debug

    def act():
        loop(Old)
        gc.collect()

    for line in with_debug(gc.DEBUG_UNCOLLECTABLE, act):
        log(line)
    del gc.garbage[0].me
    gc.garbage.clear()
