"""Text about objects, from their docs, signatures and attributes: help()."""

import sys
import types

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType,
              types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType)

_INTRODUCTION = """\
help(object) prints what is known of an object: help(list), help(len), help(str.split).
help('name') does so for a module or something in one: help('math'), help('os.path.join').
dir(object) lists an object's attributes."""


def getdoc(thing):
    """The doc of an object, its lines without the indentation that they share; '' if there is none."""
    doc = getattr(thing, "__doc__", None)
    if not isinstance(doc, str) or (not isinstance(thing, _FUNCTIONS + (type, property, types.ModuleType))
                                    and doc == getattr(type(thing), "__doc__", None)):
        return ""
    first, *rest = doc.strip().expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    margin = min(margins, default=0)
    return "\n".join([first] + [line[margin:].rstrip() for line in rest])


def _indented(text, by="    "):
    return "\n".join(by + line if line else "" for line in text.split("\n"))


def _parameters(function):
    """The parameters of a function that is written in Python, as its def has them."""
    code = function.__code__
    count = code.co_argcount
    names = list(code.co_varnames)
    named_only = names[count:count + code.co_kwonlyargcount]
    rest = names[count + code.co_kwonlyargcount:]
    defaults = function.__defaults__ or ()
    named_defaults = function.__kwdefaults__ or {}
    shown = []
    for i, name in enumerate(names[:count]):
        default = i - (count - len(defaults))
        shown.append(name if default < 0 else f"{name}={defaults[default]!r}")
        if i + 1 == code.co_posonlyargcount:
            shown.append("/")
    if code.co_flags & 4:
        shown.append("*" + rest.pop(0))
    elif named_only:
        shown.append("*")
    shown += [f"{name}={named_defaults[name]!r}" if name in named_defaults else name for name in named_only]
    if code.co_flags & 8:
        shown.append("**" + rest[0])
    return shown


def _signature(function):
    """The parameters of any function in parentheses; (...) where they are not known."""
    if isinstance(function, types.MethodType):
        inner = function.__func__
        return "(" + ", ".join(_parameters(inner)[1:]) + ")" if hasattr(inner, "__code__") else "(...)"
    if hasattr(function, "__code__"):
        return "(" + ", ".join(_parameters(function)) + ")"
    text = getattr(function, "__text_signature__", None) or "(...)"
    return text.replace("($module, /", "(").replace("($module, ", "(").replace("$", "").replace("(, ", "(")


def _of_function(function, name=None):
    doc = getdoc(function)
    head = (name or function.__name__) + _signature(function)
    return head + ("\n" + _indented(doc) if doc else "")


def _of_attribute(name, value):
    """A line or more about an attribute, and the heading that it stands under."""
    if isinstance(value, staticmethod):
        return "Static methods", _of_function(value.__func__, name)
    if isinstance(value, classmethod):
        return "Class methods", _of_function(value.__func__, name)
    if isinstance(value, _FUNCTIONS):
        return "Methods", _of_function(value, name)
    if isinstance(value, (property, types.GetSetDescriptorType, types.MemberDescriptorType)):
        doc = getdoc(value)
        return "Properties", name + ("\n" + _indented(doc) if doc else "")
    return "Data", f"{name} = {value!r}"


_LEFT_OUT = {"__module__", "__dict__", "__weakref__", "__doc__", "__qualname__", "__name__", "__builtins__", "__spec__",
             "__loader__", "__package__", "__file__", "__cached__", "__annotations__", "__path__"}
_HEADINGS = ("Classes", "Methods", "Class methods", "Static methods", "Functions", "Properties", "Data")


def _sections(entries):
    parts = []
    for heading in _HEADINGS:
        texts = [text for own, text in entries if own == heading]
        if not texts:
            continue
        gap = "\n" if all("\n" not in text for text in texts) else "\n\n"
        parts.append(heading + "\n" + _indented(gap.join(texts)))
    return parts


def _of_class(cls):
    bases = [base.__name__ for base in cls.__bases__ if base is not object]
    parts = [getdoc(cls)] if getdoc(cls) else []
    if len(cls.__mro__) > 2:
        parts.append("Method resolution order: " + ", ".join(base.__name__ for base in cls.__mro__))
    parts += _sections([_of_attribute(name, value) for name, value in vars(cls).items() if name not in _LEFT_OUT])
    for base in cls.__mro__[1:-1]:
        inherited = sorted(name for name in vars(base) if name not in _LEFT_OUT and name not in vars(cls))
        if inherited:
            parts.append(f"Inherited from {base.__name__}\n" + _indented(", ".join(inherited)))
    head = f"class {cls.__name__}" + (f"({', '.join(bases)})" if bases else "")
    return head + ("\n" + _indented("\n\n".join(parts)) if parts else "")


def _of_module_attribute(module, name, value):
    if isinstance(value, type):
        first = getdoc(value).split("\n")[0]
        return "Classes", value.__name__ + (": " + first if first else "")
    if isinstance(value, _FUNCTIONS):
        return "Functions", _of_function(value, name)
    return "Data", f"{name} = {value!r}"


def _of_module(module):
    own = getattr(module, "__all__", None)
    entries = []
    for name, value in sorted(vars(module).items()):
        if name in _LEFT_OUT or isinstance(value, types.ModuleType) or (own is None and name.startswith("_")):
            continue
        is_own = name in own if own is not None else getattr(value, "__module__", module.__name__) in (module.__name__, None)
        if is_own:
            entries.append(_of_module_attribute(module, name, value))
    parts = [getdoc(module)] if getdoc(module) else []
    return "\n\n".join([f"module {module.__name__}"] + parts + _sections(entries))


def _title(thing):
    home = getattr(thing, "__module__", None)
    place = f" in module {home}" if isinstance(home, str) else ""
    if isinstance(thing, types.ModuleType):
        return f"Help on module {thing.__name__}:"
    if isinstance(thing, type):
        return f"Help on class {thing.__name__}{place}:"
    if isinstance(thing, _FUNCTIONS):
        return f"Help on {'built-in ' if not hasattr(thing, '__code__') else ''}function {thing.__name__}{place}:"
    return f"Help on {type(thing).__name__} object:"


def render_doc(thing):
    """What is known of an object, as a text."""
    if isinstance(thing, types.ModuleType):
        text = _of_module(thing)
    elif isinstance(thing, type):
        text = _of_class(thing)
    elif isinstance(thing, _FUNCTIONS):
        text = _of_function(thing)
    elif isinstance(thing, property):
        text = _of_attribute("property", thing)[1]
    else:
        text = _of_class(type(thing))
    return _title(thing) + "\n\n" + text + "\n"


def locate(name):
    """The object of a dotted name: a built-in, a module, or something in a module; None if there is none."""
    import builtins
    import importlib
    first, *rest = name.split(".")
    if hasattr(builtins, first):
        found = getattr(builtins, first)
    else:
        try:
            found = importlib.import_module(first)
        except ImportError:
            return None
    for part in rest:
        if not hasattr(found, part) and isinstance(found, types.ModuleType):
            try:
                importlib.import_module(found.__name__ + "." + part)
            except ImportError:
                return None
        if not hasattr(found, part):
            return None
        found = getattr(found, part)
    return found


def help(*things):
    """Print what is known of an object, or of what has this name."""
    if not things:
        print(_INTRODUCTION)
        return
    thing = things[0]
    if isinstance(thing, str) and locate(thing) is None:
        print(f"No Python documentation found for {thing!r}.")
        return
    print(render_doc(locate(thing) if isinstance(thing, str) else thing))
