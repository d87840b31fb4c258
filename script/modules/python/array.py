"""Efficient arrays of numbers of one C type."""

import operator

from _array import Items, Iterator

__all__ = ["array", "ArrayType", "typecodes"]
typecodes = "bBuhHiIlLqQfd"


class array(Items):
    """Numbers of one type in a row, as compact as C has them; `typecode` says which type."""
    __slots__ = ()

    def __new__(cls, typecode, initializer=(), /, **kwargs):
        if kwargs and cls is array:
            raise TypeError("array.array() takes no keyword arguments")
        if not isinstance(typecode, str):
            raise TypeError(f"array() argument 1 must be a unicode character, not {type(typecode).__name__}")
        if len(typecode) != 1:
            raise TypeError("array() argument 1 must be a unicode character, not str")
        is_text = isinstance(initializer, str) or (isinstance(initializer, array) and initializer.typecode == "u")
        if is_text and typecode != "u":
            kind = "a str" if isinstance(initializer, str) else "a unicode array"
            raise TypeError(f"cannot use {kind} to initialize an array with typecode '{typecode}'")
        made = super().__new__(cls)
        made._set_type(typecode)
        if isinstance(initializer, (bytes, bytearray)):
            made.frombytes(initializer)
        elif isinstance(initializer, array) and initializer.typecode == typecode:
            Items.frombytes(made, initializer.tobytes())
        else:
            append = Items.append
            for each in initializer:
                append(made, each)
        return made

    def __init__(self, *args, **kwargs):
        pass

    def _like(self, data):
        made = array(self.typecode)
        Items.frombytes(made, data)
        return made

    def _same_kind(self, other):
        if not isinstance(other, array):
            raise TypeError(f"can only extend with array (not \"{type(other).__name__}\")")
        if other.typecode != self.typecode:
            raise TypeError("can only extend with array of same kind")
        return other.tobytes()

    # ---- Items ----

    def __getitem__(self, index):
        if isinstance(index, slice):
            first, stop, step = index.indices(len(self))
            return self._like(self._spread(first, step, len(range(first, stop, step))))
        if not hasattr(type(index), "__index__"):
            raise TypeError("array indices must be integers")
        return self._get(index)

    def __setitem__(self, index, value):
        if not isinstance(index, slice):
            if not hasattr(type(index), "__index__"):
                raise TypeError("array indices must be integers")
            return self._set(index, value)
        if not isinstance(value, array):
            raise TypeError(f"can only assign array (not \"{type(value).__name__}\") to array slice")
        if value.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        first, stop, step = index.indices(len(self))
        if step == 1:
            self._replace(first, max(first, stop), value.tobytes())
        elif len(value) != len(range(first, stop, step)):
            raise ValueError(f"attempt to assign array of size {len(value)} to extended slice of size "
                             f"{len(range(first, stop, step))}")
        else:
            self._write(first, step, value.tobytes())

    def __delitem__(self, index):
        if not isinstance(index, slice):
            if not hasattr(type(index), "__index__"):
                raise TypeError("array indices must be integers")
            index = operator.index(index)
            at = index + len(self) if index < 0 else index
            if not 0 <= at < len(self):
                raise IndexError("array assignment index out of range")
            return self._replace(at, at + 1, b"")
        first, stop, step = index.indices(len(self))
        if step == 1:
            return self._replace(first, max(first, stop), b"")
        gone = range(first, stop, step)
        if gone:
            kept = [self._spread(i, 1, 1) for i in range(len(self)) if i not in gone]
            self._replace(0, len(self), b"".join(kept))

    def __contains__(self, value):
        return any(each is value or each == value for each in self)

    def __reversed__(self):
        return (self._get(i) for i in range(len(self) - 1, -1, -1))

    def count(self, value, /):
        """How many items equal a value."""
        return sum(bool(each == value) for each in self)

    def index(self, value, start=0, stop=None, /):
        """The place of the first item that equals a value."""
        size = len(self)
        start = max(start + size, 0) if start < 0 else start
        stop = size if stop is None else stop + size if stop < 0 else stop
        at = start
        while at < min(stop, len(self)):
            if self._get(at) == value:
                return at
            at += 1
        raise ValueError("array.index(x): x not in array")

    def pop(self, i=-1, /):
        """Removes an item and gives it."""
        if not self:
            raise IndexError("pop from empty array")
        at = i + len(self) if i < 0 else i
        if not 0 <= at < len(self):
            raise IndexError("pop index out of range")
        value = self._get(at)
        self._replace(at, at + 1, b"")
        return value

    def remove(self, value, /):
        """Removes the first item that equals a value."""
        for at, each in enumerate(self):
            if each == value:
                return self._replace(at, at + 1, b"")
        raise ValueError("array.remove(x): x not in array")

    # ---- More than one ----

    def extend(self, items, /):
        """Appends the items of an array of the same type, or of anything that can be iterated over."""
        if isinstance(items, array):
            return Items.frombytes(self, self._same_kind(items))
        for each in items:
            self.append(each)

    def fromlist(self, list, /):
        """Appends the items of a list; none of them if one does not fit."""
        if not isinstance(list, type([])):
            raise TypeError("arg must be list")
        made = array(self.typecode)
        for each in list:
            made.append(each)
        Items.frombytes(self, made.tobytes())

    def frombytes(self, buffer, /):
        """Appends items that bytes hold as the machine does."""
        if isinstance(buffer, str):
            raise TypeError(f"a bytes-like object is required, not '{type(buffer).__name__}'")
        Items.frombytes(self, buffer)

    def fromunicode(self, ustr, /):
        """Appends the characters of a text."""
        if self.typecode != "u":
            raise ValueError("fromunicode() may only be called on unicode type arrays")
        if not isinstance(ustr, str):
            raise TypeError(f"fromunicode() argument must be str, not {type(ustr).__name__}")
        for c in ustr:
            self.append(c)

    def tounicode(self):
        """The characters as a text."""
        if self.typecode != "u":
            raise ValueError("tounicode() may only be called on unicode type arrays")
        return "".join(self.tolist())

    def fromfile(self, f, n, /):
        """Appends n items that are read from a file."""
        if n < 0:
            raise ValueError("negative count")
        data = f.read(n * self.itemsize)
        if not isinstance(data, bytes):
            raise TypeError("read() didn't return bytes")
        Items.frombytes(self, data)
        if len(data) != n * self.itemsize:
            raise EOFError("read() didn't return enough bytes")

    def tofile(self, f, /):
        """Writes all items to a file."""
        f.write(self.tobytes())

    def buffer_info(self):
        """Where the items stand in memory, and how many there are."""
        return self._address, len(self)

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError(f"can only append array (not \"{type(other).__name__}\") to array")
        if other.typecode != self.typecode:
            raise TypeError("bad argument type for built-in operation")
        return self._like(self.tobytes() + other.tobytes())

    def __iadd__(self, other):
        Items.frombytes(self, self._same_kind(other))
        return self

    def __mul__(self, times):
        if not hasattr(type(times), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(times).__name__}'")
        return self._like(self.tobytes() * times)

    __rmul__ = __mul__

    def __imul__(self, times):
        if not hasattr(type(times), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(times).__name__}'")
        self._replace(0, len(self), self.tobytes() * times)
        return self

    # ---- As other objects have it ----

    def _compare(self, other, op):
        if not isinstance(other, array):
            return NotImplemented
        if op in (operator.eq, operator.ne) and len(self) != len(other):
            return op is operator.ne
        for mine, theirs in zip(self, other):
            if mine != theirs:
                return op(mine, theirs)
        return op(len(self), len(other))

    def __eq__(self, other):
        return self._compare(other, operator.eq)

    def __ne__(self, other):
        return self._compare(other, operator.ne)

    def __lt__(self, other):
        return self._compare(other, operator.lt)

    def __le__(self, other):
        return self._compare(other, operator.le)

    def __gt__(self, other):
        return self._compare(other, operator.gt)

    def __ge__(self, other):
        return self._compare(other, operator.ge)

    __hash__ = None

    def __repr__(self):
        if not self:
            return f"{type(self).__name__}('{self.typecode}')"
        items = repr(self.tounicode()) if self.typecode == "u" else repr(self.tolist())
        return f"{type(self).__name__}('{self.typecode}', {items})"

    def __copy__(self):
        return self._like(self.tobytes())

    def __deepcopy__(self, memo):
        return self._like(self.tobytes())

    def __reduce_ex__(self, protocol):
        state = getattr(self, "__dict__", None) or None
        return type(self), (self.typecode, list(self.tounicode()) if self.typecode == "u" else self.tolist()), state

    def __sizeof__(self):
        return 64 + len(self) * self.itemsize

    __class_getitem__ = classmethod(type(list[int]))


