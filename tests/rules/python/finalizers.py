"""Section D: finalizers and resurrection (PEP 442; test_finalization, test_gc)."""
import gc
import sys
import weakref

from stage import alive, numbers, scenario


class Numbered:
    number = 0


class World:
    """What the finalizers of one scenario did."""

    def __init__(self):
        self.calls = []
        self.survivors = []
        self.errors = 0


world = None


def fresh():
    global world
    world = World()
    return world


class Simple:
    def __init__(self, number=0):
        self.number = number

    def __del__(self):
        world.calls.append(self.number)
        if not self.is_sane():
            world.errors += 1
        self.act()

    def is_sane(self):
        return True

    def act(self):
        pass


class Resurrector(Simple):
    def act(self):
        world.survivors.append(self)


@scenario('57 finalizer')
def _(log):
    w = fresh()
    a = Simple()
    watch = weakref.ref(a)
    del a
    log(f'called {len(w.calls)}; weak {alive(watch)}')
    log(f'collected {gc.collect()}; called {len(w.calls)}')


@scenario('58 resurrection by count')
def _(log):
    w = fresh()
    a = Resurrector(7)
    watch = weakref.ref(a)
    del a
    log(f'called {len(w.calls)}; survivors {numbers(x.number for x in w.survivors)}; weak {alive(watch)}')
    w.survivors.clear()
    log(f'called {len(w.calls)}; weak {alive(watch)}')


@scenario('61 self-cycle')
def _(log):
    w = fresh()
    a = Simple()
    a.me = a
    watch = weakref.ref(a)
    del a
    log(f'called {len(w.calls)}')
    log(f'collected {gc.collect()}; called {len(w.calls)}; weak {alive(watch)}')
    log(f'collected {gc.collect()}; called {len(w.calls)}')


@scenario('62 resurrected self-cycle')
def _(log):
    w = fresh()
    a = Resurrector(7)
    a.me = a
    watch = weakref.ref(a)
    del a
    log(f'collected {gc.collect()}; survivors {numbers(x.number for x in w.survivors)}; weak {alive(watch)}')
    w.survivors.clear()
    log(f'collected {gc.collect()}; called {len(w.calls)}')


class Suicidal(Simple):
    def act(self):
        self.me = None


@scenario('63 suicidal self-cycle')
def _(log):
    w = fresh()
    a = Suicidal()
    a.me = a
    watch = weakref.ref(a)
    del a
    log(f'collected {gc.collect()}; called {len(w.calls)}; weak {alive(watch)}')
    log(f'collected {gc.collect()}; called {len(w.calls)}')


class Chained(Simple):
    def __init__(self, number):
        self.number = number
        self.left = self.right = None

    def chain(self, right):
        self.right = right
        right.left = self

    def is_sane(self):
        if self.left is None:
            return self.right is None
        return self.refers_back(self.left, self.left.right) and self.refers_back(self.right, self.right.left)

    def refers_back(self, neighbour, reference):
        return reference is (None if neighbour.left is None else self)


class ChainedResurrector(Chained):
    def act(self):
        world.survivors.append(self)


class ChainedSuicidal(Chained):
    def act(self):
        self.left = None
        self.right = None


def chain(log, letters):
    kinds = {'s': Chained, 'r': ChainedResurrector, 'x': ChainedSuicidal}
    w = fresh()
    nodes = [kinds[letter](number) for number, letter in enumerate(letters)]
    for i, node in enumerate(nodes):
        node.chain(nodes[i - 1])
    watches = [weakref.ref(node) for node in nodes]
    del nodes, node
    log(f'{letters}: collected {gc.collect()}')
    log(f'called {numbers(sorted(w.calls))}; errors {w.errors}')
    log(f'survivors {numbers(sorted(x.number for x in w.survivors))}')
    log(f'weak {sum(watch() is not None for watch in watches)}')
    w.survivors.clear()
    log(f'collected {gc.collect()}; called {len(w.calls)}')


for name, letters in [
    ('64 chain', 'sss'),
    ('65 resurrected chain', 'rrr'),
    ('66 suicidal chain', 'xxx'),
    ('67 alternating suicidal', 'xsxsxs'),
    ('68 grouped suicidal', 'xxssxxss'),
    ('69 every second resurrects', 'rsrs'),
    ('70 resurrects, plain, suicidal', 'rsxrsx'),
    ('71 grouped', 'rrssxx'),
]:
    scenario(name)(lambda log, letters=letters: chain(log, letters))


@scenario('72 before any clear')
def _(log):
    seen = []

    class Whole:
        def __del__(self):
            seen.append(self.next.next.next is self and self.cargo[0] == 'cargo')

    a, b, c = Whole(), Whole(), Whole()
    a.next, b.next, c.next = b, c, a
    for x in a, b, c:
        x.cargo = ['cargo', x]
    del a, b, c, x
    log(f'collected {gc.collect()}; whole {seen}')


