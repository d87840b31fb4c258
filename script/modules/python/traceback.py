"""Where an exception went: places, their texts, and what is printed."""

import itertools
import linecache
import sys
from _traceback import marks as _marks, suggestion as _suggestion, place as _place

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
           "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
           "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list"]

_sentinel = object()
_cause_message = "\nThe above exception was the direct cause of the following exception:\n\n"
_context_message = "\nDuring handling of the above exception, another exception occurred:\n\n"


# ---- Places ----

class FrameSummary:
    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None):
        self.filename, self.name = filename, name
        self.lineno, self.end_lineno, self.colno, self.end_colno = lineno, end_lineno, colno, end_colno
        self._line = line
        if lookup_line:
            self.line
        self.locals = {key: repr(value) for key, value in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._key() == other._key() and self.locals == other.locals
        if isinstance(other, tuple):
            return self._key() == other
        return NotImplemented

    def _key(self):
        return self.filename, self.lineno, self.name, self.line

    def __getitem__(self, pos):
        return self._key()[pos]

    def __iter__(self):
        return iter(self._key())

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    @property
    def _original_line(self):
        if self._line is None and self.lineno is not None:
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line

    @property
    def line(self):
        text = self._original_line
        return text if text is None else text.strip()


def _linked(first, attribute):
    """An object and those that it leads to by an attribute, until None."""
    while first is not None:
        yield first
        first = getattr(first, attribute)


def walk_stack(f):
    """Frames and their lines, from a frame (None: the caller's) to the outermost."""
    for frame in _linked(sys._getframe().f_back.f_back if f is None else f, "f_back"):
        yield frame, frame.f_lineno


def walk_tb(tb):
    """The frames and lines of a traceback."""
    for entry in _linked(tb, "tb_next"):
        yield entry.tb_frame, entry.tb_lineno


def _walk_places(tb):
    for entry in _linked(tb, "tb_next"):
        yield entry.tb_frame, (entry.tb_lineno,) + _place(entry)


def _limited(places, limit):
    """The first of some places, or the last if the limit is negative; sys.tracebacklimit says how many if nobody does."""
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
        return places if limit is None else itertools.islice(places, max(limit, 0))
    return list(places)[limit:] if limit < 0 else itertools.islice(places, limit)


def _print_all(texts, file):
    file = sys.stderr if file is None else file
    for text in texts:
        print(text, file=file, end="")


class StackSummary(list):
    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        return klass._extract(((frame, (line, None, None, None)) for frame, line in frame_gen), limit, lookup_lines,
                              capture_locals)

    @classmethod
    def _extract(klass, places, limit=None, lookup_lines=True, capture_locals=False):
        result = klass()
        for frame, (line, end_line, column, end_column) in _limited(places, limit):
            code = frame.f_code
            result.append(FrameSummary(code.co_filename, line, code.co_name, lookup_line=lookup_lines,
                                       locals=frame.f_locals if capture_locals else None, end_lineno=end_line, colno=column,
                                       end_colno=end_column))
        return result

    @classmethod
    def from_list(klass, a_list):
        result = StackSummary()
        for each in a_list:
            if isinstance(each, FrameSummary):
                result.append(each)
            else:
                filename, lineno, name, line = each
                result.append(FrameSummary(filename, lineno, name, line=line))
        return result

    def format_frame_summary(self, frame_summary):
        row = [f'  File "{frame_summary.filename}", line {frame_summary.lineno}, in {frame_summary.name}\n']
        if frame_summary.line:
            row.append(f"    {frame_summary.line}\n")
            if frame_summary.colno is not None and frame_summary.end_colno is not None:
                original = frame_summary._original_line.rstrip()
                one_line = frame_summary.lineno == frame_summary.end_lineno
                end = frame_summary.end_colno if one_line else len(original.encode())
                shown = _marks(original, frame_summary.colno, end, one_line)
                if shown:
                    row.append(f"    {shown}\n")
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                row.append(f"    {name} = {value}\n")
        return "".join(row)

    def format(self):
        result = []
        last, repeated = None, 0

        def end_repeats():
            more = repeated - 3
            if more > 0:
                result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")
        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            place = summary.filename, summary.lineno, summary.name
            if place != last:
                end_repeats()
                last, repeated = place, 0
            repeated += 1
            if repeated <= 3:
                result.append(text)
        end_repeats()
        return result


# ---- Exceptions ----

def _text_of(value, what="str"):
    try:
        return str(value)
    except Exception:
        return f"<{what} str() failed>"


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._extract(_walk_places(exc_traceback), limit, lookup_lines, capture_locals)
        self.exc_type = exc_type
        self._str = _text_of(exc_value, "exception")
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self._is_syntax_error = exc_type is not None and issubclass(exc_type, SyntaxError)
        if self._is_syntax_error:
            self.filename = exc_value.filename
            number = exc_value.lineno
            self.lineno = str(number) if number is not None else None
            self.end_lineno = str(exc_value.end_lineno) if exc_value.end_lineno is not None else None
            self.text, self.offset, self.end_offset = exc_value.text, exc_value.offset, exc_value.end_offset
            self.msg = exc_value.msg
        elif exc_value is not None:
            self._str += _suggestion(exc_value)
        options = dict(limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                       max_group_width=max_group_width, max_group_depth=max_group_depth, _seen=seen)

        def linked(other):
            if other is None or id(other) in seen:
                return None
            return TracebackException(type(other), other, other.__traceback__, **options)
        self.__cause__ = linked(exc_value.__cause__) if exc_value is not None else None
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        wants_context = exc_value is not None and not (compact and (self.__cause__ or self.__suppress_context__))
        self.__context__ = linked(exc_value.__context__) if wants_context else None
        self.exceptions = None
        if isinstance(exc_value, BaseExceptionGroup):
            self.exceptions = [TracebackException(type(each), each, each.__traceback__, **options)
                               for each in exc_value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        return self.__dict__ == other.__dict__ if isinstance(other, TracebackException) else NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        if self.exc_type is None:
            yield "None\n" if not self._str or self._str == "None" else f"{self._str}\n"
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            name = f"{module if isinstance(module, str) else '<unknown>'}.{name}"
        if self._is_syntax_error:
            yield from self._format_syntax_error(name)
        else:
            yield f"{name}: {self._str}\n" if self._str else f"{name}\n"
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from (line + "\n" for line in _text_of(note, "note").split("\n"))
        elif notes is not None:
            yield f"{notes!r}\n"

    def _format_syntax_error(self, name):
        behind = ""
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            behind = f" ({self.filename})"
        if self.text is not None and self.lineno is not None:
            shown = self.text.rstrip("\n")
            stripped = shown.lstrip(" \n\f")
            spaces = len(shown) - len(stripped)
            yield f"    {stripped}\n"
            if self.offset is not None:
                end = self.end_offset if self.end_offset not in (None, 0) else self.offset
                if self.offset == end or end == -1:
                    end = self.offset + 1
                column = self.offset - 1 - spaces
                if column >= 0:
                    before = "".join(c if c.isspace() else " " for c in stripped[:column])
                    yield f"    {before}{'^' * (end - 1 - spaces - column)}\n"
        yield f"{name}: {self.msg or '<no detail available>'}{behind}\n"

    def format(self, *, chain=True, _margin="", _depth=0):
        links = []
        each = self
        while each is not None:
            message = following = None
            if chain:
                if each.__cause__ is not None:
                    message, following = _cause_message, each.__cause__
                elif each.__context__ is not None and not each.__suppress_context__:
                    message, following = _context_message, each.__context__
            links.append((message, each))
            each = following
        for message, each in reversed(links):
            if message is not None:
                yield from _with_margin(message, _margin)
            if each.exceptions is None:
                if each.stack:
                    yield from _with_margin("Traceback (most recent call last):\n", _margin)
                    for text in each.stack.format():
                        yield from _with_margin(text, _margin)
                for text in each.format_exception_only():
                    yield from _with_margin(text, _margin)
            else:
                yield from each._format_group(_margin, _depth)

    def _format_group(self, margin, depth):
        if depth > self.max_group_depth:
            yield from _with_margin(f"... (max_group_depth is {self.max_group_depth})\n", margin)
            return
        outermost = depth == 0
        if outermost:
            margin = "  "
        inside = "  | " if outermost else margin
        if self.stack:
            yield (margin[:-2] if not outermost else "  ") + "+ Exception Group Traceback (most recent call last):\n"
            for text in self.stack.format():
                yield from _with_margin(text, inside)
        for text in self.format_exception_only():
            yield from _with_margin(text, inside)
        base = inside[:-2]
        count = len(self.exceptions)
        shown = min(count, self.max_group_width)
        for place in range(shown + (count > shown)):
            title = str(place + 1) if place < shown else "..."
            yield f"{base}{'+-' if place == 0 else '  '}+---------------- {title} ----------------\n"
            if place < shown:
                yield from self.exceptions[place].format(_margin=base + "  | ", _depth=depth + 1)
            else:
                more = count - shown
                yield from _with_margin(f"and {more} more exception{'s' if more > 1 else ''}\n", base + "  | ")
        last = self.exceptions[shown - 1] if shown else None
        if last is None or last.exceptions is None or count > shown:
            yield f"{base}  +------------------------------------\n"

    def print(self, *, file=None, chain=True):
        """Writes what format() gives to a file, or sys.stderr."""
        _print_all(self.format(chain=chain), file)


def _with_margin(text, margin):
    if not margin:
        yield text
        return
    for line in text.splitlines(keepends=True):
        yield margin + line


# ---- Functions ----

def _parts_of(exc, value, tb):
    """The type, exception and traceback that are meant."""
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is _sentinel:
        if exc is None:
            return None, None, None
        if isinstance(exc, BaseException):
            return type(exc), exc, exc.__traceback__
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    return type(value) if value is not None else None, value, tb


def _formatted(exc, value, tb, limit, chain):
    kind, value, tb = _parts_of(exc, value, tb)
    if value is None:
        stack = StackSummary._extract(_walk_places(tb), limit)
        return (["Traceback (most recent call last):\n"] + stack.format() if stack else []) + ["NoneType: None\n"]
    return list(TracebackException(kind, value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    """Writes an exception with its traceback to a file, or sys.stderr."""
    _print_all(_formatted(exc, value, tb, limit, chain), file)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    return _formatted(exc, value, tb, limit, chain)


def format_exception_only(exc, /, value=_sentinel):
    if value is _sentinel:
        value = exc
    if value is None:
        return ["NoneType: None\n"]
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """print_exception() of what is being handled."""
    print_exception(sys.exc_info()[1], limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """format_exception() of what is being handled, as one text."""
    return "".join(_formatted(sys.exc_info()[1], _sentinel, _sentinel, limit, chain))


def print_last(limit=None, file=None, chain=True):
    """print_exception() of what ended a line at the prompt."""
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def extract_tb(tb, limit=None):
    return StackSummary._extract(_walk_places(tb), limit)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file=file)


def extract_stack(f=None, limit=None):
    stack = StackSummary.extract(walk_stack(sys._getframe().f_back if f is None else f), limit=limit)
    stack.reverse()
    return stack


def format_stack(f=None, limit=None):
    return extract_stack(sys._getframe().f_back if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    print_list(extract_stack(sys._getframe().f_back if f is None else f, limit), file=file)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Writes places, as extract_tb() gives them, to a file, or sys.stderr."""
    _print_all(format_list(extracted_list), file)


def clear_frames(tb):
    """Drops the local variables of a traceback's frames, but for those that run."""
    for frame, _ in walk_tb(tb):
        try:
            frame.clear()
        except RuntimeError:
            continue
