"""Looks at live objects: what kind they are, their texts, signatures, frames, and the states of generators."""

import functools
import sys
import types
from collections import OrderedDict, namedtuple
from enum import IntEnum

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_NOFREE, CO_COROUTINE = 16, 32, 64, 128
CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


# ---- Kinds ----

def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isframe(object):
    return isinstance(object, types.FrameType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def ismethoddescriptor(object):
    """True for what has __get__ but not __set__, and is no method, function or class."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__get__") and not hasattr(type(object), "__set__")


def isdatadescriptor(object):
    """True for what has __set__ or __delete__."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__set__") or hasattr(type(object), "__delete__")


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def isabstract(object):
    return isclass(object) and bool(getattr(object, "__abstractmethods__", None))


def _has_flag(object, flag):
    while ismethod(object):
        object = object.__func__
    while isinstance(object, functools.partial):
        object = object.func
    code = getattr(object, "__code__", None) if isfunction(object) else None
    return code is not None and bool(code.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isawaitable(object):
    """True if the object can be used in an await expression."""
    if iscoroutine(object) or (isgenerator(object) and object.gi_code.co_flags & CO_ITERABLE_COROUTINE):
        return True
    return callable(getattr(type(object), "__await__", None))


# ---- Members ----

def getmro(cls):
    return cls.__mro__


def _names_of(object):
    names = dir(object)
    for base in getattr(object, "__bases__", ()) if isclass(object) else ():
        names += [name for name, value in vars(base).items()
                  if isinstance(value, types.DynamicClassAttribute) and name not in names]
    return names


def _members(object, predicate, get):
    found, missing = [], types.SimpleNamespace()
    for name in _names_of(object):
        try:
            value = get(object, name)
        except AttributeError:
            value = next((vars(base)[name] for base in getattr(object, "__mro__", ()) if name in vars(base)), missing)
        if value is not missing and (predicate is None or predicate(value)):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getmembers(object, predicate=None):
    """All members of an object as pairs of name and value, by name."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """As getmembers, without calling descriptors or __getattr__."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    """An Attribute for each name of a class: its kind, the class where it stands, and what stands there."""
    found = []
    for name in sorted(_names_of(cls)):
        home = next((base for base in cls.__mro__ + type(cls).__mro__ if name in vars(base)), None)
        if home is None:
            continue
        value = vars(home)[name]
        if isinstance(value, (staticmethod, types.BuiltinMethodType)):
            kind = "static method"
        elif isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        else:
            kind = "method" if isroutine(value) else "data"
        found.append(Attribute(name, kind, home, value))
    return found


_missing = object()


def _in_classes(classes, name):
    for each in classes:
        space = type.__dict__["__dict__"].__get__(each)
        if name in space:
            return space[name]
    return _missing


def _instance_space(object):
    """The attributes of an instance as a dict, without code of its class being run."""
    held = _in_classes(type(object).__mro__, "__dict__")
    if held is _missing or not isinstance(held, types.GetSetDescriptorType):
        return {}
    try:
        space = held.__get__(object)
    except AttributeError:
        return {}
    return space if type(space) is dict else {}


def getattr_static(obj, attr, default=_missing):
    """What stands under a name, without calling descriptors, __getattr__ or __getattribute__."""
    if isinstance(obj, type):
        own, classes = _in_classes(type.__dict__["__mro__"].__get__(obj), attr), type(obj).__mro__
    else:
        own, classes = _missing, type(obj).__mro__
        own = dict.get(_instance_space(obj), attr, _missing)
    shared = _in_classes(classes, attr)
    if own is not _missing and shared is not _missing:
        kind = type(shared).__mro__
        if _in_classes(kind, "__get__") is not _missing and (_in_classes(kind, "__set__") is not _missing or
                                                            _in_classes(kind, "__delete__") is not _missing):
            return shared
    for value in (own, shared, default):
        if value is not _missing:
            return value
    raise AttributeError(attr)


def unwrap(func, *, stop=None):
    """What is wrapped innermost: follows __wrapped__."""
    first, seen = func, {id(func): func}
    while hasattr(func, "__wrapped__") and not isclass(func) and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


# ---- Texts ----

def cleandoc(doc):
    """A docstring without the margin that its lines after the first have in common, and without empty lines around."""
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    return "\n".join(lines)


def _inherited_doc(obj):
    """The docstring of what an object overrides."""
    if isclass(obj):
        return next((base.__doc__ for base in obj.__mro__ if base is not object and base.__doc__ is not None), None)
    name = getattr(obj, "__name__", None)
    if isinstance(obj, property):
        name, obj = obj.fget.__name__ if obj.fget else None, obj.fget
    home = getattr(obj, "__objclass__", None)
    if ismethod(obj):
        home = obj.__self__ if isclass(obj.__self__) else type(obj.__self__)
    elif isfunction(obj) and "." in obj.__qualname__:
        home = sys.modules.get(obj.__module__)
        for part in obj.__qualname__.split(".")[:-1]:
            home = getattr(home, part, None)
    for base in getattr(home, "__mro__", ()):
        doc = getattr(getattr(base, name, None), "__doc__", None)
        if doc is not None:
            return doc
    return None


def getdoc(object):
    """The docstring of an object, or of what it overrides, with its margin taken off; None if there is none."""
    doc = getattr(object, "__doc__", None)
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def getmodule(object, _filename=None):
    """The module in which an object was defined, or None."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    if isframe(object):
        return sys.modules.get(object.f_globals.get("__name__"))
    return None


def getmodulename(path):
    """The name of the module that a file is, or None."""
    name = path.rpartition("/")[2]
    return name[:-3] if name.endswith(".py") else None


def getfile(object):
    """The file in which an object was defined."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, "__file__", None):
            return module.__file__
        if object.__module__ == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    return _code_of(object).co_filename


_ways_to_code = ((types.MethodType, "__func__"), (types.FunctionType, "__code__"), (types.TracebackType, "tb_frame"),
                 (types.FrameType, "f_code"))


def _code_of(object):
    for kind, part in _ways_to_code:
        if isinstance(object, kind):
            object = getattr(object, part)
    if iscode(object):
        return object
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, "
                    f"got {type(object).__name__}")


def getsourcefile(object):
    """The file of an object if it is one of Python's text, or None."""
    name = getfile(object)
    return name if name.endswith(".py") else None


def getabsfile(object, _filename=None):
    import os.path
    return os.path.normcase(os.path.abspath(_filename or getsourcefile(object) or getfile(object)))


def _class_line(cls, lines):
    """The line of the class statement, found by the names that lead to it."""
    path, margins = cls.__qualname__.replace(".<locals>", "").split("."), []
    for number, line in enumerate(lines):
        text = line.lstrip()
        if not text or text[0] == "#":
            continue
        margin = len(line) - len(text)
        while margins and margin <= margins[-1][0]:
            margins.pop()
        word, _, rest = text.removeprefix("async ").partition(" ")
        if word in ("class", "def"):
            name = rest.lstrip()
            end = next((i for i, c in enumerate(name) if not (c.isalnum() or c == "_")), len(name))
            margins.append((margin, name[:end]))
            if word == "class" and [each for _, each in margins] == path:
                while number > 0 and lines[number - 1].startswith(" " * margin + "@"):
                    number -= 1
                return number
    raise OSError("could not find class definition")


def findsource(object):
    """All lines of the file in which an object was defined, and the number of its first one, from 0."""
    import linecache
    module = getmodule(object)
    lines = linecache.getlines(getfile(object), vars(module) if module else None)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        return lines, _class_line(object, lines)
    first = _code_of(object).co_firstlineno - 1
    if first >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, first


class EndOfBlock(Exception):
    pass


def getblock(lines):
    """The lines of the block at the start of some."""
    opened, margin, has_header, quote, end = 0, None, False, None, 0
    for number, line in enumerate(lines):
        text = line.lstrip()
        inside = opened > 0 or quote is not None
        if not inside and text.strip() and text[0] != "#":
            own = len(line) - len(text)
            if margin is None:
                margin = own
            elif has_header and own <= margin:
                break
            if text[0] != "@":
                has_header = True
        if inside or (text.strip() and (text[0] != "#" or len(line) - len(text) > (margin or 0))):
            end = number + 1
        opened, quote = _brackets_after(line, opened, quote)
        is_header = text.rstrip().endswith(":") or text.startswith(("def ", "class ", "async "))
        if has_header and not opened and quote is None and margin is not None and number == 0 and not is_header:
            break
    return lines[:end]


def _brackets_after(line, opened, quote):
    """How many brackets are open behind a line, and which quotation marks."""
    i = 0
    while i < len(line):
        c = line[i]
        if quote is not None:
            if c == "\\":
                i += 1
            elif line.startswith(quote, i):
                i += len(quote) - 1
                quote = None
        elif c in "\"'":
            quote = c * 3 if line.startswith(c * 3, i) else c
            i += len(quote) - 1
        elif c == "#":
            break
        else:
            opened += (c in "([{") - (c in ")]}")
        i += 1
    return opened, quote if quote is not None and len(quote) == 3 else None


def getsourcelines(object):
    """The lines of an object's text, and the number of the first one; 0 for a module."""
    lines, first = findsource(unwrap(object) if not isframe(object) else object)
    if ismodule(object) or (isframe(object) and object.f_code.co_name == "<module>"):
        return lines, 0
    return getblock(lines[first:]), first + 1


def getsource(object):
    """The text of an object."""
    return "".join(getsourcelines(object)[0])


def getcomments(object):
    """The lines of comments directly before an object's text, or None."""
    try:
        lines, first = findsource(object)
    except (OSError, TypeError):
        return None
    begin = first
    while begin > 0 and lines[begin - 1].lstrip().startswith("#"):
        begin -= 1
    return "".join(line.expandtabs().lstrip() for line in lines[begin:first]) or None


def indentsize(line):
    """How far a line is indented."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


# ---- Frames ----

Traceback = namedtuple("Traceback", "filename lineno function code_context index")
FrameInfo = namedtuple("FrameInfo", ("frame",) + Traceback._fields)
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
Arguments = namedtuple("Arguments", "args, varargs, varkw")


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def getframeinfo(frame, context=1):
    """Where a frame or traceback is, with `context` lines around."""
    number = frame.tb_lineno if istraceback(frame) else frame.f_lineno
    frame = frame.tb_frame if istraceback(frame) else frame
    if not isframe(frame):
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    lines = index = None
    if context > 0:
        try:
            every, _ = findsource(frame)
        except OSError:
            pass
        else:
            begin = max(0, min(number - 1 - context // 2, len(every) - context))
            lines, index = every[begin:begin + context], number - 1 - begin
    return Traceback(frame.f_code.co_filename, number, frame.f_code.co_name, lines, index)


def getlineno(frame):
    return frame.f_lineno


def getouterframes(frame, context=1):
    """A FrameInfo for a frame and for each that called it."""
    found = []
    while frame is not None:
        found.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """A FrameInfo for each entry of a traceback."""
    found = []
    while tb is not None:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return found


def stack(context=1):
    """The frames above the caller's, its own first."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """The frames between the caller's and the one where the exception was raised that is being handled."""
    return getinnerframes(sys.exc_info()[2], context)


def getargs(co):
    """The names of the arguments of a code."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    names, count = co.co_varnames, co.co_argcount + co.co_kwonlyargcount
    rest = iter(names[count:])
    varargs = next(rest) if co.co_flags & CO_VARARGS else None
    return Arguments(list(names[:count]), varargs, next(rest) if co.co_flags & CO_VARKEYWORDS else None)


def getargvalues(frame):
    """The arguments with which a frame was called."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


# ---- States ----

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state_of(runner, prefix, kind):
    if getattr(runner, prefix + "_running"):
        return kind + "_RUNNING"
    if getattr(runner, prefix + "_suspended"):
        return kind + "_SUSPENDED"
    return kind + ("_CLOSED" if getattr(runner, prefix + "_frame") is None else "_CREATED")


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return _state_of(generator, "gi", "GEN")


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return _state_of(coroutine, "cr", "CORO")


def getgeneratorlocals(generator):
    """The local variables of a generator that has not ended."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinelocals(coroutine):
    return {} if coroutine.cr_frame is None else coroutine.cr_frame.f_locals


ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


def getclosurevars(func):
    """The names that a function uses from outside, by where they are found."""
    func = func.__func__ if ismethod(func) else func
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    outer = {name: cell.cell_contents for name, cell in zip(func.__code__.co_freevars, func.__closure__ or ())}
    space, shared = func.__globals__, vars(__import__("builtins"))
    inner, common, unbound = {}, {}, set()
    for name in func.__code__.co_names:
        if name in space:
            inner[name] = space[name]
        elif name in shared and name not in ("None", "True", "False"):
            common[name] = shared[name]
        else:
            unbound.add(name)
    return ClosureVars(outer, inner, common, unbound)


# ---- Signatures ----

class _empty:
    """Stands for a default or an annotation that is not there."""


class _void:
    """Stands for what `replace` is to leave as it is."""


class _ParameterKind(IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return ("positional-only", "positional or keyword", "variadic positional", "keyword-only", "variadic keyword")[self]


_POSITIONAL_ONLY, _EITHER, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


def formatannotation(annotation, base_module=None):
    """An annotation as it is written."""
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


class Parameter:
    """A parameter of a signature: name, kind, default, annotation."""
    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD = _POSITIONAL_ONLY, _EITHER
    VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind") from None
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            if self._kind != _EITHER:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, "
                                 f"not {self._kind.description}")
            self._kind, name = _POSITIONAL_ONLY, f"implicit{name[1:]}"
        if not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name, self._default, self._annotation = name, default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default, self._annotation = state["_default"], state["_annotation"]

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A parameter like this one, with other parts."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self._kind, "") + self._name
        has_annotation = self._annotation is not _empty
        if has_annotation:
            text += f": {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += f" = {self._default!r}" if has_annotation else f"={self._default!r}"
        return text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _parts(self):
        return self._name, self._kind, self._default, self._annotation

    def __hash__(self):
        return hash(self._parts())

    def __eq__(self, other):
        return self is other or (self._parts() == other._parts() if isinstance(other, Parameter) else NotImplemented)


class BoundArguments:
    """The arguments of a call by the names of the parameters."""
    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self._signature, self.arguments = signature, arguments

    signature = property(lambda self: self._signature)

    def _taken(self, by_position):
        """The arguments that are given by position, or those by name, as pairs."""
        by_name = False
        for name, parameter in self._signature.parameters.items():
            by_name = by_name or parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY)
            if name not in self.arguments:
                by_name = by_name or parameter.kind is not _VAR_POSITIONAL
            elif by_name != by_position:
                yield parameter, self.arguments[name]

    @property
    def args(self):
        found = []
        for parameter, value in self._taken(True):
            found += value if parameter.kind is _VAR_POSITIONAL else [value]
        return tuple(found)

    @property
    def kwargs(self):
        found = {}
        for parameter, value in self._taken(False):
            found.update(value if parameter.kind is _VAR_KEYWORD else {parameter.name: value})
        return found

    def apply_defaults(self):
        """Puts in what was not given."""
        filled = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind is _VAR_POSITIONAL:
                filled[name] = ()
            elif parameter.kind is _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature, self.arguments = state["_signature"], state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        return f"<{type(self).__name__} ({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})>"