@scenario('73 order of a young ring')
def _(log):
    w = fresh()
    ring = [Simple(number) for number in range(4)]
    for i in range(4):
        ring[i - 1].next = ring[i]
    del ring
    log(f'collected {gc.collect(0)}; order {numbers(w.calls)}')


@scenario('74 error in a finalizer')
def _(log):
    calls = []

    class Failing:
        def __del__(self):
            calls.append(self.number)
            if self.number == 1:
                raise ValueError('no')

    def hook(what):
        log(f'unraisable {type(what.exc_value).__name__}: {what.exc_value}')

    sys.unraisablehook = hook
    ring = [Failing() for _ in range(3)]
    for i in range(3):
        ring[i].number = i
        ring[i - 1].next = ring[i]
    watches = [weakref.ref(x) for x in ring]
    del ring
    log(f'collected {gc.collect()}; called {len(calls)}; weak {sum(watch() is not None for watch in watches)}')
    sys.unraisablehook = sys.__unraisablehook__


@scenario('75 only once')
def _(log):
    w = fresh()
    a = Resurrector(0)
    a.me = a
    del a
    for _ in range(3):
        gc.collect()
        log(f'called {len(w.calls)}, finalized {gc.is_finalized(w.survivors[0]) if w.survivors else None}')
        w.survivors.clear()


@scenario('76 cargo of the resurrected')
def _(log):
    w = fresh()
    lazarus = Resurrector(1)
    cargo = Numbered()
    cargo.me = cargo
    cargo.number = 2
    address = id(cargo)
    lazarus.cargo, cargo.lazarus = cargo, lazarus
    del lazarus, cargo
    log(f'collected {gc.collect()}')
    saved = w.survivors.pop()
    log(f'same cargo {id(saved.cargo) == address}, {saved.cargo.number}')
    del saved
    log(f'collected {gc.collect()}')


@scenario('77 resurrection blocks nobody')
def _(log):
    w = fresh()
    before = gc.get_stats()[2]
    for i in range(100):
        a = Numbered()
        a.me = a
    a = Resurrector(0)
    a.me = a
    del a
    log(f'collected {gc.collect()}')
    after = gc.get_stats()[2]
    log(f'stats {after["collected"] - before["collected"]}, {after["uncollectable"] - before["uncollectable"]}')
    w.survivors.clear()
    log(f'collected {gc.collect()}')


@scenario('78 subset')
def _(log):
    # The resurrector reaches its neighbour behind, not the one before it.
    w = fresh()
    before, saved, behind = Numbered(), Resurrector(1), Numbered()
    before.next, saved.next, behind.me = saved, behind, behind
    before.me = before
    saved.me = saved
    behind.number = 2
    del before, saved, behind
    log(f'collected {gc.collect()}')
    log(f'behind {w.survivors[0].next.number}')
    w.survivors.clear()
    log(f'collected {gc.collect()}')


@scenario('79 allocation in a finalizer')
def _(log):
    class Allocating:
        calls = 0

        def __del__(self):
            Allocating.calls += 1
            for _ in range(10):
                [[]]

    gc.enable()
    thresholds = gc.get_threshold()
    gc.set_threshold(1)
    a = Allocating()
    a.me = a
    del a
    for _ in range(10):
        [[]]
    gc.collect()
    gc.set_threshold(*thresholds)
    gc.disable()
    log(f'called {Allocating.calls}')


@scenario('80 mutation by a finalizer')
def _(log):
    class B:
        def __init__(self, x):
            self.x = x

        def __del__(self):
            self.attr = None

    a = Numbered()
    b = B(Numbered())
    a.attr, b.attr = b, a
    del a, b
    log(f'collected {gc.collect()}')
    log(f'then {gc.collect()}')


class Loop:
    def __init__(self):
        self.loop = self


@scenario('81 old object killed by clearing')
def _(log):
    class Old(Loop):
        def __del__(self):
            log(f'finalizer sees {alive(c2wr)}')

    d0 = Old()
    gc.collect()
    c1 = Loop()
    c1.keep_d0_alive = d0
    del d0.loop
    c2 = Loop()
    c2wr = weakref.ref(c2)
    d0 = c1 = c2 = None
    log(f'collected {gc.collect(0)}')


@scenario('87 reference made by a finalizer')
def _(log):
    made = []

    class Making:
        def __del__(self):
            made.append(weakref.ref(self))

    a = Making()
    del a
    log(f'by count {alive(made[0])}')
    a = Making()
    a.me = a
    del a
    gc.collect()
    log(f'by collection {alive(made[1])}')


@scenario('88 reference made while collecting')
def _(log):
    # The finalizer of `a` makes a weak reference to `target`, which is garbage too. `late` is old and dies when `a` is cleared,
    # before `target` does; its finalizer looks.
    class Making:
        def __del__(self):
            self.late.ref = weakref.ref(self.target)

    class Late:
        def __del__(self):
            log(f'late finalizer sees {alive(self.ref)}')

    late = Late()
    gc.collect()
    target = Loop()
    a = Making()
    a.me = a
    a.late = late
    a.target = target
    del a, target, late
    gc.collect(0)
