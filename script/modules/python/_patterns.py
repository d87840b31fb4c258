"""Searching for a pattern of regular expressions, for the assertions of unittest: groups, alternatives, classes of
characters, repetitions, anchors. A matcher is a function (text, place, go_on) that calls `go_on` with each place where
it may end."""


def search(pattern, text):
    """True if the text has what the pattern says somewhere."""
    match = _Parser(pattern).parse()
    return any(match(text, place, lambda end: True) for place in range(len(text) + 1))


def _is_word(c):
    return c == "_" or c.isalnum()


_classes = {"d": str.isdigit, "w": _is_word, "s": str.isspace}
_escapes = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}


def _one(accepts):
    return lambda text, place, go_on: place < len(text) and accepts(text[place]) and go_on(place + 1)


def _at(holds):
    return lambda text, place, go_on: holds(text, place) and go_on(place)


def _is_boundary(text, place):
    return (place > 0 and _is_word(text[place - 1])) != (place < len(text) and _is_word(text[place]))


def _both(first, second):
    return lambda text, place, go_on: first(text, place, lambda end: second(text, end, go_on))


def _either(first, second):
    return lambda text, place, go_on: first(text, place, go_on) or second(text, place, go_on)


def _nothing(text, place, go_on):
    return go_on(place)


def _repeated(match, least, most, greedy):
    def run(text, place, go_on, count=0):
        def again():
            if most is not None and count >= most:
                return False
            return match(text, place, lambda end: (end > place or count < least) and run(text, end, go_on, count + 1))
        if count < least:
            return again()
        return again() or go_on(place) if greedy else go_on(place) or again()
    return run


class _Parser:
    def __init__(self, pattern):
        self.pattern = pattern
        self.place = 0
        self.ignores_case = False

    def parse(self):
        match = self._alternatives()
        if self.place < len(self.pattern):
            raise ValueError(f"unbalanced parenthesis at position {self.place}")
        return match

    def _next(self):
        return self.pattern[self.place:self.place + 1]

    def _take(self):
        self.place += 1
        return self.pattern[self.place - 1:self.place]

    def _skip(self, text):
        found = self.pattern.startswith(text, self.place)
        self.place += len(text) if found else 0
        return found

    def _alternatives(self):
        match = self._sequence()
        while self._skip("|"):
            match = _either(match, self._sequence())
        return match

    def _sequence(self):
        match = _nothing
        while self._next() not in ("", "|", ")"):
            match = _both(match, self._repetition())
        return match

    def _repetition(self):
        match = self._atom()
        while True:
            c = self._next()
            if c == "*":
                bounds = 0, None
            elif c == "+":
                bounds = 1, None
            elif c == "?":
                bounds = 0, 1
            elif c == "{" and self._bounds() is not None:
                bounds = self._bounds()
                self.place = self.pattern.index("}", self.place)
            else:
                return match
            self.place += 1
            match = _repeated(match, *bounds, not self._skip("?"))

    def _bounds(self):
        end = self.pattern.find("}", self.place)
        least, comma, most = self.pattern[self.place + 1:end].partition(",")
        if end < 0 or not (least + most).isdigit():
            return None
        least = int(least or 0)
        return least, (int(most) if most else None) if comma else least

    def _literal(self, c):
        return _one(lambda other: other.lower() == c.lower()) if self.ignores_case else _one(lambda other: other == c)

    def _atom(self):
        c = self._take()
        if c == "(":
            return self._group()
        if c == "[":
            return self._set()
        if c == ".":
            return _one(lambda other: other != "\n")
        if c == "^":
            return _at(lambda text, place: place == 0)
        if c == "$":
            return _at(lambda text, place: place == len(text) or text[place:] == "\n")
        return self._escape() if c == "\\" else self._literal(c)

    def _group(self):
        if self._skip("?P<"):
            self.place = self.pattern.index(">", self.place) + 1
        ahead = "!" if self._skip("?!") else "=" if self._skip("?=") else ""
        if not ahead and not self._skip("?:") and self._next() == "?":
            end = self.pattern.index(")", self.place)
            self.ignores_case = "i" in self.pattern[self.place:end]
            self.place = end + 1
            return _nothing
        match = self._alternatives()
        if not self._skip(")"):
            raise ValueError("missing ), unterminated subpattern")
        if ahead:
            return lambda text, place, go_on: match(text, place, lambda end: True) == (ahead == "=") and go_on(place)
        return match

    def _escape(self):
        c = self._take()
        if c in _classes:
            return _one(_classes[c])
        if c.lower() in _classes:
            accepts = _classes[c.lower()]
            return _one(lambda other: not accepts(other))
        if c == "b":
            return _at(_is_boundary)
        if c == "B":
            return _at(lambda text, place: not _is_boundary(text, place))
        if c == "A":
            return _at(lambda text, place: place == 0)
        if c == "Z":
            return _at(lambda text, place: place == len(text))
        return self._literal(_escapes.get(c, c))

    def _set(self):
        negated = self._skip("^")
        tests, is_first = [], True
        while is_first or self._next() != "]":
            is_first = False
            c = self._take()
            if not c:
                raise ValueError("unterminated character set")
            if c == "\\":
                c = self._take()
                if c.lower() in _classes:
                    accepts = _classes[c.lower()]
                    tests.append(accepts if c.islower() else lambda other, accepts=accepts: not accepts(other))
                    continue
                c = _escapes.get(c, c)
            last = c
            if self._next() == "-" and self.pattern[self.place + 1:self.place + 2] not in ("]", ""):
                self.place += 1
                last = self._take()
            tests.append(lambda other, c=c, last=last: c <= other <= last)
        self.place += 1
        return _one(lambda other: any(test(other) for test in tests) != negated)
