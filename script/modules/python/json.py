"""Values as texts of JSON, and back."""

import _json
from _json import JSONDecodeError

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]


def detect_encoding(b):
    """The encoding of a text as bytes."""
    if b.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if b.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if len(b) < 2 or len(b) == 3 or b[0] and b[1]:
        return "utf-8"
    # A character of JSON's beginning is ASCII: its other bytes are 0, before it or behind it.
    is_wide = len(b) >= 4 and not any(b[2:4] if b[0] else b[1:2])
    return f"utf-{32 if is_wide else 16}-{'le' if b[0] else 'be'}"


class JSONDecoder:
    """Simple JSON decoder"""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float
        self.parse_int = parse_int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        return _json.loads(s, (self.object_hook, self.object_pairs_hook, self.parse_float, self.parse_int,
                               self.parse_constant))

    def raw_decode(self, s, idx=0):
        try:
            return self.decode(s[idx:]), len(s)
        except JSONDecodeError as error:
            if error.msg != "Extra data":
                raise
            end = idx + error.pos
        return self.decode(s[idx:end]), len(s[:end].rstrip(" \t\n\r"))


class JSONEncoder:
    """Extensible JSON encoder for Python data structures."""
    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is None and indent is not None:
            separators = ",", self.key_separator
        if separators is not None:
            self.item_separator, self.key_separator = separators
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        return _json.dumps(o, (self.indent, self.item_separator, self.key_separator, self.sort_keys, self.ensure_ascii,
                               self.allow_nan, self.skipkeys, self.check_circular, self.default))

    def iterencode(self, o, _one_shot=False):
        yield self.encode(o)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
          **kw):
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    elif isinstance(s, (bytes, bytearray)):
        s = bytes(s).decode(detect_encoding(s), "strict")
    else:
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    if cls is None and not kw:
        return _json.loads(s, (object_hook, object_pairs_hook, parse_float, parse_int, parse_constant))
    given = dict(object_hook=object_hook, object_pairs_hook=object_pairs_hook, parse_float=parse_float, parse_int=parse_int,
                 parse_constant=parse_constant)
    kw.update((name, value) for name, value in given.items() if value is not None)
    return (cls or JSONDecoder)(**kw).decode(s)


def load(fp, **kw):
    return loads(fp.read(), **kw)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    if cls is None and not kw:
        item, key = separators or (None, None)
        return _json.dumps(obj, (indent, item, key, sort_keys, ensure_ascii, allow_nan, skipkeys, check_circular, default))
    return (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                                allow_nan=allow_nan, indent=indent, separators=separators, default=default,
                                sort_keys=sort_keys, **kw).encode(obj)


def dump(obj, fp, **kw):
    fp.write(dumps(obj, **kw))
