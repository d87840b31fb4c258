"""The modules pickle, copyreg, tempfile and unittest.mock."""
import copyreg
import os
import pickle
import tempfile
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from enum import Enum
from unittest import mock
from module_support import told

Point = namedtuple("Point", "x y")


class Color(Enum):
    RED = 1


class Plain:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.__dict__ == other.__dict__


class Stateful:
    def __init__(self):
        self.a, self.b = 1, open

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state["a"] * 10


class Slotted:
    __slots__ = ("x", "y")


class Listed(list):
    pass


values = [None, True, False, 0, -1, 2**31, -10**30, 1.5, float("inf"), "text é", b"bytes\x00", bytearray(b"x"), (), (1, 2),
          [1, [2]],
          {"a": 1, 2: None}, {1, 2}, frozenset("a"), range(3), slice(1, 2), len, print, int, Point, Point(1, 2), Color.RED,
          Plain([1]),
          Counter("aab"), OrderedDict(a=1), defaultdict(list, {1: [2]}), deque([1, 2], 5), complex(1, 2), ...,
          NotImplemented, ValueError("x")]
for protocol in range(6):
    print(protocol, [type(value).__name__ for value in values
                     if repr(pickle.loads(pickle.dumps(value, protocol))) != repr(value) and not isinstance(value, Plain)],
          pickle.loads(pickle.dumps(Plain([1, 2]), protocol)) == Plain([1, 2]))
loop = []
loop.append(loop)
back = pickle.loads(pickle.dumps(loop))
print(back[0] is back, pickle.loads(pickle.dumps(Stateful())).a)
slotted = Slotted()
slotted.x = 5
print(pickle.loads(pickle.dumps(slotted)).x)
listed = Listed([1, 2])
listed.note = "kept"
print(pickle.loads(pickle.dumps(listed)), pickle.loads(pickle.dumps(listed)).note)
shared = [1]
one, two = pickle.loads(pickle.dumps([shared, shared]))
print(one is two)

told(pickle.loads, b"")
told(pickle.dumps, 1, 9)
with tempfile.TemporaryFile() as file:
    pickle.dump({"in": "file"}, file)
    file.seek(0)
    print(pickle.load(file))
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w", dir=folder, suffix=".txt") as file:
    print(os.path.isdir(folder), file.name.endswith(".txt"), file.write("x"))
print(os.path.exists(folder))
fake = mock.Mock(return_value=3)
print(fake(1, a=2), fake.called, fake.call_count, fake.call_args, fake.call_args == mock.call(1, a=2),
      fake.other.deep(5) is fake.other.deep())
fake.assert_called_once_with(1, a=2)

failing = mock.Mock(side_effect=[1, KeyError("k")])
print(failing())
try:
    failing()
except KeyError as error:
    print(error)
with (mock.patch("os.getpid", return_value=7) as patched, mock.patch.object(os, "sep", "!"),
      mock.patch.dict(os.environ, OURO="1")):
    print(os.getpid(), os.sep, os.environ["OURO"], patched.called)
print(os.getpid() != 7, os.sep, "OURO" in os.environ)
