"""Section C: what the gc module tells, freezing and debugging (test_gc)."""
import gc
import os
import re
import sys
import tempfile
import weakref

from stage import alive, scenario


class Plain:
    pass


def loop():
    a = Plain()
    a.me = a
    return a


def listed(x, *arguments):
    return any(x is y for y in gc.get_objects(*arguments))


@scenario('35 all objects')
def _(log):
    x, atoms = [], (1, 2)
    result = gc.get_objects()
    log(f'list {any(x is y for y in result)}, result {any(result is y for y in result)}')
    gc.collect(0)
    log(f'untracked {listed(atoms)}')
    gc.freeze()
    log(f'frozen {listed(x)}')
    gc.unfreeze()
    log(f'unfrozen {listed(x)}')


@scenario('36 objects of a generation')
def _(log):
    x = []
    log(f'{[listed(x, g) for g in range(3)]}')
    gc.collect(0)
    log(f'{[listed(x, g) for g in range(3)]}')
    gc.collect(1)
    log(f'{[listed(x, g) for g in range(3)]}')
    log(f'all {listed(x, None)}')
    for wrong in 3, 1000, -1000:
        try:
            gc.get_objects(wrong)
        except ValueError:
            log('ValueError')


def types_of(objects):
    return sorted(type(x).__name__ for x in objects)


@scenario('37 referents')
def _(log):
    alist = [1, 3, 5]
    got = gc.get_referents(alist)
    log(f'{sorted(got)}')
    adict = {5: 7}
    log(f'{sorted(gc.get_referents(adict))}')
    log(f'{sorted(gc.get_referents(alist, adict))}')
    log(f'{types_of(gc.get_referents([], (), 1, "a", None, 4.5, [[], {}]))}')
    log(f'{gc.get_referents(1, "a", 2.5)}')


@scenario('38 untracked')
def _(log):
    atoms = tuple([1, 2, 3])
    gc.collect()
    log(f'tracked {gc.is_tracked(atoms)}; {sorted(gc.get_referents(atoms))}')


@scenario('39 referrers')
def _(log):
    x = Plain()
    alist, adict = [x], {'x': x}
    found = gc.get_referrers(x)
    log(f'list {any(alist is y for y in found)}, dict {any(adict is y for y in found)}')
    log(f'nobody {[y for y in gc.get_referrers([]) if y is not sys._getframe()]}')


@scenario('40 tracked')
def _(log):
    atoms = [1, 1.5, 'a', None, True, b'']
    log(f'atoms {[gc.is_tracked(x) for x in atoms]}')
    log(f'containers {[gc.is_tracked(x) for x in ([], [1], {1: []}, ([],), Plain(), Plain)]}')


@scenario('41 finalized')
def _(log):
    saved = []

    class Phoenix:
        def __del__(self):
            log(f'inside {gc.is_finalized(self)}')
            saved.append(self)

    a = Phoenix()
    log(f'before {gc.is_finalized(a)}')
    del a
    log(f'after {gc.is_finalized(saved[0])}')
    log(f'others {gc.is_finalized(3)}, {gc.is_finalized([])}')


@scenario('42 statistics')
def _(log):
    def difference(generation):
        before = gc.get_stats()
        loop()
        loop()
        gc.collect(generation)
        after = gc.get_stats()
        log(f'{[[a[key] - b[key] for key in ("collections", "collected", "uncollectable")] for a, b in zip(after, before)]}')

    difference(0)
    difference(2)
    log(f'{len(gc.get_stats())}')


@scenario('43 callbacks')
def _(log):
    def first(phase, info):
        log(f'first {phase} {info["generation"]} {info["collected"]} {info["uncollectable"]}')

    def second(phase, info):
        log(f'second {phase}')

    gc.callbacks.append(first)
    gc.callbacks.append(second)
    loop()
    gc.collect(1)
    gc.callbacks.remove(first)
    gc.collect(0)
    gc.callbacks.clear()


@scenario('44 figures at the start')
def _(log):
    gc.callbacks.append(lambda phase, info: log(f'{phase} {info["collected"]} {info["uncollectable"]}'))
    loop()
    gc.collect()
    gc.callbacks.clear()


