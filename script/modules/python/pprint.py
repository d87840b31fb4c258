"""Values printed over several lines, where one is too short."""

import _pprint
import sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth, self._indent_per_level, self._width = depth, indent, width
        self._stream = sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._stream.write(self.pformat(object) + "\n")

    def pformat(self, object):
        return _pprint.format(object, (self._indent_per_level, self._width, self._depth, self._compact, self._sort_dicts,
                                       self._underscore_numbers))

    def isrecursive(self, object):
        return isrecursive(object)

    def isreadable(self, object):
        return isreadable(object)

    def format(self, object, context, maxlevels, level):
        return saferepr(object), isreadable(object), isrecursive(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def _walk(object, above):
    """(readable, recursive)"""
    kind = type(object)
    if kind in (str, bytes, bytearray, float, complex, bool, type(None), int):
        return True, False
    if kind.__repr__ not in (dict.__repr__, list.__repr__, tuple.__repr__):
        text = repr(object)
        return bool(text) and not text.startswith("<"), False
    if id(object) in above:
        return False, True
    inside = above | {id(object)}
    parts = [part for pair in object.items() for part in pair] if isinstance(object, dict) else object
    answers = [_walk(part, inside) for part in parts]
    return all(readable for readable, _ in answers), any(recursive for _, recursive in answers)


def isreadable(object):
    readable, recursive = _walk(object, frozenset())
    return readable and not recursive


def isrecursive(object):
    return _walk(object, frozenset())[1]


def saferepr(object):
    return _safe(object, frozenset())


def _safe(object, above):
    kind = type(object)
    if kind.__repr__ not in (dict.__repr__, list.__repr__, tuple.__repr__):
        return repr(object)
    if id(object) in above:
        return f"<Recursion on {kind.__name__} with id={id(object)}>"
    inside = above | {id(object)}
    if isinstance(object, dict):
        items = object.items()
        try:
            items = sorted(items)
        except TypeError:
            items = list(items)
        return "{" + ", ".join(f"{_safe(key, inside)}: {_safe(value, inside)}" for key, value in items) + "}"
    parts = ", ".join(_safe(part, inside) for part in object)
    if isinstance(object, list):
        return f"[{parts}]"
    return f"({parts},)" if len(object) == 1 else f"({parts})"
