"""Stand-ins for objects in tests: Mock, MagicMock, call, sentinel, patch, patch.object, patch.dict."""

import functools
import sys

__all__ = ["Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call"]


class _Any:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _Any()


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"


class _Sentinels:
    def __init__(self):
        self._known = {}

    def __getattr__(self, name):
        return self.__dict__["_known"].setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT


class _Call(tuple):
    """The arguments of a call: ((positional), {keywords})."""

    def __new__(cls, args=(), kwargs=None):
        return super().__new__(cls, (tuple(args), dict(kwargs or {})))

    args = property(lambda self: self[0])
    kwargs = property(lambda self: self[1])

    def __call__(self, *args, **kwargs):
        return _Call(args, kwargs)

    def __repr__(self):
        parts = [repr(each) for each in self[0]] + [f"{name}={value!r}" for name, value in self[1].items()]
        return f"call({', '.join(parts)})"


call = _Call()


class Mock:
    """An object that has every attribute, can be called, and remembers how it was."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, **attributes):
        self.__dict__.update(_children={}, _result=return_value, side_effect=side_effect, _wrapped=wraps, _name=name,
                             _spec=dir(spec) if spec is not None else None)
        self.reset_mock()
        for key, value in attributes.items():
            setattr(self, key, value)

    def reset_mock(self):
        self.__dict__.update(called=False, call_count=0, call_args=None, call_args_list=[], mock_calls=[])

    @property
    def return_value(self):
        if self._result is DEFAULT:
            self.__dict__["_result"] = type(self)()
        return self._result

    @return_value.setter
    def return_value(self, value):
        self.__dict__["_result"] = value

    def __getattr__(self, name):
        if name.startswith("__") or name in ("_children", "_result"):
            raise AttributeError(name)
        if self._spec is not None and name not in self._spec:
            raise AttributeError(f"Mock object has no attribute {name!r}")
        if name.startswith("assert"):
            raise AttributeError(f"{name!r} is not a valid assertion.")
        return self._children.setdefault(name, type(self)(name=name))

    def __repr__(self):
        shown = f" name={self._name!r}" if self._name else ""
        return f"<{type(self).__name__}{shown} id='{id(self)}'>"

    def __call__(self, /, *args, **kwargs):
        made = _Call(args, kwargs)
        self.called = True
        self.call_count += 1
        self.call_args = made
        self.call_args_list.append(made)
        self.mock_calls.append(made)
        effect = self.side_effect
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
            else:
                if not hasattr(effect, "__next__"):
                    effect = self.side_effect = iter(effect)
                result = next(effect)
                if isinstance(result, BaseException) or isinstance(result, type) and issubclass(result, BaseException):
                    raise result
            if result is not DEFAULT:
                return result
        if self._wrapped is not None and self._result is DEFAULT:
            return self._wrapped(*args, **kwargs)
        return self.return_value

    def assert_called(self):
        if not self.called:
            raise AssertionError(f"Expected '{self._name or 'mock'}' to have been called.")

    def assert_not_called(self):
        if self.called:
            raise AssertionError(f"Expected '{self._name or 'mock'}' to not have been called. Called {self.call_count} "
                                 "times.")

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._name or 'mock'}' to have been called once. Called {self.call_count} "
                                 "times.")

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args != _Call(args, kwargs):
            raise AssertionError(f"expected call not found.\nExpected: {_Call(args, kwargs)!r}\nActual: {self.call_args!r}")

    def assert_called_once_with(self, /, *args, **kwargs):
        self.assert_called_once()
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if _Call(args, kwargs) not in self.call_args_list:
            raise AssertionError(f"{_Call(args, kwargs)!r} call not found")


class MagicMock(Mock):
    """A mock whose special methods are there, too."""

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __contains__(self, item):
        return False

    def __bool__(self):
        return True

    def __enter__(self):
        return self.__dict__.setdefault("_entered", MagicMock())

    def __exit__(self, *details):
        return False

    def __getitem__(self, key):
        return self._children.setdefault("[]", MagicMock())

    def __setitem__(self, key, value):
        pass


class _Patch:
    def __init__(self, find, attribute, new, options):
        self._find, self._attribute, self._new, self._options = find, attribute, new, options

    def __enter__(self):
        target = self._target = self._find()
        self._was_own = self._attribute in getattr(target, "__dict__", {})
        self._old = target.__dict__[self._attribute] if self._was_own else getattr(target, self._attribute)
        new = MagicMock(name=self._attribute, **self._options) if self._new is DEFAULT else self._new
        setattr(target, self._attribute, new)
        return new

    def __exit__(self, *details):
        if self._was_own:
            setattr(self._target, self._attribute, self._old)
        else:
            delattr(self._target, self._attribute)

    start = __enter__

    def stop(self):
        self.__exit__()

    def __call__(self, function):
        @functools.wraps(function)
        def patched(*args, **kwargs):
            with self as new:
                return function(*args, *((new,) if self._new is DEFAULT else ()), **kwargs)
        return patched


def patch(target, new=DEFAULT, **options):
    """Puts a mock in the place of `module.name` for a while: a decorator or a context manager."""
    path, _, attribute = target.rpartition(".")

    def find():
        __import__(path.split(".")[0])
        found = sys.modules[path.split(".")[0]]
        for part in path.split(".")[1:]:
            found = getattr(found, part)
        return found
    return _Patch(find, attribute, new, options)


def _patch_object(target, attribute, new=DEFAULT, **options):
    return _Patch(lambda: target, attribute, new, options)


class _PatchDict:
    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self._dict, self._values, self._clear = in_dict, {**dict(values), **kwargs}, clear

    def __enter__(self):
        self._old = dict(self._dict)
        if self._clear:
            self._dict.clear()
        self._dict.update(self._values)
        return self._dict

    def __exit__(self, *details):
        self._dict.clear()
        self._dict.update(self._old)


patch.object = _patch_object
patch.dict = _PatchDict
