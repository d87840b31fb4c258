"""Examples in docstrings, run and compared with what stands below them."""

import io
import sys
import traceback
import unittest
from contextlib import redirect_stdout

ELLIPSIS, NORMALIZE_WHITESPACE, IGNORE_EXCEPTION_DETAIL, SKIP, REPORT_NDIFF = 1, 2, 4, 8, 16
DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE = 32, 64
_options = {"ELLIPSIS": ELLIPSIS, "NORMALIZE_WHITESPACE": NORMALIZE_WHITESPACE, "SKIP": SKIP,
            "IGNORE_EXCEPTION_DETAIL": IGNORE_EXCEPTION_DETAIL}


class Example:
    def __init__(self, source, want, lineno):
        self.source, self.want, self.lineno = source, want, lineno


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno):
        self.examples, self.globs, self.name, self.filename, self.lineno = examples, globs, name, filename, lineno


class TestResults(tuple):
    def __new__(cls, failed, attempted):
        return super().__new__(cls, (failed, attempted))

    failed = property(lambda self: self[0])
    attempted = property(lambda self: self[1])

    def __repr__(self):
        return f"TestResults(failed={self[0]}, attempted={self[1]})"


def _examples(text):
    lines = text.expandtabs().splitlines()
    found, place = [], 0
    while place < len(lines):
        line = lines[place]
        indent = len(line) - len(line.lstrip())
        if not line.lstrip().startswith(">>>"):
            place += 1
            continue
        begin, source, want = place, [line[indent + 4:]], []
        place += 1
        while place < len(lines) and lines[place][indent:indent + 3] == "..." and not lines[place][:indent].strip():
            source.append(lines[place][indent + 4:])
            place += 1
        while place < len(lines) and lines[place].strip() and not lines[place].lstrip().startswith(">>>"):
            want.append(lines[place][indent:])
            place += 1
        if any(line.strip() and line.lstrip()[0] != "#" for line in source):
            found.append(Example("\n".join(source) + "\n", "\n".join(want) + "\n" if want else "", begin))
    return found


def _flags_of(source, flags):
    for line in source.splitlines():
        _, mark, rest = line.partition("doctest:")
        for word in rest.replace(",", " ").split() if mark else ():
            if word[:1] in "+-" and word[1:] in _options:
                flags = flags | _options[word[1:]] if word[0] == "+" else flags & ~_options[word[1:]]
    return flags


def _matches(want, got, flags):
    want = "\n".join("" if line.strip() == "<BLANKLINE>" else line for line in want.split("\n"))
    if want == got or (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
        return True
    if flags & NORMALIZE_WHITESPACE:
        want, got = " ".join(want.split()), " ".join(got.split())
    if want == got or not flags & ELLIPSIS:
        return want == got
    first, *parts = want.split("...")
    if not got.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(parts):
        if number == len(parts) - 1:
            return got.endswith(part) and len(got) - len(part) >= place
        place = got.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return place == len(got)


class DocTestRunner:
    def __init__(self, checker=None, verbose=None, optionflags=0):
        self.optionflags = optionflags
        self.failures = self.tries = 0

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Runs the examples in turn, in one namespace."""
        write = out or sys.stdout.write
        failed = 0
        for number, example in enumerate(test.examples):
            flags = _flags_of(example.source, self.optionflags)
            if flags & SKIP:
                continue
            self.tries += 1
            printed = io.StringIO()
            error = None
            with redirect_stdout(printed):
                try:
                    exec(compile(example.source, f"<doctest {test.name}[{number}]>", "single"), test.globs)
                except KeyboardInterrupt:
                    raise
                except BaseException as caught:
                    error = caught
            got = printed.getvalue()
            if error is None:
                is_right = _matches(example.want, got, flags)
            else:
                last = traceback.format_exception_only(error)[-1]
                got += "Traceback (most recent call last):\n" + last
                wanted = _wanted_error(example.want)
                if wanted is not None and flags & IGNORE_EXCEPTION_DETAIL:
                    is_right = wanted.split(":")[0].split(".")[-1] == last.split(":")[0].split(".")[-1]
                else:
                    is_right = wanted is not None and _matches(wanted, last, flags)
            if not is_right:
                failed += 1
                write(f"Failed example in {test.name}:\n    {example.source}Expected:\n    {example.want}Got:\n    {got}\n")
        self.failures += failed
        return TestResults(failed, len(test.examples))

    def summarize(self, verbose=None):
        return TestResults(self.failures, self.tries)


def _wanted_error(want):
    """What stands behind the lines of a traceback."""
    lines = want.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith(("Traceback (most recent call last):", "Traceback (innermost last):")):
            for behind in range(place + 1, len(lines)):
                if lines[behind][0].isalnum() or lines[behind][0] == "_":
                    return "".join(lines[behind:])
    return None


class DocTestFinder:
    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        pass

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """The tests of the docstrings of a module, a class or a function, and of what it has."""
        name = name or obj.__name__
        globs = dict(getattr(obj, "__dict__", {}) if globs is None else globs)
        globs.update(extraglobs or {})
        globs.setdefault("__name__", "__main__")
        tests = []
        self._look(tests, obj, name, globs, getattr(obj, "__name__", None), set())
        return sorted(tests, key=lambda test: test.name)

    def _look(self, tests, obj, name, globs, module, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        doc = obj if isinstance(obj, str) else getattr(obj, "__doc__", None)
        examples = _examples(doc) if isinstance(doc, str) else []
        if examples:
            tests.append(DocTest(examples, dict(globs), name, getattr(sys.modules.get(module), "__file__", None), 0))
        if isinstance(obj, (type(sys), type)):
            for key, value in list(obj.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if isinstance(value, (type, type(lambda: 0), property)) and (
                        isinstance(value, property) or getattr(value, "__module__", None) == module):
                    self._look(tests, value, f"{name}.{key}", globs, module, seen)
        for key, value in getattr(obj, "__test__", {}).items() if isinstance(obj, type(sys)) else ():
            self._look(tests, value, f"{name}.__test__.{key}", globs, module, seen)


class _Case(unittest.TestCase):
    def __init__(self, test, optionflags=0, setUp=None, tearDown=None):
        super().__init__()
        self._test, self._flags, self._before, self._behind = test, optionflags, setUp, tearDown

    def setUp(self):
        if self._before is not None:
            self._before(self._test)

    def tearDown(self):
        if self._behind is not None:
            self._behind(self._test)

    def runTest(self):
        out = io.StringIO()
        result = DocTestRunner(optionflags=self._flags).run(self._test, out=out.write)
        if result.failed:
            self.fail(out.getvalue())

    def id(self):
        return self._test.name

    def __str__(self):
        return f"{self._test.name} (doctest)"

    def shortDescription(self):
        return None


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, optionflags=0, setUp=None, tearDown=None,
                 **options):
    """A suite of the tests of a module."""
    if module is None:
        module = sys.modules[sys._getframe(1).f_globals["__name__"]]
    elif isinstance(module, str):
        __import__(module)
        module = sys.modules[module]
    tests = (test_finder or DocTestFinder()).find(module, globs=globs, extraglobs=extraglobs)
    return unittest.TestSuite([_Case(test, optionflags, setUp, tearDown) for test in tests])


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
            exclude_empty=False):
    """Runs the tests of a module."""
    m = sys.modules["__main__"] if m is None else m
    runner = DocTestRunner(optionflags=optionflags)
    for test in DocTestFinder().find(m, name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    return runner.summarize()


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Runs the examples of one docstring."""
    runner = DocTestRunner(optionflags=optionflags)
    for test in DocTestFinder().find(f, name, globs=globs):
        runner.run(test)
