"""The modules types, abc, copy, operator, typing and importlib."""
import abc
import copy
import importlib
import operator
import types
import typing
from module_support import told


def generator():
    yield


print(isinstance(generator, types.FunctionType), isinstance(generator(), types.GeneratorType),
      isinstance(len, types.BuiltinFunctionType),
      isinstance(types, types.ModuleType), isinstance([].append, types.BuiltinMethodType),
      isinstance(type.__dict__["__mro__"], types.MemberDescriptorType))
ns = types.SimpleNamespace(a=1)
ns.b = 2
print(ns, ns == types.SimpleNamespace(a=1, b=2), types.MappingProxyType({"a": 1})["a"])
Made = types.new_class("Made", (list,), {}, lambda body: body.update(x=5))
print(Made.x, Made([1]), types.resolve_bases((int,)), types.prepare_class("P", (int,)))
module = types.ModuleType("made", "text")
print(module.__name__, module.__doc__, types.MethodType(len, [1, 2])())


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        pass

    @property
    @abc.abstractmethod
    def name(self):
        pass


class Square(Shape):
    def area(self):
        return 4

    name = "square"


told(Shape)
print(Square().area(), issubclass(Square, Shape), Shape.__abstractmethods__ == {"area", "name"})
Shape.register(int)
print(isinstance(5, Shape), issubclass(bool, Shape))


class Copied:
    def __init__(self, items):
        self.items = items


one = Copied([1, [2]])
shallow, deep = copy.copy(one), copy.deepcopy(one)
print(shallow.items is one.items, deep.items == one.items, deep.items[1] is one.items[1])
memo = {}
print(copy.deepcopy([one, one], memo)[0].items, copy.deepcopy({"a": (1, [2])}), copy.copy({1, 2}))
print(operator.add(1, 2), operator.itemgetter(1, 0)("ab"), operator.attrgetter("items")(one),
      operator.methodcaller("upper")("x"), operator.mul([1], 2))
print(importlib.import_module("os.path").__name__ == "posixpath", importlib.import_module("collections.abc").__name__)
told(importlib.import_module, "no.such")
from typing import *

T = TypeVar("T")
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str], Union[int, None], Callable[[int], str],
      Tuple[int, ...], Any, T, List, Callable[..., int])


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)


stack = Stack[int]()
stack.push(1)
print(stack.items, Stack[int], get_origin(List[int]), get_args(Dict[int, str]), cast(int, "x"), Literal["a", 1],
      ClassVar[int], Final)


class Employee(NamedTuple):
    name: str
    id: int = 3


print(Employee("Ann"), Employee("Bob", 5).id, Employee._field_defaults, NamedTuple("P", [("x", int)])(1))


class Movie(TypedDict):
    title: str
    year: int


print(Movie(title="x", year=1), Movie.__annotations__, TYPE_CHECKING)
UserId = NewType("UserId", int)
print(UserId(5), get_type_hints(Stack.push), get_type_hints(Employee))


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class Door:
    def close(self):
        pass


print(isinstance(Door(), Closes), isinstance(5, Closes), isinstance(5, SupportsInt), Union[int, str] == Union[str, int])
told(Any)
told(lambda: Optional[int]())


@overload
def twice(x: int) -> int: ...
@overload
def twice(x: str) -> str: ...
def twice(x):
    return x * 2


print(twice("a"), Sequence[int], Iterable[T][int], isinstance([], Sequence))