@scenario('45 error in a callback')
def _(log):
    def failing(phase, info):
        raise ValueError(phase)

    sys.unraisablehook = lambda what: log(f'unraisable {type(what.exc_value).__name__}: {what.exc_value}')
    gc.callbacks.append(failing)
    gc.callbacks.append(lambda phase, info: log(f'next {phase}'))
    loop()
    collected = gc.collect()
    gc.callbacks.clear()
    sys.unraisablehook = sys.__unraisablehook__
    log(f'collected {collected}')


@scenario('46 callbacks changed by a callback')
def _(log):
    def clearing(phase, info):
        gc.callbacks.clear()
        log(f'clearing {phase}')

    def growing(phase, info):
        if len(gc.callbacks) < 5:
            gc.callbacks.append(lambda phase, info: log(f'grown {phase}'))

    gc.callbacks.append(clearing)
    gc.callbacks.append(clearing)
    gc.collect()
    gc.callbacks.append(growing)
    gc.collect()
    gc.callbacks.clear()


def with_debug(flags, act):
    """The lines on standard error, numbers that differ from run to run taken out."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        gc.set_debug(flags)
        act()
        gc.set_debug(0)
        os.dup2(saved, 2)
        os.close(saved)
        file.seek(0)
        lines = file.read().decode().splitlines()
    return [re.sub(r'0x[0-9a-f]+', 'ADDRESS', line) for line in lines]


@scenario('48 statistics on standard error')
def _(log):
    def act():
        loop()
        gc.collect(1)

    for line in with_debug(gc.DEBUG_STATS, act):
        line = re.sub(r'(in each generation:|permanent generation:)( \d+)+', lambda m: m[1] + ' N' * m[0].count(' ', len(m[1])), line)
        log(re.sub(r'\d+\.\d{4}s', 'TIME', line))


@scenario('49 collectable objects on standard error')
def _(log):
    def act():
        loop()
        a = []
        a.append(a)
        del a
        gc.collect(0)

    for line in sorted(with_debug(gc.DEBUG_COLLECTABLE, act)):
        log(line)


class Final:
    calls = 0

    def __del__(self):
        Final.calls += 1


@scenario('50 save all')
def _(log):
    Final.calls = 0
    a = Final()
    a.me = a
    watch = weakref.ref(a)
    del a
    gc.set_debug(gc.DEBUG_SAVEALL)
    log(f'collected {gc.collect()}')
    gc.set_debug(0)
    log(f'garbage {len(gc.garbage)}, finalized {Final.calls}, weak {alive(watch)}')
    saved = gc.garbage[0]
    log(f'old {listed(saved, 2)}')
    del saved
    gc.garbage.clear()
    log(f'collected {gc.collect()}, finalized {Final.calls}')


@scenario('51 flags')
def _(log):
    log(f'{gc.DEBUG_STATS} {gc.DEBUG_COLLECTABLE} {gc.DEBUG_UNCOLLECTABLE} {gc.DEBUG_SAVEALL} {gc.DEBUG_LEAK}')
    log(f'{gc.get_debug()}')
    gc.set_debug(gc.DEBUG_LEAK)
    log(f'{gc.get_debug()}')
    gc.set_debug(0)
    log(f'{gc.get_debug()}')


@scenario('52 freeze')
def _(log):
    a = loop()
    watch = weakref.ref(a)
    gc.freeze()
    log(f'some {gc.get_freeze_count() > 0}, counts {gc.get_count()[1:]}')
    del a
    for generation in range(3):
        gc.collect(generation)
    log(f'after collections {alive(watch)}')
    gc.unfreeze()
    gc.collect()


@scenario('53 unfreeze')
def _(log):
    gc.freeze()
    a = loop()
    gc.freeze()
    watch = weakref.ref(a)
    gc.unfreeze()
    log(f'count {gc.get_freeze_count()}, old {listed(a, 2)}')
    del a
    for generation in range(3):
        gc.collect(generation)
        log(f'c({generation}) {alive(watch)}')


@scenario('54 frozen object')
def _(log):
    a = Plain()
    watch = weakref.ref(a)
    gc.freeze()
    del a
    log(f'{alive(watch)}')
    gc.unfreeze()
