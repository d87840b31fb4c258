"""Objects as bytes and back, in the opcodes of CPython's protocols 0 to 4 that this module writes; it reads no others."""

import copyreg
import io
import sys
import types

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
           "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL"]

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = "4.0"


class PickleError(Exception):
    """What goes wrong with pickles."""


class PicklingError(PickleError):
    """An object that cannot be pickled."""


class UnpicklingError(PickleError):
    """A pickle that cannot be read."""


def _found(module, name):
    __import__(module)
    found = sys.modules[module]
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError(f"Can't get local attribute {name!r}")
        found = getattr(found, part)
    return found


class Pickler:
    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        protocol = DEFAULT_PROTOCOL if protocol is None else protocol
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        self.proto = protocol
        self._write = file.write
        self.memo = {}

    def clear_memo(self):
        self.memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        if self.proto >= 2:
            self._write(b"\x80" + bytes([self.proto]))
        self._save(obj)
        self._write(b".")

    def _remember(self, obj):
        number = len(self.memo)
        self.memo[id(obj)] = number, obj
        self._write(b"q" + bytes([number]) if number < 256 else b"r" + number.to_bytes(4, "little"))

    def _save(self, obj):
        known = self.memo.get(id(obj))
        if known is not None:
            number = known[0]
            self._write(b"h" + bytes([number]) if number < 256 else b"j" + number.to_bytes(4, "little"))
            return
        kind = type(obj)
        own = self._savers.get(kind)
        if own is not None:
            return own(self, obj)
        reduce = getattr(self, "dispatch_table", copyreg.dispatch_table).get(kind)
        if reduce is not None:
            parts = reduce(obj)
        elif issubclass(kind, type):
            return self._save_global(obj)
        else:
            parts = obj.__reduce_ex__(self.proto)
        if isinstance(parts, str):
            return self._save_global(obj, parts)
        if not isinstance(parts, tuple) or not 2 <= len(parts) <= 6:
            raise PicklingError(f"{kind.__reduce_ex__!r} must return string or tuple")
        self._save_reduced(obj, *parts)

    def _save_reduced(self, obj, function, args, state=None, items=None, pairs=None, setter=None):
        if not isinstance(args, tuple):
            raise PicklingError("args from save_reduce() must be a tuple")
        if not callable(function):
            raise PicklingError("func from save_reduce() must be callable")
        self._save(function)
        self._save(args)
        self._write(b"R")
        if id(obj) in self.memo:  # an argument led back to it
            number = self.memo[id(obj)][0]
            self._write(b"0" + (b"h" + bytes([number]) if number < 256 else b"j" + number.to_bytes(4, "little")))
        else:
            self._remember(obj)
        if items is not None:
            self._save_several(items, b"e")
        if pairs is not None:
            self._save_several((part for pair in pairs for part in pair), b"u")
        if state is not None:
            if setter is None:
                self._save(state)
                self._write(b"b")
            else:
                self._save(setter)
                self._save(obj)
                self._save(state)
                self._write(b"\x86R0")

    def _save_several(self, items, end):
        self._write(b"(")
        for item in items:
            self._save(item)
        self._write(end)

    def _save_none(self, obj):
        self._write(b"N")

    def _save_bool(self, obj):
        self._write(b"I01\n" if obj else b"I00\n")

    def _save_int(self, obj):
        self._write(f"I{obj}\n".encode() if -0x80000000 <= obj < 0x80000000 else f"L{obj}L\n".encode())

    def _save_float(self, obj):
        self._write(f"F{obj!r}\n".encode())

    def _save_bytes(self, obj):
        if self.proto < 3:
            return self._save_reduced(obj, _latin_1_bytes, (obj.decode("latin-1"),))
        self._write(b"B" + len(obj).to_bytes(4, "little") + obj)
        self._remember(obj)

    def _save_bytearray(self, obj):
        self._save_reduced(obj, bytearray, (bytes(obj),))

    def _save_str(self, obj):
        data = obj.encode()
        self._write(b"X" + len(data).to_bytes(4, "little") + data)
        self._remember(obj)

    def _save_tuple(self, obj):
        if not obj:
            self._write(b")" if self.proto else b"(t")
            return
        self._write(b"(")
        for item in obj:
            self._save(item)
        if id(obj) in self.memo:
            number = self.memo[id(obj)][0]
            self._write(b"1" + (b"h" + bytes([number]) if number < 256 else b"j" + number.to_bytes(4, "little")))
            return
        self._write(b"t")
        self._remember(obj)

    def _save_list(self, obj):
        self._write(b"]")
        self._remember(obj)
        self._save_several(obj, b"e")

    def _save_dict(self, obj):
        self._write(b"}")
        self._remember(obj)
        self._save_several((part for pair in obj.items() for part in pair), b"u")

    def _save_set(self, obj):
        self._save_reduced(obj, type(obj), (list(obj),))

    def _save_global(self, obj, name=None):
        if obj is type(None):
            return self._save_reduced(obj, type, (None,))
        if obj in (type(NotImplemented), type(...)):
            return self._save_reduced(obj, type, (NotImplemented if obj is type(NotImplemented) else ...,))
        name = name or getattr(obj, "__qualname__", None) or obj.__name__
        module = getattr(obj, "__module__", None) or "builtins"
        try:
            found = _found(module, name)
        except (ImportError, KeyError, AttributeError):
            if "<locals>" in name:
                raise AttributeError(f"Can't pickle local object {name!r}") from None
            raise PicklingError(f"Can't pickle {obj!r}: it's not found as {module}.{name}") from None
        is_made_anew = module in ("builtins", "_operator", "copyreg") and type(found) is type(obj)  # the core makes these whenever it names them
        if found is not obj and not is_made_anew:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module}.{name}")
        self._write(f"c{module}\n{name}\n".encode())
        self._remember(obj)

    def _save_singleton(self, obj):
        self._save_global(obj, "Ellipsis" if obj is ... else "NotImplemented")

    _savers = {type(None): _save_none, bool: _save_bool, int: _save_int, float: _save_float, bytes: _save_bytes,
               bytearray: _save_bytearray, str: _save_str, tuple: _save_tuple, list: _save_list, dict: _save_dict,
               set: _save_set, frozenset: _save_set, types.FunctionType: _save_global,
               types.BuiltinFunctionType: _save_global, type: _save_global, type(...): _save_singleton,
               type(NotImplemented): _save_singleton}


