# `__slots__` of classes that derive from those that are native here or there.
import array
import copy
import random
import threading
from collections import deque


class Queue(deque):
    __slots__ = ('x', 'y')


class Numbers(array.array):
    __slots__ = ('x',)


def raised(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__


q = Queue('abc')
print(raised(lambda: q.x))
q.x = [1]
print(q.x, list(q), Queue.x is Queue.__dict__['x'])
del q.x
print(raised(lambda: q.x))
q.y = 5
other = copy.copy(q)
print(list(other), type(other) is Queue)

n = Numbers('i', [1, 2])
n.x = n
print(n.x is n, list(n))

for base in deque, array.array, random.Random:
    class Slotted:
        __slots__ = ('a',)
    print(raised(lambda: type('Both', (base, Slotted), {})))
