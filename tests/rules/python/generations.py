"""Section B: generations, counts, thresholds (test_gc)."""
import gc

from stage import scenario


@scenario('19 default thresholds')
def _(log):
    log(f'{gc.get_threshold()}')


@scenario('21 count of an allocation')
def _(log):
    gc.collect()
    a, b, c = gc.get_count()
    kept = [[] for _ in range(100)]
    d, e, f = gc.get_count()
    log(f'grown {d - a >= 100}, {(b, c)}, {(e, f)}')


@scenario('22 counts after collections')
def _(log):
    gc.collect()
    for generation in 0, 0, 1, 2:
        gc.collect(generation)
        _, b, c = gc.get_count()
        log(f'c({generation}) {(b, c)}')


def events():
    """The generations of the collections from now on."""
    seen = []
    gc.callbacks.append(lambda phase, info: seen.append(info['generation']) if phase == 'stop' else None)
    return seen


@scenario('23 strictly greater')
def _(log):
    seen = events()
    kept = []
    gc.collect()
    thresholds = gc.get_threshold()
    gc.set_threshold(100)
    seen.clear()
    gc.enable()
    while not seen:
        kept.append([])
    gc.disable()
    gc.set_threshold(*thresholds)
    gc.callbacks.clear()
    log(f'about 101 with a threshold of 100: {95 < len(kept) < 105}')


@scenario('24 oldest that is due')
def _(log):
    seen = events()
    kept = []
    gc.collect()
    thresholds = gc.get_threshold()
    gc.set_threshold(10, 2, 100)
    seen.clear()
    gc.enable()
    while len(seen) < 12:
        kept.append([])
    gc.disable()
    gc.set_threshold(*thresholds)
    gc.callbacks.clear()
    log(f'{seen[:12]}')


@scenario('26 thresholds set in part')
def _(log):
    thresholds = gc.get_threshold()
    gc.set_threshold(500, 5, 7)
    gc.set_threshold(400)
    log(f'{gc.get_threshold()}')
    gc.set_threshold(300, 4)
    log(f'{gc.get_threshold()}')
    seen = events()
    gc.set_threshold(0)
    gc.enable()
    kept = [[] for _ in range(3000)]
    gc.disable()
    log(f'collections with 0: {len(seen)}')
    gc.callbacks.clear()
    gc.set_threshold(*thresholds)


@scenario('27 on and off')
def _(log):
    log(f'{gc.isenabled()}')
    gc.enable()
    log(f'{gc.isenabled()}')
    gc.disable()
    log(f'{gc.isenabled()}')


@scenario('28 disabled')
def _(log):
    seen = events()
    for _ in range(10000):
        a = []
        a.append(a)
    gc.callbacks.clear()
    log(f'collections {len(seen)}')


def generation_of(x):
    return [any(x is y for y in gc.get_objects(generation)) for generation in range(3)].index(True)


@scenario('29 trickle')
def _(log):
    x = []
    where = [generation_of(x)]
    for generation in 0, 0, 1, 2:
        gc.collect(generation)
        where.append(generation_of(x))
    log(f'{where}')


@scenario('30 born in a finalizer')
def _(log):
    born = []

    class Bearing:
        def __del__(self):
            born.append([])

    a = Bearing()
    a.me = a
    gc.collect(0)
    del a
    gc.collect(1)
    log(f'born in {generation_of(born[0])}')


@scenario('31 resurrected by a young collection')
def _(log):
    saved = []

    class Phoenix:
        def __del__(self):
            saved.append(self)

    a = Phoenix()
    a.me = a
    del a
    gc.collect(0)
    log(f'in {generation_of(saved[0])}')
    saved.clear()
    gc.collect()


@scenario('33 explicit young collections')
def _(log):
    seen = events()
    gc.collect()
    seen.clear()
    thresholds = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    gc.enable()
    for _ in range(50):
        kept = [[] for _ in range(300)]
        gc.collect(0)
    gc.disable()
    gc.set_threshold(*thresholds)
    gc.callbacks.clear()
    log(f'{sorted(set(seen))}, {len(seen)} times; count {gc.get_count()[1]}')
