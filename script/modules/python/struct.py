"""Numbers and texts in bytes, by a format: the functions, and the class Struct, which keeps its format."""

import _struct
from _struct import calcsize, error, pack, pack_into, unpack, unpack_from

__all__ = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"]


class _Unpacking:
    """Goes over bytes in steps of one size, and gives a tuple for each."""

    def __init__(self, format, size, buffer):
        if size == 0:
            raise error("cannot iteratively unpack with a struct of length 0")
        view = memoryview(buffer)
        if view.nbytes % size:
            raise error(f"iterative unpacking requires a buffer of a multiple of {size} bytes")
        self._format, self._size, self._view, self._at = format, size, view, 0

    def __iter__(self):
        return self

    def __length_hint__(self):
        return 0 if self._view is None else (self._view.nbytes - self._at) // self._size

    def __next__(self):
        if not self.__length_hint__():
            self._view = None
            raise StopIteration
        self._at += self._size
        return _struct.unpack_from(self._format, self._view, self._at - self._size)


def iter_unpack(format, buffer, /):
    """An iterator over the tuples of a buffer that holds one structure behind another."""
    return _Unpacking(format, calcsize(format), buffer)


class Struct:
    """A format, read once."""

    def __init__(self, format):
        self.size = calcsize(format)
        self._format = format.decode() if isinstance(format, bytes) else format

    @property
    def format(self):
        return self._format

    def pack(self, *values):
        return pack(self._format, *values)

    def pack_into(self, *arguments):
        if not arguments:
            raise error("pack_into expected buffer argument")
        return pack_into(self._format, *arguments)

    def unpack(self, buffer, /):
        return unpack(self._format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self._format, buffer, offset)

    def iter_unpack(self, buffer, /):
        return _Unpacking(self._format, self.size, buffer)
