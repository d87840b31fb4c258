"""How objects are taken apart and made again by copy and pickle."""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Declares how objects of a type are taken apart."""
    dispatch_table[ob_type] = _callable(pickle_function, "reduction functions")
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    _callable(object, "constructors")


def _callable(function, role):
    if callable(function):
        return function
    raise TypeError(f"{role} must be callable")


# What takes objects apart names these as the functions that make them again.
_reconstructor = object().__reduce_ex__(0)[0]
__newobj__ = object().__reduce_ex__(2)[0]


def _pickle_complex(c):
    return complex, (c.real, c.imag)


pickle(complex, _pickle_complex, complex)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}


def add_extension(module, name, code):
    """A number for a name of a module, as pickles have it."""
    key, code = (module, name), int(code)
    if code not in range(1, 1 << 31):
        raise ValueError("code out of range")
    if not _is_registered(key, code):
        if key in _extension_registry:
            raise ValueError(f"key {key} is already registered with code {_extension_registry[key]}")
        if code in _inverted_registry:
            raise ValueError(f"code {code} is already in use for key {_inverted_registry[code]}")
        _extension_registry[key], _inverted_registry[code] = code, key


def _is_registered(key, code):
    return _extension_registry.get(key) == code and _inverted_registry.get(code) == key


def remove_extension(module, name, code):
    key = module, name
    if not _is_registered(key, code):
        raise ValueError(f"key {key} is not registered with code {code}")
    for registry, entry in ((_extension_registry, key), (_inverted_registry, code), (_extension_cache, code)):
        registry.pop(entry, None)


def clear_extension_cache():
    _extension_cache.clear()
