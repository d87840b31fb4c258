# match.
class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


def describe(v):
    match v:
        case 0:
            return 'zero'
        case 1 | 2 | 3 as n:
            return f'small {n}'
        case True:
            return 'true'
        case None:
            return 'none'
        case str(s) if len(s) > 3:
            return f'long {s}'
        case str():
            return 'str'
        case []:
            return 'empty'
        case [x]:
            return f'one {x}'
        case [x, y]:
            return f'two {x} {y}'
        case [first, *rest, last]:
            return f'many {first} {rest} {last}'
        case {'kind': 'circle', 'r': r, **others}:
            return f'circle {r} {others}'
        case {'kind': kind}:
            return f'kind {kind}'
        case {}:
            return 'mapping'
        case Point(x=0, y=y):
            return f'on axis {y}'
        case Point(x, y):
            return f'point {x} {y}'
        case int(n) | float(n):
            return f'number {n}'
        case _:
            return 'other'


for value in [0, 2, None, 'abcd', 'ab', [], [1], (1, 2), [1, 2, 3, 4], {'kind': 'circle', 'r': 2, 'z': 1}, {'kind': 'q'},
              {'a': 1}, Point(0, 5), Point(1, 2), 7, 2.5, {1, 2}, range(3)]:
    print(describe(value))


def nested(v):
    match v:
        case [Point(x=0), {'k': [a, b]}]:
            return a, b
        case (1, (2 | 3) as t, *_):
            return t
        case [*_, 9]:
            return 'ends in nine'
        case [[a, b], c] | [a, [b, c]]:
            return a, b, c
    return 'no'


for value in [[Point(0, 1), {'k': [1, 2]}], (1, 3, 5), [4, 9], [[1, 2], 3], [1, [2, 3]], 5]:
    print(nested(value))
import sys


def values(v):
    match v:
        case sys.maxsize:
            return 'max'
        case -1:
            return 'minus one'
        case 'a' 'b':
            return 'ab'
        case 1 + 2j:
            return 'complex'


print(values(sys.maxsize), values(-1), values('ab'), values(1 + 2j), values(5))
try:
    match 1:
        case int(a, b):
            pass
except TypeError as e:
    print(e)
