"""Regular expressions: patterns are read to a tree, and matched by backtracking."""

import enum
import functools

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "template",
           "escape", "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE",
           "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag"]


class RegexFlag(enum.IntFlag):
    """How a pattern is read and matched."""
    NOFLAG = 0
    TEMPLATE = T = 1
    IGNORECASE = I = 2
    LOCALE = L = 4
    MULTILINE = M = 8
    DOTALL = S = 16
    UNICODE = U = 32
    VERBOSE = X = 64
    DEBUG = 128
    ASCII = A = 256

    def __repr__(self):
        names = [f"re.{name}" for name, value in _shown_flags if int(self) & value]
        rest = int(self) & ~sum(value for _, value in _shown_flags)
        return "|".join(names + ([hex(rest)] if rest else [])) or "re.NOFLAG"

    __str__ = object.__str__


_shown_flags = [("TEMPLATE", 1), ("IGNORECASE", 2), ("LOCALE", 4), ("MULTILINE", 8), ("DOTALL", 16), ("UNICODE", 32),
                ("VERBOSE", 64), ("DEBUG", 128), ("ASCII", 256)]
NOFLAG, TEMPLATE, T = RegexFlag.NOFLAG, RegexFlag.TEMPLATE, RegexFlag.TEMPLATE
IGNORECASE, LOCALE, MULTILINE, DOTALL = RegexFlag.IGNORECASE, RegexFlag.LOCALE, RegexFlag.MULTILINE, RegexFlag.DOTALL
UNICODE, VERBOSE, DEBUG, ASCII = RegexFlag.UNICODE, RegexFlag.VERBOSE, RegexFlag.DEBUG, RegexFlag.ASCII
I, L, M, S, U, X, A = IGNORECASE, LOCALE, MULTILINE, DOTALL, UNICODE, VERBOSE, ASCII
_i, _l, _m, _s, _u, _x, _a = (int(flag) for flag in (I, L, M, S, U, X, A))
_letters = {"i": _i, "L": _l, "m": _m, "s": _s, "u": _u, "x": _x, "a": _a}
_blanks = " \t\n\r\v\f"
_most = 4294967295


class error(Exception):
    """A pattern that cannot be read; says where."""
    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos, self.lineno, self.colno = msg, pattern, pos, None, None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f"{msg} at position {pos}"
            if newline in pattern:
                msg += f" (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


# ---- Characters ----

def _kind_of(letter, flags):
    """Whether a character is of the kind that \\d, \\s or \\w stands for."""
    if flags & _u and not flags & _a:
        return {"d": str.isdecimal, "s": str.isspace, "w": lambda c: c.isalnum() or c == "_"}[letter]
    return {"d": lambda c: "0" <= c <= "9", "s": lambda c: c in _blanks,
            "w": lambda c: c == "_" or (c.isascii() and c.isalnum())}[letter]


def _folds(c, flags):
    """The characters that are the same as one, where case does not count."""
    if not flags & _u or flags & _a:
        return {c.lower(), c.upper()} if c.isascii() else {c}
    found = {c, c.lower(), c.upper(), c.upper().lower(), c.lower().upper()}
    return {each for each in found if len(each) == 1} | _also_same.get(c.lower(), set())


_also_same = {}
for _group in ("i\u0131", "s\u017f", "\u00b5\u03bc", "\u0345\u03b9\u1fbe", "\u0390\u1fd3", "\u03b0\u1fe3", "\u03b2\u03d0",
               "\u03b5\u03f5", "\u03b8\u03d1", "\u03ba\u03f0", "\u03c0\u03d6", "\u03c1\u03f1", "\u03c2\u03c3",
               "\u03c6\u03d5", "\u1e61\u1e9b", "\ufb05\ufb06"):
    for _c in _group:
        _also_same[_c] = set(_group) | {each.upper() for each in _group if len(each.upper()) == 1}


class _Set:
    """A set of characters: single ones, ranges, kinds."""

    def __init__(self, singles, ranges, kinds, is_negative, flags):
        self.is_negative, self.ranges, self.kinds = is_negative, ranges, kinds
        self.folds = bool(flags & _i)
        self.flags = flags
        self.singles = set().union(*(_folds(c, flags) for c in singles)) if self.folds else set(singles)
        self.known = {}

    def _has(self, c):
        if c in self.singles or any(kind(c) for kind in self.kinds):
            return True
        same = _folds(c, self.flags) if self.folds else (c,)
        return any(low <= each <= high for low, high in self.ranges for each in same)

    def __call__(self, c):
        found = self.known.get(c)
        if found is None:
            found = self.known[c] = self._has(c) != self.is_negative
        return found


# ---- Reading ----

