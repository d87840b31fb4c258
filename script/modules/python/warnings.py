"""Warnings: what is done with them, by filters."""

import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings"]

_actions = ("default", "error", "ignore", "always", "all", "module", "once")
defaultaction = "default"
onceregistry = {}
filters = [("default", None, DeprecationWarning, "__main__", 0), ("ignore", None, DeprecationWarning, None, 0),
           ("ignore", None, PendingDeprecationWarning, None, 0), ("ignore", None, ImportWarning, None, 0),
           ("ignore", None, ResourceWarning, None, 0)]


class WarningMessage:
    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        for name, value in zip(self._WARNING_DETAILS, (message, category, filename, lineno, file, line, source)):
            setattr(self, name, value)
        self._category_name = category and category.__name__

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
                f"lineno : {self.lineno}, line : {self.line!r}}}")


def formatwarning(message, category, filename, lineno, line=None):
    if line is None:
        import linecache
        line = linecache.getline(filename, lineno)
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    return text + f"  {line.strip()}\n" if line and line.strip() else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    file = sys.stderr if file is None else file
    if file is not None:
        try:
            file.write(formatwarning(message, category, filename, lineno, line))
        except OSError:
            pass


_showwarning_original = showwarning


def _show(message):
    """Shows one, or lets what stands in for `showwarning` do so."""
    if showwarning is not _showwarning_original:
        showwarning(message.message, message.category, message.filename, message.lineno, message.file, message.line)
    else:
        _showwarning_original(message.message, message.category, message.filename, message.lineno, message.file,
                              message.line)


_showwarnmsg = _show


def _add_filter(item, append):
    if append:
        if item not in filters:
            filters.append(item)
        return
    if item in filters:
        filters.remove(item)
    filters.insert(0, item)


def _check_filter(action, lineno):
    assert action in _actions, f"invalid action: {action!r}"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Says what is done with warnings whose text and module begin as patterns say; the newest filter is asked first."""
    _check_filter(action, lineno)
    for role, text in {"message": message, "module": module}.items():
        assert isinstance(text, str), f"{role} must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    if message or module:
        import re  # here, since few programs need it
        message = re.compile(message, re.I) if message else None
        module = re.compile(module) if module else None
    _add_filter((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Says what is done with all warnings of a category."""
    _check_filter(action, lineno)
    _add_filter((action, None, category, None, lineno), append)


def resetwarnings():
    filters[:] = []


def warn(message, category=None, stacklevel=1, source=None):
    """Warns, as if from the place that is `stacklevel` calls up."""
    category = message.__class__ if isinstance(message, Warning) else UserWarning if category is None else category
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
    except ValueError:
        names, filename, lineno = sys.__dict__, "sys", 1
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    module = names.get("__name__", "<string>")
    registry = names.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, module, registry, names, source)


def _module_of(filename):
    name = filename or "<unknown>"
    return name[:-3] if name.lower().endswith(".py") else name


def _fits(pattern, text):
    """A text in a filter, as the first ones have, is compared as it is."""
    return pattern is None or pattern == text or not isinstance(pattern, str) and pattern.match(text) is not None


def _action_for(text, category, module, lineno):
    """What the first filter says that fits."""
    for action, said, kind, where, line in filters:
        if issubclass(category, kind) and line in (0, lineno) and _fits(said, text) and _fits(where, module):
            return action
    return defaultaction


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Issue a warning with everything about it said."""
    lineno = int(lineno)
    module = _module_of(filename) if module is None else module
    registry = {} if registry is None else registry
    given = message if isinstance(message, Warning) else None
    category = category if given is None else given.__class__
    text = message if given is None else str(given)
    message = category(text) if given is None else given
    key = text, category, lineno
    if registry.get(key):
        return
    action = _action_for(text, category, module, lineno)
    if action == "error":
        raise message
    if action == "ignore":
        return
    if action == "once":
        registry[key] = True
        if onceregistry.get((text, category)):
            return
        onceregistry[text, category] = True
    elif action == "module":
        registry[key] = True
        if registry.get((text, category, 0)):
            return
        registry[text, category, 0] = True
    elif action == "default":
        registry[key] = True
    elif action not in ("always", "all"):
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {action!r}")
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        module = "" if self._module is sys.modules["warnings"] else f"module={self._module!r}"
        shown = filter(None, ("record=True" if self._record else "", module))
        return f"{type(self).__name__}({', '.join(shown)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._saved = module.filters, module.showwarning, module._showwarnmsg
        module.filters = module.filters[:]
        log = None
        if self._record:
            log = []
            module._showwarnmsg = log.append
            module.showwarning = module._showwarning_original
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        self._module.filters, self._module.showwarning, self._module._showwarnmsg = self._saved


def _filters_mutated():
    """The filters are looked at anew each time."""