def _save_builtin(self, obj):
    owner = getattr(obj, "__self__", None)
    if owner is None or isinstance(owner, types.ModuleType):
        return self._save_global(obj)
    self._save_reduced(obj, getattr, (owner, obj.__name__))


Pickler._savers[types.BuiltinFunctionType] = Pickler._savers[types.MethodType] = _save_builtin


def _latin_1_bytes(text):
    return text.encode("latin-1")


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file

    def find_class(self, module, name):
        return _found(module, name)

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def load(self):
        stack, marks, memo = [], [], {}
        read, line = self._file.read, lambda: self._file.readline()[:-1].decode()

        def since_mark():
            begin = marks.pop()
            items = stack[begin:]
            del stack[begin:]
            return items

        def number(size):
            return int.from_bytes(read(size), "little")
        while True:
            code = read(1)
            if not code:
                raise EOFError("Ran out of input")
            if code == b".":
                return stack.pop()
            if code == b"\x80":
                protocol = number(1)
                if protocol > HIGHEST_PROTOCOL:
                    raise ValueError(f"unsupported pickle protocol: {protocol}")
            elif code == b"(":
                marks.append(len(stack))
            elif code == b"N":
                stack.append(None)
            elif code == b"I":
                text = line()
                stack.append(text == "01" if text in ("00", "01") else int(text))
            elif code == b"L":
                stack.append(int(line().rstrip("L")))
            elif code == b"F":
                stack.append(float(line()))
            elif code == b"B":
                stack.append(read(number(4)))
            elif code == b"X":
                stack.append(read(number(4)).decode())
            elif code in (b"h", b"j"):
                stack.append(memo[number(1 if code == b"h" else 4)])
            elif code in (b"q", b"r"):
                memo[number(1 if code == b"q" else 4)] = stack[-1]
            elif code == b")":
                stack.append(())
            elif code == b"t":
                stack.append(tuple(since_mark()))
            elif code == b"\x86":
                stack[-2:] = [tuple(stack[-2:])]
            elif code == b"]":
                stack.append([])
            elif code == b"}":
                stack.append({})
            elif code == b"e":
                items = since_mark()
                extend = getattr(stack[-1], "extend", None)
                if extend is not None:
                    extend(items)
                else:
                    for item in items:
                        stack[-1].append(item)
            elif code == b"u":
                items = since_mark()
                for place in range(0, len(items), 2):
                    stack[-1][items[place]] = items[place + 1]
            elif code == b"c":
                module = line()
                stack.append(self.find_class(module, line()))
            elif code == b"R":
                args = stack.pop()
                stack[-1] = stack[-1](*args)
            elif code == b"b":
                self._set_state(stack[-2], stack.pop())
            elif code == b"0":
                stack.pop()
            elif code == b"1":
                since_mark()
            else:
                raise UnpicklingError(f"invalid load key, '{code.decode('latin-1')}'.")

    def _set_state(self, obj, state):
        own = getattr(obj, "__setstate__", None)
        if own is not None:
            return own(state)
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            obj.__dict__.update((sys.intern(key) if type(key) is str else key, value) for key, value in state.items())
        for key, value in (slots or {}).items():
            setattr(obj, key, value)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = io.BytesIO()
    Pickler(file, protocol).dump(obj)
    return file.getvalue()


def load(file, **options):
    return Unpickler(file, **options).load()


def loads(data, /, **options):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(io.BytesIO(data), **options).load()


_Pickler, _Unpickler, _dumps, _loads = Pickler, Unpickler, dumps, loads