class _Reader:
    """Reads a pattern. A node is a tuple whose first item says what it is; widths are those of the texts that it matches."""

    def __init__(self, pattern, text, flags):
        self.pattern, self.text, self.flags, self.at = pattern, text, flags, 0
        self.groups, self.names, self.open, self.closed = 0, {}, [], set()
        self.in_behind = 0
        self.references = []

    def refuse(self, words, at=None):
        raise error(words, self.pattern, self.at if at is None else at)

    def take(self, wanted):
        if self.text.startswith(wanted, self.at):
            self.at += len(wanted)
            return True
        return False

    def until(self, end, what):
        stop = self.text.find(end, self.at)
        found = self.text[self.at:] if stop < 0 else self.text[self.at:stop]
        if not found:
            self.refuse("missing " + what)
        if stop < 0:
            self.refuse(f"missing {end}, unterminated name")
        self.at = stop + len(end)
        return found

    def whole(self):
        node = self.choice(self.flags, True)
        if self.at < len(self.text):
            self.refuse("unbalanced parenthesis")
        return node

    def choice(self, flags, is_outermost=False):
        begin, options = self.at, []
        while True:
            options.append(self.sequence(flags, is_outermost and self.at == begin))
            flags = self.flags if is_outermost else flags
            if not self.take("|"):
                return options[0] if len(options) == 1 else ("or", options)

    def sequence(self, flags, may_say_flags):
        nodes = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if flags & _x and self.skip_blank():
                continue
            begin = self.at
            made = self.item(flags, may_say_flags and not nodes)
            if made is None:  # flags for the whole pattern
                flags = self.flags
                continue
            if made[0] == "nothing":
                continue
            nodes.append(self.repeated(made, flags, begin))
        return nodes[0] if len(nodes) == 1 else ("and", nodes)

    def skip_blank(self):
        c = self.text[self.at]
        if c in _blanks:
            self.at += 1
        elif c == "#":
            stop = self.text.find("\n", self.at)
            self.at = len(self.text) if stop < 0 else stop + 1
        return c in _blanks or c == "#"

    def repeated(self, node, flags, begin):
        is_first = True
        while True:
            if flags & _x:
                while self.at < len(self.text) and self.skip_blank():
                    pass
            here = self.at
            c = self.text[here:here + 1]
            if c == "*":
                low, high = 0, _most
            elif c == "+":
                low, high = 1, _most
            elif c == "?":
                low, high = 0, 1
            elif c == "{":
                bounds = self.bounds()
                if bounds is None:
                    return node
                low, high = bounds
            else:
                return node
            if c != "{":
                self.at += 1
            if not is_first:
                self.refuse("multiple repeat", here)
            if node[0] == "at":
                self.refuse("nothing to repeat", here)
            mode = "lazy" if self.take("?") else "own" if self.take("+") else "greedy"
            node, is_first = ("repeat", node, low, high, mode), False

    def bounds(self):
        """The numbers of {m,n}, or None if the brace is one."""
        stop = self.text.find("}", self.at)
        inner = self.text[self.at + 1:stop] if stop > 0 else ""
        low, comma, high = inner.partition(",")
        if stop < 0 or not inner or not (low.isdecimal() or (comma and not low)) or not (high.isdecimal() or not high):
            return None
        if inner == ",":
            bounds = 0, _most
        else:
            first = int(low or 0)
            bounds = first, (int(high) if high else _most) if comma else first
        if max(bounds) > _most or (bounds[0] >= _most):
            raise OverflowError("the repetition number is too large")
        begin = self.at + 1
        if bounds[0] > bounds[1]:
            self.refuse("min repeat greater than max repeat", begin)
        self.at = stop + 1
        return bounds

    def item(self, flags, is_first):
        begin, c = self.at, self.text[self.at]
        self.at += 1
        if c == ".":
            return ("char", (lambda c: True) if flags & _s else (lambda c: c != "\n"))
        if c == "^":
            return ("at", "line begin" if flags & _m else "begin", flags)
        if c == "$":
            return ("at", "line end" if flags & _m else "end", flags)
        if c == "[":
            return self.character_set(flags, begin)
        if c == "(":
            return self.group(flags, begin, is_first)
        if c == "\\":
            return self.escape(flags, begin)
        if c in "*+?" or (c == "{" and self._opens_bounds(begin)):
            self.refuse("nothing to repeat", begin)
        return self.literal(c, flags)

    def _opens_bounds(self, begin):
        self.at = begin
        found = self.bounds()
        self.at = begin + 1
        return found is not None

    def literal(self, c, flags):
        if flags & _i:
            same = _folds(c, flags)
            if len(same) > 1:
                return ("char", same.__contains__)
        return ("text", c)

    def digits(self, base, most, begin, least=None):
        stop = self.at
        wanted = "0123456789abcdefABCDEF"[:base if base <= 10 else 22]
        while stop < len(self.text) and stop - self.at < most and self.text[stop] in wanted:
            stop += 1
        if least is not None and stop - self.at < least:
            self.refuse(f"incomplete escape {self.text[begin:stop]}", begin)
        found = self.text[self.at:stop]
        self.at = stop
        return int(found, base)

    def character(self, begin):
        """The character of an escape that is one in a set, too; None if it is none."""
        c = self.text[self.at:self.at + 1]
        if not c:
            self.refuse("bad escape (end of pattern)", begin)
        self.at += 1
        if c in "abfnrtv\\" and c != "b":
            return {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}[c]
        if c == "x":
            return chr(self.digits(16, 2, begin, 2))
        if c in "uU" and isinstance(self.pattern, str):
            number = self.digits(16, 4 if c == "u" else 8, begin, 4 if c == "u" else 8)
            if number > 0x10FFFF:
                self.refuse(f"bad escape {self.text[begin:self.at]}", begin)
            return chr(number)
        if c == "N" and isinstance(self.pattern, str):
            if not self.take("{"):
                self.refuse("missing {")
            name = self.until("}", "character name")
            try:
                return eval(f'"\\N{{{name}}}"')
            except SyntaxError:
                self.refuse(f"undefined character name {name!r}", begin)
        if c.isascii() and c.isalnum():
            self.at -= 1
            return None
        return c

    def escape(self, flags, begin):
        c = self.text[self.at:self.at + 1]
        if c in tuple("dDsSwW"):
            self.at += 1
            kind = _kind_of(c.lower(), flags)
            return ("char", kind if c.islower() else lambda c: not kind(c))
        if c in tuple("AZbB"):
            self.at += 1
            return ("at", {"A": "begin", "Z": "very end", "b": "word", "B": "no word"}[c], flags)
        if c == "0":
            return self.literal(chr(self.digits(8, 3, begin)), flags)
        if c.isdecimal() and c.isascii():
            if self.text[self.at:self.at + 3].isdecimal() and len(self.text[self.at:self.at + 3]) == 3 and \
                    all(each in "01234567" for each in self.text[self.at:self.at + 3]):
                number = self.digits(8, 3, begin)
                if number > 0o377:
                    self.refuse(f"octal escape value {self.text[begin:self.at]} outside of range 0-0o377", begin)
                return self.literal(chr(number), flags)
            number = self.digits(10, 2, begin)
            return self.reference(number, flags, begin + 1)
        found = self.character(begin)
        if found is None:
            self.refuse(f"bad escape \\{c}", begin)
        return self.literal(found, flags)

    def reference(self, number, flags, at):
        if number in self.open:
            self.refuse("cannot refer to an open group", at)
        if number > self.groups or not number:
            self.refuse(f"invalid group reference {number}", at)
        if self.in_behind and number not in self.closed:
            self.refuse("cannot refer to group defined in the same lookbehind subpattern", at)
        return ("same", number, flags)

    def character_set(self, flags, begin):
        is_negative, singles, ranges, kinds = self.take("^"), [], [], []
        first = self.at
        while True:
            if self.at >= len(self.text):
                self.refuse("unterminated character set", begin)
            if self.text[self.at] == "]" and self.at > first:
                self.at += 1
                break
            here = self.at
            low = self.member(flags, kinds)
            if self.text[self.at:self.at + 1] == "-" and self.text[self.at + 1:self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.member(flags, kinds)
                if low is None or high is None or low > high:
                    self.refuse(f"bad character range {self.text[here:self.at]}", here)
                ranges.append((low, high))
            elif low is not None:
                singles.append(low)
        if len(singles) == 1 and not (is_negative or ranges or kinds):
            return self.literal(singles[0], flags)
        return ("char", _Set(singles, ranges, kinds, is_negative, flags))

    def member(self, flags, kinds):
        """One character of a set; None for a kind, which is added to the kinds."""
        begin, c = self.at, self.text[self.at]
        self.at += 1
        if c != "\\":
            return c
        c = self.text[self.at:self.at + 1]
        if c in tuple("dDsSwW"):
            self.at += 1
            kind = _kind_of(c.lower(), flags)
            kinds.append(kind if c.islower() else lambda c: not kind(c))
            return None
        if c == "b":
            self.at += 1
            return "\b"
        if c and c in "01234567":
            number = self.digits(8, 3, begin)
            if number > 0o377:
                self.refuse(f"octal escape value {self.text[begin:self.at]} outside of range 0-0o377", begin)
            return chr(number)
        found = self.character(begin)
        if found is None:
            self.refuse(f"bad escape \\{c}", begin)
        return found

    def named(self, name, at):
        if not name.isidentifier() or (not isinstance(self.pattern, str) and not name.isascii()):
            self.refuse(f"bad character in group name {name!r}", at)
        return name

    def group(self, flags, begin, is_first):
        if not self.take("?"):
            return self.captured(flags, None, begin)
        c = self.text[self.at:self.at + 1]
        self.at += 1
        if c == "P":
            return self.python_group(flags, begin)
        if c == ":":
            return self.closing(("and", [self.choice(flags)]), begin)
        if c == "#":
            stop = self.text.find(")", self.at)
            if stop < 0:
                self.refuse("missing ), unterminated comment", begin)
            self.at = stop + 1
            return ("nothing",)
        if c in tuple("=!") or (c == "<" and self.text[self.at:self.at + 1] in tuple("=!")):
            return self.looking(flags, begin, c)
        if c == ">":
            return self.closing(("own", self.choice(flags)), begin)
        if c == "(":
            return self.condition(flags, begin)
        if c == "-" or c in _letters and c:
            self.at -= 1
            return self.flagged(flags, begin, is_first)
        if not c:
            self.refuse("unexpected end of pattern")
        if c == "<":
            following = self.text[self.at:self.at + 1]
            if not following:
                self.refuse("unexpected end of pattern")
            self.refuse(f"unknown extension ?<{following}", begin + 1)
        self.refuse(f"unknown extension ?{c}", begin + 1)

    def closing(self, node, begin):
        if not self.take(")"):
            self.refuse("missing ), unterminated subpattern", begin)
        return node

    def captured(self, flags, name, begin, at=None):
        self.groups += 1
        number = self.groups
        if name is not None:
            if name in self.names:
                self.refuse(f"redefinition of group name {name!r} as group {number}; was group {self.names[name]}", at)
            self.names[name] = number
        self.open.append(number)
        node = self.choice(flags)
        self.closing(node, begin)
        self.open.remove(number)
        if not self.in_behind:
            self.closed.add(number)
        return ("group", number, node)

    def python_group(self, flags, begin):
        if self.take("<"):
            at = self.at
            return self.captured(flags, self.named(self.until(">", "group name"), at), begin, at)
        if self.take("="):
            at = self.at
            name = self.named(self.until(")", "group name"), at)
            if name not in self.names:
                self.refuse(f"unknown group name {name!r}", at)
            return self.reference(self.names[name], flags, at)
        c = self.text[self.at:self.at + 1]
        self.refuse(f"unknown extension ?P{c}" if c else "unexpected end of pattern", begin + 1 if c else None)

    def looking(self, flags, begin, c):
        is_behind = c == "<"
        if is_behind:
            c = self.text[self.at]
            self.at += 1
            self.in_behind += 1
        closed = set(self.closed)
        node = self.closing(self.choice(flags), begin)
        if is_behind:
            self.in_behind -= 1
            if not self.in_behind:
                self.closed = set(range(1, self.groups + 1)) - set(self.open)
            low, high = _width(node, self)
            if low != high:
                raise error("look-behind requires fixed-width pattern")
            return ("behind", node, c == "=", low)
        return ("ahead", node, c == "=")

    def condition(self, flags, begin):
        at = self.at
        name = self.until(")", "group name")
        if name.isdecimal() and name.isascii():
            number = int(name)
            if not number:
                self.refuse("bad group number", at)
            self.references.append((number, at))
        else:
            self.named(name, at)
            if name not in self.names:
                self.refuse(f"unknown group name {name!r}", at)
            number = self.names[name]
        yes = self.sequence(flags, False)
        no = self.sequence(flags, False) if self.take("|") else ("and", [])
        if self.text[self.at:self.at + 1] == "|":
            self.refuse("conditional backref with more than two branches")
        return self.closing(("if", number, yes, no), begin)

    def flagged(self, flags, begin, is_first):
        added = self.letters_of("", flags)
        c = self.text[self.at:self.at + 1]
        removed = 0
        if c == ")":
            self.at += 1
            if not is_first or begin:
                if not is_first or self.text[:begin].strip(_blanks) if flags & _x else True:
                    self.refuse("global flags not at the start of the expression", begin)
            self.flags |= added
            _check_flags(self.flags, self.pattern, self)
            return None
        if c == "-":
            self.at += 1
            removed = self.letters_of("-", flags)
            c = self.text[self.at:self.at + 1]
        if c != ":":
            if not c:
                self.refuse("missing :")
            self.refuse("missing :" if not c.isalpha() else "unknown flag")
        self.at += 1
        if added & removed:
            self.refuse("bad inline flags: flag turned on and off", self.at - 1)
        inner = flags | added
        if added & (_a | _u | _l):
            inner = inner & ~(_a | _u | _l) | (added & (_a | _u | _l))
        return self.closing(("and", [self.choice(inner & ~removed)]), begin)

    def letters_of(self, sign, flags):
        found = 0
        while True:
            c = self.text[self.at:self.at + 1]
            if c not in _letters or not c:
                if not found and sign:
                    self.refuse("missing flag" if not c or not c.isalpha() else "unknown flag")
                if c.isalpha():
                    self.refuse("unknown flag")
                if not c:
                    self.refuse("missing -, : or )" if not sign else "missing flag" if not found else "missing :")
                if c not in (")", "-", ":"):
                    self.refuse("missing -, : or )" if not sign else "missing :")
                return found
            flag = _letters[c]
            self.at += 1
            if sign and flag & (_a | _l | _u):
                self.refuse("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
            if isinstance(self.pattern, str) and c == "L":
                self.refuse("bad inline flags: cannot use 'L' flag with a str pattern")
            if not isinstance(self.pattern, str) and c == "u":
                self.refuse("bad inline flags: cannot use 'u' flag with a bytes pattern")
            found |= flag
            if bin(found & (_a | _l | _u)).count("1") > 1:
                self.refuse("bad inline flags: flags 'a', 'u' and 'L' are incompatible")


def _width(node, reader):
    """The least and the most characters that a node matches."""
    what = node[0]
    if what in ("text", "char"):
        return 1, 1
    if what in ("at", "ahead", "behind"):
        return 0, 0
    if what == "and":
        widths = [_width(each, reader) for each in node[1]]
        return sum(low for low, _ in widths), sum(high for _, high in widths)
    if what == "or":
        widths = [_width(each, reader) for each in node[1]]
        return min(low for low, _ in widths), max(high for _, high in widths)
    if what == "if":
        first, second = _width(node[2], reader), _width(node[3], reader)
        return min(first[0], second[0]), max(first[1], second[1])
    if what == "group":
        reader_widths = reader.__dict__.setdefault("widths", {})
        reader_widths[node[1]] = _width(node[2], reader)
        return reader_widths[node[1]]
    if what == "own":
        return _width(node[1], reader)
    if what == "same":
        return reader.__dict__.setdefault("widths", {}).get(node[1], (0, _most))
    low, high = _width(node[1], reader)
    return low * node[2], high * node[3]


# ---- Matching ----

class _State:
    """A text, and where the groups of a match are: two numbers each, -1 where a group did not take part."""
    __slots__ = ("text", "end", "marks", "last")

    def __init__(self, text, end, groups):
        self.text, self.end, self.marks, self.last = text, end, [-1] * (2 * groups + 2), 0


def _program(node):
    """A function of a state and a place that gives, one after another, where matches of the node end."""
    return _programs[node[0]](node)


def _of_text(node):
    wanted = node[1]
    size = len(wanted)

    def run(state, at):
        if at + size <= state.end and state.text.startswith(wanted, at):
            yield at + size
    return run


def _of_char(node):
    fits = node[1]

    def run(state, at):
        if at < state.end and fits(state.text[at]):
            yield at + 1
    return run


def _of_and(node):
    parts = []
    for each in node[1]:
        if each[0] == "text" and parts and parts[-1][0] == "text":
            parts[-1] = ("text", parts[-1][1] + each[1])
        else:
            parts.append(each)
    runs = [_program(each) for each in parts]
    if not runs:
        def nothing(state, at):
            yield at
        return nothing
    joined = runs[-1]
    for first in reversed(runs[:-1]):
        joined = _joined(first, joined)
    return joined


def _joined(first, second):
    def run(state, at):
        for middle in first(state, at):
            yield from second(state, middle)
    return run


def _of_or(node):
    runs = [_program(each) for each in node[1]]

    def run(state, at):
        for each in runs:
            yield from each(state, at)
    return run


def _of_group(node):
    number, inner = node[1], _program(node[2])

    def run(state, at):
        marks = state.marks
        before, last = (marks[2 * number], marks[2 * number + 1]), state.last
        for end in inner(state, at):
            kept = marks[2 * number], marks[2 * number + 1], state.last
            marks[2 * number], marks[2 * number + 1], state.last = at, end, number
            yield end
            marks[2 * number], marks[2 * number + 1], state.last = kept
        marks[2 * number], marks[2 * number + 1] = before
        state.last = last
    return run


def _of_same(node):
    number, folds = node[1], node[2] & _i

    def run(state, at):
        begin, end = state.marks[2 * number], state.marks[2 * number + 1]
        if end < 0:
            return
        wanted, found = state.text[begin:end], state.text[at:min(at + end - begin, state.end)]
        if wanted == found or (folds and len(wanted) == len(found) and
                               all(a == b or b in _folds(a, node[2]) for a, b in zip(wanted, found))):
            yield at + len(wanted)
    return run


def _of_at(node):
    where, flags = node[1], node[2]
    if where in ("word", "no word"):
        is_word, wanted = _kind_of("w", flags), where == "word"

        def at_word(state, at):
            if not state.end and not wanted:
                return
            before = at > 0 and is_word(state.text[at - 1])
            behind = at < state.end and is_word(state.text[at])
            if (before != behind) == wanted:
                yield at
        return at_word

    def run(state, at):
        if where == "begin":
            fits = at == 0
        elif where == "line begin":
            fits = at == 0 or state.text[at - 1] == "\n"
        elif where == "very end":
            fits = at == state.end
        else:
            fits = at == state.end or (state.text[at] == "\n" and (where == "line end" or at + 1 == state.end))
        if fits:
            yield at
    return run


def _first_end(run, state, at):
    """Where the first match ends, whose marks stay; None if there is none."""
    for end in run(state, at):
        return end
    return None


def _of_look(node):
    is_behind = node[0] == "behind"
    inner, wanted = _program(node[1]), node[2]
    back = node[3] if is_behind else 0

    def run(state, at):
        marks, last, end = state.marks[:], state.last, state.end
        if is_behind:
            state.end = at
        found = _first_end(inner, state, at - back) if at >= back else None
        state.end = end
        if (found is not None) == wanted:
            if not wanted:
                state.marks[:], state.last = marks, last
            yield at
        state.marks[:], state.last = marks, last
    return run


def _of_own(node):
    inner = _program(node[1])

    def run(state, at):
        marks, last = state.marks[:], state.last
        end = _first_end(inner, state, at)
        if end is not None:
            yield end
        state.marks[:], state.last = marks, last
    return run


def _of_if(node):
    number, yes, no = node[1], _program(node[2]), _program(node[3])

    def run(state, at):
        return (yes if state.marks[2 * number + 1] >= 0 else no)(state, at)
    return run


def _of_repeat(node):
    _, inner, low, high, mode = node
    if inner[0] == "and" and len(inner[1]) == 1:
        inner = inner[1][0]
    if inner[0] == "char" or (inner[0] == "text" and len(inner[1]) == 1):
        return _of_single_repeat(inner[1].__eq__ if inner[0] == "text" else inner[1], low, high, mode)
    if mode == "own":
        return _of_own(("own", ("repeat", inner, low, high, "greedy")))
    step = _program(inner)

    def greedy(state, at):
        # One running matcher for each time, so that a long text needs no deep recursion. `ends` has where each time begins.
        ends, runs, may_grow = [at], [], True
        while True:
            if may_grow and len(runs) < high:
                runs.append(step(state, ends[-1]))
            else:
                if len(runs) >= low:
                    yield ends[-1]
                ends.pop()
                if not runs:
                    return
            while (end := next(runs[-1], None)) is None:
                runs.pop()
                if len(runs) >= low:
                    yield ends[-1]
                ends.pop()
                if not runs:
                    return
            may_grow = end != ends[-1] or len(runs) < low  # what matches nothing is not repeated
            ends.append(end)

    def lazy(state, at, times=0):
        if times >= low:
            yield at
        if times < high:
            for end in step(state, at):
                if end != at or times < low:
                    yield from lazy(state, end, times + 1)
    return greedy if mode == "greedy" else lazy


def _of_single_repeat(fits, low, high, mode):
    def run(state, at):
        text, most, end = state.text, min(state.end, at + high), at
        if mode == "lazy":
            while end - at < low:
                if end >= most or fits(text[end]) is not True:
                    return
                end += 1
            yield end
            while end < most and fits(text[end]) is True:
                end += 1
                yield end
            return
        while end < most and fits(text[end]) is True:
            end += 1
        if mode == "own":
            if end - at >= low:
                yield end
            return
        while end - at >= low:
            yield end
            end -= 1
    return run


_programs = {"text": _of_text, "char": _of_char, "and": _of_and, "or": _of_or, "group": _of_group, "same": _of_same,
             "at": _of_at, "ahead": _of_look, "behind": _of_look, "own": _of_own, "if": _of_if, "repeat": _of_repeat}


# ---- Patterns and matches ----

def _check_flags(flags, pattern, reader=None):
    if isinstance(pattern, str):
        if flags & _l:
            raise ValueError("cannot use LOCALE flag with a str pattern")
        if flags & _a and flags & _u:
            raise ValueError("ASCII and UNICODE flags are incompatible")
        return flags if flags & _a else flags | _u
    if flags & _u:
        raise ValueError("cannot use UNICODE flag with a bytes pattern")
    if flags & _l and flags & _a:
        raise ValueError("ASCII and LOCALE flags are incompatible")
    return flags


class Pattern:
    """A compiled pattern."""
    __module__ = "re"
    __slots__ = ("pattern", "flags", "groups", "groupindex", "_run", "_names", "_first", "__weakref__")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def _text(self, string):
        """The text as a str; of bytes with a character for each."""
        if isinstance(self.pattern, str):
            if not isinstance(string, str):
                if not hasattr(string, "__len__") or isinstance(string, (list, tuple, dict)):
                    raise TypeError(f"expected string or bytes-like object, got {type(string).__name__!r}")
                raise TypeError("cannot use a string pattern on a bytes-like object")
            return string
        if isinstance(string, str):
            raise TypeError("cannot use a bytes pattern on a string-like object")
        try:
            return bytes(memoryview(string)).decode("latin-1")
        except TypeError:
            raise TypeError(f"expected string or bytes-like object, got {type(string).__name__!r}") from None

    def _at(self, string, text, at, end, is_whole=False, pos=0, not_empty=False):
        """The match at a place, or None."""
        state = _State(text, end, self.groups)
        for found in self._run(state, at):
            if (is_whole and found != end) or (not_empty and found == at):
                continue
            state.marks[0], state.marks[1] = at, found
            return _match(self, string, pos, end, state.marks[:], state.last)
        return None

    def _from(self, string, text, at, end, pos=0, not_empty=False):
        """The first match from a place on, or None; the first one is not empty if that is said."""
        first = self._first
        while at <= end:
            if first is not None:
                at = text.find(first, at, end)
                if at < 0:
                    return None
            found = self._at(string, text, at, end, False, pos, not_empty)
            if found is not None:
                return found
            at, not_empty = at + 1, False
        return None

    @staticmethod
    def _range(text, pos, endpos):
        end = len(text) if endpos is None else max(min(endpos, len(text)), 0)
        return max(min(pos, len(text)), 0), end

    def match(self, string, pos=0, endpos=None):
        """A match at the beginning, or None."""
        text = self._text(string)
        pos, end = self._range(text, pos, endpos)
        return self._at(string, text, pos, end, False, pos) if pos <= end else None

    def fullmatch(self, string, pos=0, endpos=None):
        """A match of all, or None."""
        text = self._text(string)
        pos, end = self._range(text, pos, endpos)
        return self._at(string, text, pos, end, True, pos) if pos <= end else None

    def search(self, string, pos=0, endpos=None):
        """The first match, or None."""
        text = self._text(string)
        pos, end = self._range(text, pos, endpos)
        return self._from(string, text, pos, end, pos)

    def finditer(self, string, pos=0, endpos=None):
        """All matches that do not overlap."""
        text = self._text(string)
        pos, end = self._range(text, pos, endpos)
        return self._all(string, text, pos, end)

    def _all(self, string, text, pos, end):
        at, not_empty = pos, False
        while at <= end:
            found = self._from(string, text, at, end, pos, not_empty)
            if found is None:
                return
            yield found
            at = found._marks[1]
            not_empty = at == found._marks[0]  # no second empty match at one place

    def findall(self, string, pos=0, endpos=None):
        """The texts of all matches, or of their groups."""
        if self.groups < 2:
            return [found._text_of(self.groups, self._empty()) for found in self.finditer(string, pos, endpos)]
        return [found.groups(self._empty()) for found in self.finditer(string, pos, endpos)]

    def _empty(self):
        return "" if isinstance(self.pattern, str) else b""

    def split(self, string, maxsplit=0):
        """The parts between matches, and the groups of these."""
        parts, at = [], 0
        for number, found in enumerate(self.finditer(string)):
            if maxsplit and number >= maxsplit or maxsplit < 0:
                break
            parts.append(string[at:found.start()])
            parts += found.groups()
            at = found.end()
        parts.append(string[at:])
        return [bytes(each) if each is not None and not isinstance(each, (str, bytes)) else each for each in parts]

    def subn(self, repl, string, count=0):
        """With matches replaced, and how many were."""
        make = repl if callable(repl) else _template(self, repl)
        parts, at, number = [], 0, 0
        for found in self.finditer(string):
            if count and number >= count or count < 0:
                break
            parts.append(string[at:found.start()])
            made = make(found)
            if made is not None:
                parts.append(made)
            at = found.end()
            number += 1
        parts.append(string[at:])
        return self._empty().join(parts), number

    def sub(self, repl, string, count=0):
        """With matches replaced."""
        return self.subn(repl, string, count)[0]

    def __repr__(self):
        shown = repr(self.pattern)
        flags = self.flags & ~_u if isinstance(self.pattern, str) else self.flags
        return f"re.compile({shown[:200]}, {RegexFlag(flags)!r})" if flags else f"re.compile({shown[:200]})"

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags, self.pattern, type(self.pattern)) == (other.flags, other.pattern, type(other.pattern))

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return compile, (self.pattern, self.flags)

    __class_getitem__ = classmethod(type(list[int]))


def _match(pattern, string, pos, end, marks, last):
    made = object.__new__(Match)
    made.re, made.string, made.pos, made.endpos, made._marks, made._last = pattern, string, pos, end, marks, last
    return made


class Match:
    """Where a pattern and its groups were found."""
    __module__ = "re"
    __slots__ = ("re", "string", "pos", "endpos", "_marks", "_last")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    def _number(self, group):
        number = group if isinstance(group, int) else self.re.groupindex.get(group) if isinstance(group, (str, bytes)) else \
            group.__index__() if hasattr(group, "__index__") else None
        if number is None or not 0 <= number <= self.re.groups:
            raise IndexError("no such group")
        return number

    def _text_of(self, number, default=None):
        begin, end = self._marks[2 * number], self._marks[2 * number + 1]
        if end < 0:
            return default
        found = self.string[begin:end]
        return found if isinstance(found, (str, bytes)) else bytes(found)

    def group(self, *groups):
        """The texts of groups; without arguments that of the whole match."""
        if len(groups) < 2:
            return self._text_of(self._number(groups[0]) if groups else 0)
        return tuple(self._text_of(self._number(each)) for each in groups)

    def __getitem__(self, group):
        return self._text_of(self._number(group))

    def groups(self, default=None):
        return tuple(self._text_of(number, default) for number in range(1, self.re.groups + 1))

    def groupdict(self, default=None):
        return {name: self._text_of(number, default) for name, number in self.re.groupindex.items()}

    def start(self, group=0, /):
        return self.span(group)[0]

    def end(self, group=0, /):
        return self.span(group)[1]

    def span(self, group=0, /):
        number = self._number(group)
        return self._marks[2 * number], self._marks[2 * number + 1]

    regs = property(lambda self: tuple(self.span(number) for number in range(self.re.groups + 1)))
    lastindex = property(lambda self: self._last or None)

    @property
    def lastgroup(self):
        return next((name for name, number in self.re.groupindex.items() if number == self._last), None)

    def expand(self, template):
        """A template with the groups of this match put in."""
        return _template(self.re, template)(self)

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    __class_getitem__ = classmethod(type(list[int]))


def _template(pattern, template):
    """A function of a match that puts its groups into a template."""
    is_text = isinstance(template, str)
    text = template if is_text else bytes(template).decode("latin-1")
    if "\\" not in text:
        return lambda found: template
    parts, literal, at = [], "", 0

    def refuse(words, at):
        raise error(words, template, at)

    def add(number, at):
        if number > pattern.groups:
            refuse(f"invalid group reference {number}", at)
        parts.extend([encoded(literal), number])

    def encoded(piece):
        return piece if is_text else piece.encode("latin-1")
    while at < len(text):
        stop = text.find("\\", at)
        if stop < 0:
            break
        literal += text[at:stop]
        c = text[stop + 1:stop + 2]
        at = stop + 2
        if c == "g":
            if text[at:at + 1] != "<":
                refuse("missing <", at)
            end = text.find(">", at)
            name = text[at + 1:end if end >= 0 else None]
            if not name:
                refuse("missing group name", at + 1)
            if end < 0:
                refuse("missing >, unterminated name", at + 1)
            if name.isdecimal() and name.isascii():
                add(int(name), at + 1)
            elif not name.isidentifier():
                refuse(f"bad character in group name {name!r}", at + 1)
            elif name not in pattern.groupindex:
                raise IndexError(f"unknown group name {name!r}")
            else:
                add(pattern.groupindex[name], at + 1)
            literal, at = "", end + 1
        elif c == "0" or (c.isdecimal() and len(text[at:at + 2]) == 2 and c in "01234567" and
                          all(each in "01234567" for each in text[at:at + 2])):
            end = at
            while end < at + 2 and text[end:end + 1] in tuple("01234567"):
                end += 1
            number = int(text[at - 1:end], 8)
            if number > 0o377:
                refuse(f"octal escape value {text[stop:end]} outside of range 0-0o377", stop)
            literal, at = literal + chr(number), end
        elif c.isdecimal():
            end = at + (text[at:at + 1].isdecimal() and text[at:at + 1].isascii())
            add(int(text[at - 1:end]), stop + 1)
            literal, at = "", end
        elif c in tuple("abfnrtv\\"):
            literal += {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}[c]
        elif c.isascii() and c.isalpha():
            refuse(f"bad escape \\{c}", stop)
        elif not c:
            refuse("bad escape (end of pattern)", stop)
        else:
            literal += "\\" + c
    parts.append(encoded(literal + text[at:]))
    empty = encoded("")
    return lambda found: empty.join(found._text_of(each, empty) if isinstance(each, int) else each for each in parts)


@functools.lru_cache(512)
def _compiled(kind, pattern, flags):
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    reader = _Reader(pattern, text, _check_flags(flags, pattern))
    node = reader.whole()
    for number, at in reader.references:
        if number > reader.groups:
            reader.refuse(f"invalid group reference {number}", at)
    made = object.__new__(Pattern)
    made.pattern, made.flags, made.groups = pattern, _check_flags(reader.flags & ~128, pattern), reader.groups
    from types import MappingProxyType
    made.groupindex = MappingProxyType(reader.names)
    made._run = _program(node)
    parts = node[1] if node[0] == "and" else [node]
    made._first = parts[0][1] if parts and parts[0][0] == "text" else None
    return made


def compile(pattern, flags=0):
    """A pattern, read once."""
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError("first argument must be string or compiled pattern")
    pattern = pattern if isinstance(pattern, (str, bytes)) else bytes(pattern)
    return _compiled(type(pattern), pattern, int(flags))


def template(pattern, flags=0):
    """As compile."""
    return compile(pattern, flags)


def purge():
    """Forgets the patterns that were read."""
    _compiled.cache_clear()


def match(pattern, string, flags=0):
    """A match at the beginning of a text, or None."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of a whole text, or None."""
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match in a text, or None."""
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    """The texts of all matches, or of their groups."""
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """All matches that do not overlap."""
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    """The parts of a text between matches."""
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    """A text with matches replaced."""
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """A text with matches replaced, and how many were."""
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    """A text as a pattern that matches it."""
    special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"
    if isinstance(pattern, str):
        return "".join("\\" + c if c in special else c for c in pattern)
    return "".join("\\" + c if c in special else c for c in str(pattern, "latin-1")).encode("latin-1")