array.__module__ = "array"
ArrayType = array


def _reduce_iterator(self):
    held, at = self._rest
    return (iter, ((),)) if held is None else (iter, (held,), at)


Iterator.__reduce__ = _reduce_iterator


_machine_formats = ("B", "b", "<H", ">H", "<h", ">h", "<I", ">I", "<i", ">i", "<Q", ">Q", "<q", ">q", "<f", ">f", "<d", ">d")
_text_formats = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def _array_reconstructor(arraytype, typecode, mformat_code, items, /):
    """An array of bytes that any machine wrote, by the number of the form that they have."""
    import struct
    if not isinstance(arraytype, type):
        raise TypeError(f"first argument must be a type object, not {type(arraytype).__name__}")
    if not issubclass(arraytype, array):
        raise TypeError(f"{arraytype.__name__} is not a subtype of array.array")
    if not isinstance(typecode, str) or len(typecode) != 1:
        raise TypeError(f"_array_reconstructor() argument 2 must be a unicode character, not {type(typecode).__name__}")
    if typecode not in typecodes:
        raise ValueError("second argument must be a valid type code")
    if not isinstance(mformat_code, int):
        raise TypeError(f"'{type(mformat_code).__name__}' object cannot be interpreted as an integer")
    if not 0 <= mformat_code < len(_machine_formats) + len(_text_formats):
        raise ValueError("third argument must be a valid machine format code.")
    if not isinstance(items, bytes):
        raise TypeError(f"fourth argument should be bytes, not {type(items).__name__}")
    if mformat_code >= len(_machine_formats):
        return arraytype(typecode, items.decode(_text_formats[mformat_code - len(_machine_formats)]))
    form = _machine_formats[mformat_code]
    if len(items) % struct.calcsize(form):
        raise ValueError("bytes length not a multiple of item size")
    return arraytype(typecode, [value for value, in struct.iter_unpack(form, items)] if items else [])
