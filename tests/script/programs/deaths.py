# When objects die, and in which order.
import gc
import weakref

gc.disable()


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


a = Noisy('a')
a = Noisy('a2')
b = Noisy('b')
del b
[Noisy('temporary')]
Noisy('dropped')


def f():
    x = Noisy('x')
    y = Noisy('y')
    print('in f')


f()


def g(arg):
    print('in g')
    arg = None
    print('dropped arg')


g(Noisy('argument'))
print([Noisy(i).name for i in range(2)])
l = [Noisy('l0'), Noisy('l1')]
l.clear()
d = {'k': Noisy('value')}
d['k'] = 1
t = (Noisy('t0'), Noisy('t1'))
del t
for n in [Noisy('loop')]:
    print('body', n.name)
del n
print('after loop')
c = Noisy('cycle')
c.me = c
del c
print('collecting')
gc.collect()


def raises():
    local = Noisy('local of raiser')
    raise ValueError


try:
    raises()
except ValueError as e:
    print('handler')
print('after handler')
w = Noisy('weak')
r = weakref.ref(w, lambda ref: print('callback'))
print(r() is w)
del w
print(r())


def gen():
    held = Noisy('held by generator')
    yield 1


h = gen()
next(h)
del h
print('generator gone')


class Resurrect:
    def __del__(self):
        global saved
        saved = self
        print('resurrected')


x = Resurrect()
del x
print(type(saved).__name__)
del saved
print('once')
print(Noisy('expr').name + '!')
s = Noisy('s1'), Noisy('s2')
s = None
with_items = {Noisy('k'): 1}
with_items = None


def returns():
    n = Noisy('returned')
    return n


returns()
kept = returns()
print('kept')
kept = None
weakref.finalize(a, print, 'finalized')
print(gc.isenabled(), gc.get_threshold())
a = None
print('end')


class Settled:
    pass


class Changing:
    def __del__(self):
        self.__class__ = Settled


print("an object may change its class when it dies")
many = [Changing() for _ in range(100)]
del many
del Changing
gc.collect()
print("done")
