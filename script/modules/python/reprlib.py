"""repr() of limited length, and of what contains itself."""

__all__ = ["Repr", "repr", "recursive_repr"]

import builtins
from threading import get_ident


def recursive_repr(fillvalue="..."):
    def decorate(function):
        running = set()

        def wrapper(self):
            key = id(self), get_ident()
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return function(self)
            finally:
                running.discard(key)
        for name in ("__module__", "__doc__", "__name__", "__qualname__"):
            setattr(wrapper, name, getattr(function, name))
        wrapper.__annotations__ = getattr(function, "__annotations__", {})
        return wrapper
    return decorate


class Repr:
    def __init__(self):
        self.fillvalue = "..."
        self.maxlevel = 6
        self.maxtuple = self.maxlist = self.maxset = self.maxfrozenset = self.maxdeque = 6
        self.maxarray = 5
        self.maxdict = 4
        self.maxstring = self.maxother = 30
        self.maxlong = 40

    def repr(self, x):
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        name = type(x).__name__.replace(" ", "_")
        own = getattr(self, "repr_" + name, None)
        return own(x, level) if own is not None else self.repr_instance(x, level)

    def _several(self, x, level, left, right, most, trail=""):
        count = len(x)
        if level <= 0 and count:
            inside = self.fillvalue
        else:
            parts = []
            for item in x:
                if len(parts) == most:
                    break
                parts.append(self.repr1(item, level - 1))
            if count > most:
                parts.append(self.fillvalue)
            inside = ", ".join(parts)
            if count == 1 and trail:
                right = trail + right
        return left + inside + right

    def repr_tuple(self, x, level):
        return self._several(x, level, "(", ")", self.maxtuple, ",")

    def repr_list(self, x, level):
        return self._several(x, level, "[", "]", self.maxlist)

    def repr_deque(self, x, level):
        return self._several(x, level, "deque([", "])", self.maxdeque)

    def repr_set(self, x, level):
        return self._several(_sorted(x), level, "{", "}", self.maxset) if x else "set()"

    def repr_frozenset(self, x, level):
        return self._several(_sorted(x), level, "frozenset({", "})", self.maxfrozenset) if x else "frozenset()"

    def repr_dict(self, x, level):
        if not x:
            return "{}"
        if level <= 0:
            return "{" + self.fillvalue + "}"
        parts = []
        for key in list(_sorted(x))[:self.maxdict]:
            parts.append(f"{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}")
        if len(x) > self.maxdict:
            parts.append(self.fillvalue)
        return "{" + ", ".join(parts) + "}"

    def _shortened(self, text, most):
        if len(text) <= most:
            return text
        before = max(0, (most - 3) // 2)
        behind = max(0, most - 3 - before)
        return text[:before] + self.fillvalue + text[len(text) - behind:]

    def repr_str(self, x, level):
        text = builtins.repr(x[:self.maxstring])
        if len(text) > self.maxstring:
            before = max(0, (self.maxstring - 3) // 2)
            behind = max(0, self.maxstring - 3 - before)
            text = builtins.repr(x[:before] + x[len(x) - behind:])
            text = text[:before] + self.fillvalue + text[len(text) - behind:]
        return text

    def repr_int(self, x, level):
        return self._shortened(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            text = builtins.repr(x)
        except Exception:
            return f"<{x.__class__.__name__} instance at {id(x):#x}>"
        return self._shortened(text, self.maxother)


def _sorted(x):
    items = list(x)
    try:
        items.sort()
    except Exception:
        return list(x)  # some may have been moved already
    return items


aRepr = Repr()
repr = aRepr.repr
