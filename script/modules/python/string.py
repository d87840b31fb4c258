"""Constants of letters, templates, and what str.format() is made of."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class _Both(dict):
    """Two mappings as one: the first wins."""

    def __init__(self, mapping, kws):
        self.mapping = mapping
        self.kws = kws

    def __getitem__(self, name):
        try:
            return self.kws[name]
        except KeyError:
            return self.mapping[name]


class Template:
    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"

    def __init__(self, template):
        self.template = template

    def _pieces(self):
        """Pairs of a kind and a text: 'text', 'escaped', 'named', 'braced', 'invalid' with the place."""
        text, mark = self.template, self.delimiter
        place = 0
        while True:
            found = text.find(mark, place)
            if found < 0:
                yield "text", text[place:], place
                return
            yield "text", text[place:found], place
            behind = found + len(mark)
            if text.startswith(mark, behind):
                yield "escaped", mark, found
                place = behind + len(mark)
                continue
            braced = text.startswith("{", behind)
            begin = behind + braced
            end = begin
            while end < len(text) and text[end].isascii() and (text[end] == "_" or text[end].isalnum()):
                end += 1
            name = text[begin:end]
            if name and not name[0].isdigit() and (not braced or text.startswith("}", end)):
                yield "braced" if braced else "named", name, found
                place = end + braced
            else:
                yield "invalid", mark, found
                place = behind

    def _invalid(self, place):
        lines = self.template[:place].splitlines(keepends=True)
        column = place - len("".join(lines[:-1])) + 1 if lines else 1
        raise ValueError(f"Invalid placeholder in string: line {max(len(lines), 1)}, col {column}")

    def substitute(self, mapping={}, /, **kws):
        values = _Both(mapping, kws) if kws else mapping
        parts = []
        for kind, text, place in self._pieces():
            if kind == "invalid":
                self._invalid(place)
            parts.append(str(values[text]) if kind in ("named", "braced") else text)
        return "".join(parts)

    def safe_substitute(self, mapping={}, /, **kws):
        values = _Both(mapping, kws) if kws else mapping
        parts = []
        for kind, text, place in self._pieces():
            if kind in ("named", "braced"):
                try:
                    text = str(values[text])
                except KeyError:
                    text = self.delimiter + ("{" + text + "}" if kind == "braced" else text)
            parts.append(text)
        return "".join(parts)

    def is_valid(self):
        return all(kind != "invalid" for kind, _, _ in self._pieces())

    def get_identifiers(self):
        names = []
        for kind, text, _ in self._pieces():
            if kind in ("named", "braced") and text not in names:
                names.append(text)
        return names


def _split_format(text):
    """(literal, field, spec, conversion) for each piece of a format string."""
    literal = ""
    place, size = 0, len(text)
    while place < size:
        c = text[place]
        place += 1
        if c in "{}" and text.startswith(c, place):
            yield literal + c, None, None, None
            literal = ""
            place += 1
        elif c == "}":
            raise ValueError("Single '}' encountered in format string")
        elif c == "{":
            if place >= size:
                raise ValueError("Single '{' encountered in format string")
            depth, end, bracket = 1, place, False
            while end < size and depth:
                if text[end] == "[":
                    bracket = True
                elif text[end] == "]":
                    bracket = False
                elif text[end] == "{":
                    depth += 1
                elif text[end] == "}" and not (bracket and depth == 1 and ":" not in text[place:end]):
                    depth -= 1
                end += 1
            if depth:
                raise ValueError("expected '}' before end of string")
            field, conversion, spec = _split_field(text[place:end - 1])
            yield literal, field, spec, conversion
            literal = ""
            place = end
        else:
            literal += c
    if literal:
        yield literal, None, None, None


def _split_field(inside):
    bracket = False
    for place, c in enumerate(inside):
        if c == "[":
            bracket = True
        elif c == "]":
            bracket = False
        elif c == ":" and not bracket:
            return inside[:place], None, inside[place + 1:]
        elif c == "!" and not bracket:
            conversion, rest = inside[place + 1:place + 2], inside[place + 2:]
            if rest and not rest.startswith(":"):
                raise ValueError("expected ':' after conversion specifier")
            return inside[:place], conversion, rest[1:]
    return inside, None, ""


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        parts = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                parts.append(literal)
            if field is None:
                continue
            if field == "":
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                field = str(auto)
                auto += 1
            elif field.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            value, key = self.get_field(field, args, kwargs)
            used.add(key)
            value = self.convert_field(value, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            parts.append(self.format_field(value, spec))
        return "".join(parts), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def convert_field(self, value, conversion):
        made = {None: lambda same: same, "s": str, "r": repr, "a": ascii}.get(conversion)
        if made is None:
            raise ValueError(f"Unknown conversion specifier {conversion!s}")
        return made(value)

    def parse(self, format_string):
        return _split_format(format_string)

    def get_field(self, field_name, args, kwargs):
        end = 0
        while end < len(field_name) and field_name[end] not in ".[":
            end += 1
        first = field_name[:end]
        key = int(first) if first.isdigit() else first
        value = self.get_value(key, args, kwargs)
        while end < len(field_name):
            if field_name[end] == ".":
                begin = end = end + 1
                while end < len(field_name) and field_name[end] not in ".[":
                    end += 1
                value = getattr(value, field_name[begin:end])
            else:
                close = field_name.index("]", end)
                item = field_name[end + 1:close]
                value = value[int(item) if item.isdigit() else item]
                end = close + 1
        return value, key