class Signature:
    """The parameters of something that can be called, and the annotation of its result."""
    __slots__ = ("_return_annotation", "_parameters")
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found = OrderedDict()
        last, has_default = _POSITIONAL_ONLY, False
        for parameter in parameters or ():
            if __validate_parameters__:
                if parameter.kind < last:
                    raise ValueError(f"wrong parameter order: {last.description} parameter before "
                                     f"{parameter.kind.description} parameter")
                last = parameter.kind
                if parameter.kind in (_POSITIONAL_ONLY, _EITHER):
                    if parameter.default is not _empty:
                        has_default = True
                    elif has_default:
                        raise ValueError("non-default argument follows default argument")
                if parameter.name in found:
                    raise ValueError(f"duplicate parameter name: {parameter.name!r}")
            found[parameter.name] = parameter
        self._parameters = types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature_of(cls, obj, follow_wrapped)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A signature like this one, with other parts."""
        return type(self)(self._parameters.values() if parameters is _void else parameters,
                          return_annotation=self._return_annotation if return_annotation is _void else return_annotation)

    def _parts(self):
        every = self._parameters.values()
        return (tuple(each for each in every if each.kind is not _KEYWORD_ONLY),
                {each.name: each for each in every if each.kind is _KEYWORD_ONLY}, self._return_annotation)

    def __hash__(self):
        ordered, by_name, result = self._parts()
        return hash((ordered, frozenset(by_name.values()), result))

    def __eq__(self, other):
        return self is other or (self._parts() == other._parts() if isinstance(other, Signature) else NotImplemented)

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def _bind(self, args, kwargs, is_partial=False):
        bound, given, left = {}, list(args), dict(kwargs)
        every = list(self._parameters.values())
        names_taken = next((each for each in every if each.kind is _VAR_KEYWORD), None)
        for parameter in every:
            name, kind = parameter.name, parameter.kind
            if kind is _VAR_POSITIONAL:
                if given:
                    bound[name], given = tuple(given), []
            elif kind is _VAR_KEYWORD:
                continue
            elif kind is not _KEYWORD_ONLY and given:
                if name in left and kind is _EITHER:
                    raise TypeError(f"multiple values for argument {name!r}") from None
                bound[name] = given.pop(0)
            elif name in left and kind is not _POSITIONAL_ONLY:
                bound[name] = left.pop(name)
            elif name in left and names_taken is None:
                raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword") from None
            elif parameter.default is _empty and not is_partial:
                raise TypeError(f"missing a required argument: {name!r}") from None
        if given:
            raise TypeError("too many positional arguments") from None
        if left:
            if names_taken is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(left))!r}")
            bound[names_taken.name] = left
        return BoundArguments(self, bound)

    def bind(self, /, *args, **kwargs):
        """The arguments by name; TypeError if a call with them would fail."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """As bind, but arguments may be missing."""
        return self._bind(args, kwargs, is_partial=True)

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        shown, needs_slash, has_star = [], False, False
        for parameter in self._parameters.values():
            if parameter.kind is _POSITIONAL_ONLY:
                needs_slash = True
            elif needs_slash:
                shown.append("/")
                needs_slash = False
            if parameter.kind is _VAR_POSITIONAL:
                has_star = True
            elif parameter.kind is _KEYWORD_ONLY and not has_star:
                shown.append("*")
                has_star = True
            shown.append(str(parameter))
        if needs_slash:
            shown.append("/")
        text = f"({', '.join(shown)})"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text


def _of_function(cls, function):
    """From a function's code, defaults and annotations."""
    code, notes = function.__code__, getattr(function, "__annotations__", None) or {}
    names, count, defaults = code.co_varnames, code.co_argcount, function.__defaults__ or ()
    by_name = function.__kwdefaults__ or {}
    found = []

    def add(name, kind, default=_empty):
        found.append(Parameter(name, kind, default=default, annotation=notes.get(name, _empty)))
    for i, name in enumerate(names[:count]):
        from_end = i - (count - len(defaults))
        add(name, _POSITIONAL_ONLY if i < code.co_posonlyargcount else _EITHER,
            defaults[from_end] if from_end >= 0 else _empty)
    rest = count + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        add(names[rest], _VAR_POSITIONAL)
    for name in names[count:rest]:
        add(name, _KEYWORD_ONLY, by_name.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[rest + bool(code.co_flags & CO_VARARGS)], _VAR_KEYWORD)
    return cls(found, return_annotation=notes.get("return", _empty), __validate_parameters__=False)


def _of_text(cls, obj, text):
    """From the text that a built-in function has: "($self, item, /)"."""
    space = {}
    inner = text.strip()[1:-1]
    hidden = inner.startswith("$")
    try:
        exec(f"def shown({inner.removeprefix('$')}): pass", {}, space)
    except Exception:
        raise ValueError(f"{obj!r} has invalid signature") from None
    made = _of_function(cls, space["shown"])
    is_bound = hidden and getattr(obj, "__self__", None) is not None
    return _without_first(made) if is_bound else made


def _without_first(signature):
    """Without the parameter that a bound method fills."""
    every = list(signature.parameters.values())
    if not every or every[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    return signature.replace(parameters=every if every[0].kind is _VAR_POSITIONAL else every[1:])


def _of_partial(cls, partial, follow_wrapped):
    """Without what a partial fills by position; what it fills by name becomes a default, and can be given by name only."""
    inner = _signature_of(cls, partial.func, follow_wrapped)
    try:
        filled = inner.bind_partial(*partial.args, **partial.keywords).arguments
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    found, by_name = [], False
    for parameter in inner.parameters.values():
        if parameter.name in partial.keywords and parameter.kind in (_EITHER, _KEYWORD_ONLY):
            by_name = by_name or parameter.kind is _EITHER
            found.append(parameter.replace(kind=_KEYWORD_ONLY, default=filled[parameter.name]))
        elif parameter.name in filled and parameter.kind in (_POSITIONAL_ONLY, _EITHER):
            continue
        elif by_name and parameter.kind is _EITHER:
            found.append(parameter.replace(kind=_KEYWORD_ONLY))
        elif not (by_name and parameter.kind is _VAR_POSITIONAL):
            found.append(parameter)
    return inner.replace(parameters=found)


def _of_class(cls, obj, follow_wrapped):
    """Of what is called to make an object: the metaclass's __call__, __new__ or __init__."""
    def own(name, home, default):
        found = getattr_static(home, name, None)
        return found if found is not None and found is not default else None
    call = own("__call__", type(obj), type.__dict__["__call__"])
    if call is not None and isfunction(call):
        return _without_first(_signature_of(cls, call, follow_wrapped))
    for base in obj.__mro__:
        for name, default in (("__new__", object.__dict__["__new__"]), ("__init__", object.__dict__["__init__"])):
            method = vars(base).get(name)
            if method is None or base is object:
                continue
            method = method.__func__ if isinstance(method, staticmethod) else method
            if isfunction(method) or isinstance(method, (functools.partialmethod, functools.partial)):
                return _without_first(_signature_of(cls, method, follow_wrapped))
        text = vars(base).get("__text_signature__") if base is not object else None
        if isinstance(text, str):
            return _of_text(cls, obj, text)
    if obj.__new__ is object.__new__ and obj.__init__ is object.__init__:
        return cls()
    raise ValueError(f"no signature found for builtin type {obj!r}")


def _signature_of(cls, obj, follow_wrapped=True):
    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if ismethod(obj):
        return _without_first(_signature_of(cls, obj.__func__, follow_wrapped))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda each: hasattr(each, "__signature__") or ismethod(each))
        if ismethod(obj):
            return _signature_of(cls, obj, follow_wrapped)
    told = getattr(obj, "__signature__", None)
    if told is not None:
        if not isinstance(told, Signature):
            raise TypeError(f"unexpected object {told!r} in __signature__ attribute")
        return told
    if isfunction(obj):
        return _of_function(cls, obj)
    if isinstance(obj, functools.partial):
        return _of_partial(cls, obj, follow_wrapped)
    if isclass(obj):
        return _of_class(cls, obj, follow_wrapped)
    text = getattr(obj, "__text_signature__", None)
    if isinstance(text, str):
        return _of_text(cls, obj, text)
    call = getattr_static(type(obj), "__call__", None)
    if isfunction(call):
        return _without_first(_signature_of(cls, call, follow_wrapped))
    if isroutine(obj) or isinstance(obj, types.BuiltinFunctionType):
        raise ValueError(f"no signature found for builtin {obj!r}")
    raise ValueError(f"callable {obj!r} is not supported by signature")


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of something that can be called. ValueError if it has none that can be told."""
    return _signature_of(Signature, obj, follow_wrapped)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """A new dict with the annotations of a function, class or module."""
    if isclass(obj):
        notes = vars(obj).get("__annotations__")
    elif ismodule(obj) or callable(obj):
        notes = getattr(obj, "__annotations__", None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if notes is None:
        return {}
    if not isinstance(notes, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(notes)
    space = globals or getattr(obj, "__globals__", None) or vars(sys.modules.get(getattr(obj, "__module__", None), types))
    return {name: eval(note, space, locals or {}) if isinstance(note, str) else note for name, note in notes.items()}


FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


def getfullargspec(func):
    """The names and defaults of parameters, of a method with its first one."""
    try:
        told = _signature_of(Signature, func.__func__ if ismethod(func) else func, follow_wrapped=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    by_kind = {kind: [each for each in told.parameters.values() if each.kind is kind] for kind in _ParameterKind}
    ordered = by_kind[_POSITIONAL_ONLY] + by_kind[_EITHER]
    defaults = tuple(each.default for each in ordered if each.default is not _empty)
    by_name = {each.name: each.default for each in by_kind[_KEYWORD_ONLY] if each.default is not _empty}
    notes = {each.name: each.annotation for each in told.parameters.values() if each.annotation is not _empty}
    if told.return_annotation is not _empty:
        notes["return"] = told.return_annotation
    names = [[each.name for each in by_kind[kind]] for kind in (_VAR_POSITIONAL, _VAR_KEYWORD, _KEYWORD_ONLY)]
    return FullArgSpec([each.name for each in ordered], *(next(iter(each), None) for each in names[:2]), defaults or None,
                       names[2], by_name or None, notes)


def getcallargs(func, /, *positional, **named):
    """The values that the parameters of a function would have in a call."""
    if ismethod(func):
        positional = (func.__self__, *positional)
        func = func.__func__
    bound = _of_function(Signature, func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


# ---- Trees of classes ----

def getclasstree(classes, unique=False):
    """Classes as nested lists: each class with its bases, behind it those that are derived from it."""
    children, roots = {}, []
    for each in classes:
        for base in each.__bases__:
            below = children.setdefault(base, [])
            if each not in below:
                below.append(each)
            if unique and base in classes:
                break
        if not each.__bases__:
            roots.append(each)
    roots += [base for base in children if base not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    found = []
    for each in sorted(classes, key=lambda cls: (cls.__module__, cls.__name__)):
        found.append((each, each.__bases__))
        if each in children:
            found.append(walktree(children[each], children, each))
    return found
