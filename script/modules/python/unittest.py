"""Tests: cases, suites, what loads and runs them, reports as CPython's, and `main`."""

import contextlib
import functools
import sys
import time
import traceback
import warnings

__all__ = ["TestResult", "TestCase", "IsolatedAsyncioTestCase", "TestSuite", "TextTestRunner", "TestLoader",
           "FunctionTestCase", "main", "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless", "expectedFailure",
           "TextTestResult",
           "addModuleCleanup", "doModuleCleanups", "enterModuleContext"]

__unittest = True


class SkipTest(Exception):
    """What a test raises to be left out."""


class _ShouldStop(Exception):
    """Ends a test at its first failure."""


# ---- Skipping ----

def skip(reason):
    """Decorator: a test, or all of a class, is left out."""
    if callable(reason) and not isinstance(reason, str):
        return _skipped(reason, "")
    return lambda item: _skipped(item, reason)


def _skipped(item, reason):
    if not isinstance(item, type):
        def skipping(*args, **kwargs):
            raise SkipTest(reason)
        item = functools.wraps(item)(skipping)
    item.__unittest_skip__, item.__unittest_skip_why__ = True, reason
    return item


def skipIf(condition, reason):
    return skip(reason) if condition else (lambda item: item)


def skipUnless(condition, reason):
    return (lambda item: item) if condition else skip(reason)


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


# ---- Cleanups of modules ----

_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Something to call when the tests of the module are over."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    result = cm.__enter__()
    addModuleCleanup(cm.__exit__, None, None, None)
    return result


def _last_first(calls):
    """What to call at the end, taken out of its list one by one."""
    while calls:
        yield calls.pop()


def _call_all(calls, note):
    """Calls them, the last first; `note` is given the errors."""
    for function, args, kwargs in _last_first(calls):
        try:
            function(*args, **kwargs)
        except Exception as error:
            note(error)


def doModuleCleanups():
    errors = []
    _call_all(_module_cleanups, errors.append)
    if errors:
        raise errors[0]


# ---- Texts ----

_most_shown = 80


def _shown(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if not short or len(text) < _most_shown else text[:_most_shown] + " [truncated]..."


def _common_shortened(*args):
    texts = [_shown(each) for each in args]
    if max(map(len, texts)) <= _most_shown:
        return tuple(texts)
    shared = 0
    while all(len(text) > shared for text in texts) and len({text[shared] for text in texts}) == 1:
        shared += 1
    if shared <= 30:
        return tuple(texts)
    start = texts[0][:5] + f"[{shared - 10} chars]" + texts[0][shared - 5:shared]
    return tuple(start + text[shared:] for text in texts)


def _name_of(kind):
    return f"{kind.__module__}.{kind.__qualname__}"


# ---- Contexts of assertions ----

class _RaisesBase:
    def __init__(self, expected, case, pattern=None):
        self.expected = expected
        self.case = case
        self.expected_regex = pattern
        self.obj_name = None
        self.msg = None

    def _fail(self, standard):
        raise self.case.failureException(self.case._formatMessage(self.msg, standard))

    def _fail_without(self, what):
        """Nothing of what is expected was raised, or triggered."""
        name = getattr(self.expected, "__name__", None) or str(self.expected)
        self._fail(f"{name} not {what}" + (f" by {self.obj_name}" if self.obj_name else ""))

    def __enter__(self):
        return self

    def handle(self, name, args, kwargs):
        """As a context manager if there is nothing to call."""
        try:
            if not isinstance(self.expected, tuple) and not (isinstance(self.expected, type) and
                                                             issubclass(self.expected, self._base)):
                raise TypeError(f"{name}() arg 1 must be {self._base_text}")
            if not args:
                self.msg = kwargs.pop("msg", None)
                if kwargs:
                    raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
                return self
            function, *args = args
            self.obj_name = getattr(function, "__name__", str(function))
            with self:
                function(*args, **kwargs)
            return None
        finally:
            self = None


def _pattern_found(pattern, text):
    """Whether a text has what a pattern says."""
    if isinstance(pattern, (str, bytes)):
        import re  # here, since few tests need it
        pattern = re.compile(pattern)
    return pattern.search(text) is not None


class _AssertRaisesContext(_RaisesBase):
    _base = BaseException
    _base_text = "an exception type or tuple of exception types"

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            self._fail_without("raised")
        traceback.clear_frames(tb)
        is_expected = issubclass(exc_type, self.expected)
        if is_expected:
            self.exception = exc_value.with_traceback(None)
            if self.expected_regex is not None and not _pattern_found(self.expected_regex, str(exc_value)):
                pattern = getattr(self.expected_regex, "pattern", self.expected_regex)
                self._fail(f'"{pattern}" does not match "{exc_value!s}"')
        return is_expected


class _AssertWarnsContext(_RaisesBase):
    _base = Warning
    _base_text = "a warning type or tuple of warning types"

    def __enter__(self):
        # A warning that was shown already would not be shown again.
        for module in [*sys.modules.values()]:
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self._manager = warnings.catch_warnings(record=True)
        self.warnings = self._manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return super().__enter__()

    def __exit__(self, exc_type, exc_value, tb):
        self._manager.__exit__(exc_type, exc_value, tb)
        if exc_type is None:
            self._look_through([each for each in self.warnings if isinstance(each.message, self.expected)])

    def _look_through(self, found):
        for each in found:
            if self.expected_regex is None or _pattern_found(self.expected_regex, str(each.message)):
                self.warning, self.filename, self.lineno = each.message, each.filename, each.lineno
                return
        if found:
            self._fail(f'"{self.expected_regex}" does not match "{found[0].message!s}"')
        self._fail_without("triggered")


class _Outcome:
    """What one test has come to so far."""

    def __init__(self, result):
        self.result = result
        self.success, self.expecting_failure, self.expectedFailure = True, False, None

    @contextlib.contextmanager
    def part(self, case, is_subtest=False):
        before, self.success = self.success, True
        try:
            yield
        except KeyboardInterrupt:
            raise
        except _ShouldStop:
            pass
        except SkipTest as reason:
            self.success = False
            self.result.addSkip(case, str(reason))
        except BaseException:
            self._note(case, is_subtest, sys.exc_info())
        else:
            if self.success and is_subtest:
                self.result.addSubTest(case.test_case, case, None)
        finally:
            self.success = before and self.success

    def _note(self, case, is_subtest, details):
        if self.expecting_failure:
            self.expectedFailure = details
            return
        self.success = False
        if is_subtest:
            self.result.addSubTest(case.test_case, case, details)
        else:
            is_failure = issubclass(details[0], case.failureException)
            (self.result.addFailure if is_failure else self.result.addError)(case, details)


# ---- Cases ----

class TestCase:
    """A test: the method that it is made with, and what is done before and after."""
    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _class_cleanups = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        method = getattr(self, methodName, None)
        if method is None and methodName != "runTest":
            raise ValueError(f"no such test method in {self.__class__}: {methodName}")
        self._testMethodName, self._testMethodDoc = methodName, "No test" if method is None else method.__doc__
        self._outcome = self._subtest = None
        self._cleanups = []
        self._equalities = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual",
                            set: "assertSetEqual", frozenset: "assertSetEqual", str: "assertMultiLineEqual"}

    def addTypeEqualityFunc(self, typeobj, function):
        self._equalities[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        """Something to call when the test is over."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        result = type(cm).__enter__(cm)
        self.addCleanup(type(cm).__exit__, cm, None, None, None)
        return result

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        result = type(cm).__enter__(cm)
        cls.addClassCleanup(type(cm).__exit__, cm, None, None, None)
        return result

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return TestResult()

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return f"{_name_of(self.__class__)}.{self._testMethodName}"

    def __eq__(self, other):
        return type(self) is type(other) and self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({_name_of(self.__class__)}.{self._testMethodName})"

    def __repr__(self):
        return f"<{_name_of(self.__class__)} testMethod={self._testMethodName}>"

    @contextlib.contextmanager
    def subTest(self, msg=None, **params):
        """With statement around a part of the test that is counted for itself."""
        if self._outcome is None:
            yield
            return
        parent = self._subtest
        known = params if parent is None else {**parent.params, **params}
        self._subtest = _SubTest(self, msg, known)
        try:
            with self._outcome.part(self._subtest, True):
                yield
            if not self._outcome.success and getattr(self._outcome.result, "failfast", False):
                raise _ShouldStop
        finally:
            self._subtest = parent

    def run(self, result=None):
        is_own = result is None
        if is_own:
            result = self.defaultTestResult()
            getattr(result, "startTestRun", int)()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            reason = self._reason_to_skip(method)
            if reason is None:
                self._run_in(_Outcome(result), method)
            else:
                result.addSkip(self, reason)
            return result
        finally:
            result.stopTest(self)
            if is_own:
                getattr(result, "stopTestRun", int)()

    def _reason_to_skip(self, method):
        if any(getattr(each, "__unittest_skip__", False) for each in (self.__class__, method)):
            reasons = (getattr(each, "__unittest_skip_why__", "") for each in (self.__class__, method))
            return next(filter(None, reasons), "")
        return None

    def _run_in(self, outcome, method):
        expects_failure = any(getattr(each, "__unittest_expecting_failure__", False) for each in (self, method))
        self._outcome = outcome
        try:
            with outcome.part(self):
                self.setUp()
            if outcome.success:
                outcome.expecting_failure = expects_failure
                with outcome.part(self):
                    self._call_test(method)
                outcome.expecting_failure = False
                with outcome.part(self):
                    self.tearDown()
            self.doCleanups()
            if outcome.success:
                self._tell(outcome.result, expects_failure, outcome.expectedFailure)
        finally:
            self._outcome = outcome.expectedFailure = None

    def _tell(self, result, expects_failure, failure):
        if not expects_failure:
            result.addSuccess(self)
        elif failure is None:
            result.addUnexpectedSuccess(self)
        else:
            result.addExpectedFailure(self, failure)

    def _call_test(self, method):
        if method() is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})",
                          DeprecationWarning, stacklevel=3)

    def doCleanups(self):
        """Calls what was added, the last first."""
        outcome = self._outcome or _Outcome(TestResult())
        for function, args, kwargs in _last_first(self._cleanups):
            with outcome.part(self):
                function(*args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Calls what was added to the class, the last first; errors are kept in tearDown_exceptions."""
        cls.tearDown_exceptions = []
        _call_all(cls._class_cleanups, lambda error: cls.tearDown_exceptions.append(sys.exc_info()))

    def debug(self):
        """Runs the test and lets errors out."""
        method = getattr(self, self._testMethodName)
        reason = self._reason_to_skip(method)
        if reason is not None:
            raise SkipTest(reason)
        self.setUp()
        self._call_test(method)
        self.tearDown()
        for function, args, kwargs in _last_first(self._cleanups):
            function(*args, **kwargs)

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def skipTest(self, reason):
        raise SkipTest(reason)

    # ---- Assertions ----

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if self.longMessage:
            return standardMsg if msg is None else f"{standardMsg} : {msg}"
        return msg or standardMsg

    def _refuse(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._refuse(msg, f"{_shown(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        if expr:
            self._refuse(msg, f"{_shown(expr)} is not false")

    def assertEqual(self, first, second, msg=None):
        check = self._equalities.get(type(first)) if type(first) is type(second) else None
        if check is not None:
            return (getattr(self, check) if isinstance(check, str) else check)(first, second, msg=msg)
        if not first == second:
            self._refuse(msg, "%s != %s" % _common_shortened(first, second))

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._refuse(msg, f"{_shown(first)} == {_shown(second)}")

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._refuse(msg, f"{_shown(expr1)} is not {_shown(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._refuse(msg, f"unexpectedly identical: {_shown(expr1)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._refuse(msg, f"{_shown(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._refuse(msg, "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._refuse(msg, f"{_shown(member)} not found in {_shown(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._refuse(msg, f"{_shown(member)} unexpectedly found in {_shown(container)}")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._refuse(msg, f"{_shown(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._refuse(msg, f"{_shown(obj)} is an instance of {cls!r}")

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._refuse(msg, f"{_shown(a)} not less than {_shown(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._refuse(msg, f"{_shown(a)} not less than or equal to {_shown(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._refuse(msg, f"{_shown(a)} not greater than {_shown(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._refuse(msg, f"{_shown(a)} not greater than or equal to {_shown(b)}")

    def _difference(self, first, second, places, delta):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        return abs(first - second)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        difference = self._difference(first, second, places, delta)
        if delta is not None:
            if difference <= delta:
                return
            within = f"{_shown(delta)} delta"
        else:
            places = 7 if places is None else places
            if round(difference, places) == 0:
                return
            within = f"{places!r} places"
        self._refuse(msg, f"{_shown(first)} != {_shown(second)} within {within} ({_shown(difference)} difference)")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        difference = self._difference(first, second, places, delta)
        if delta is not None:
            if not first == second and difference > delta:
                return
            within = f"{_shown(delta)} delta"
        else:
            places = 7 if places is None else places
            if not first == second and round(difference, places) != 0:
                return
            self._refuse(msg, f"{_shown(first)} == {_shown(second)} within {places!r} places")
        self._refuse(msg, f"{_shown(first)} == {_shown(second)} within {within} ({_shown(difference)} difference)")

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is not None:
            for which, each in (("First", seq1), ("Second", seq2)):
                if not isinstance(each, seq_type):
                    raise self.failureException(f"{which} sequence is not a {seq_type.__name__}: {_shown(each)}")
            name = seq_type.__name__
        else:
            name = "sequence"
        if seq1 == seq2:
            return
        text = f"{name.capitalize()}s differ: " + "%s != %s\n" % _common_shortened(seq1, seq2)
        for place in range(min(len(seq1), len(seq2))):
            if seq1[place] != seq2[place]:
                text += (f"\nFirst differing element {place}:\n" +
                         "%s\n%s\n" % _common_shortened(seq1[place], seq2[place]))
                break
        longer, which = (seq1, "First") if len(seq1) > len(seq2) else (seq2, "Second")
        extra = abs(len(seq1) - len(seq2))
        if extra:
            text += (f"\n{which} {name} contains {extra} additional elements.\nFirst extra element "
                     f"{len(longer) - extra}:\n{_shown(longer[len(longer) - extra])}\n")
        self._refuse(msg, text + _difference_of(seq1, seq2))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        first, second = set1.difference(set2), set2.difference(set1)
        if not (first or second):
            return
        lines = []
        for which, items in (("first", first), ("second", second)):
            if items:
                lines.append(f"Items in the {which} set but not the {'second' if which == 'first' else 'first'}:")
                lines.extend(repr(item) for item in items)
        self._refuse(msg, "\n".join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            self._refuse(msg, "%s != %s" % _common_shortened(d1, d2) + _difference_of(d1, d2))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first != second:
            self._refuse(msg, "%s != %s" % _common_shortened(first, second) + _difference_of(first, second))

    def assertCountEqual(self, first, second, msg=None):
        left, right = list(first), list(second)
        kinds = []
        for each in left + right:
            if not any(each is kind or each == kind for kind in kinds):
                kinds.append(each)
        wrong = [(left.count(each), right.count(each), each) for each in kinds if left.count(each) != right.count(each)]
        if wrong:
            lines = "\n".join(f"First has {a}, Second has {b}:  {each!r}" for a, b, each in wrong)
            self._refuse(msg, f"Element counts were not equal:\n{lines}")

    def assertRaises(self, expected_exception, *args, **kwargs):
        return _AssertRaisesContext(expected_exception, self).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _AssertRaisesContext(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _AssertWarnsContext(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return _AssertWarnsContext(expected_warning, self, expected_regex).handle("assertWarnsRegex", args, kwargs)

    def assertRegex(self, text, expected_regex, msg=None):
        if not _pattern_found(expected_regex, text):
            pattern = getattr(expected_regex, "pattern", expected_regex)
            self._refuse(msg, f"Regex didn't match: {pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        if _pattern_found(unexpected_regex, text):
            pattern = getattr(unexpected_regex, "pattern", unexpected_regex)
            self._refuse(msg, f"Regex matched: {pattern!r} matches {pattern!r} in {text!r}")


def _difference_of(first, second):
    """The lines of two texts or objects side by side, those that differ marked."""
    import pprint
    left = (first if isinstance(first, str) else pprint.pformat(first)).splitlines()
    right = (second if isinstance(second, str) else pprint.pformat(second)).splitlines()
    if left == right:
        return ""
    before = 0
    while before < min(len(left), len(right)) and left[before] == right[before]:
        before += 1
    behind = 0
    while behind < min(len(left), len(right)) - before and left[-1 - behind] == right[-1 - behind]:
        behind += 1
    lines = [f"  {line}" for line in left[:before]]
    lines += [f"- {line}" for line in left[before:len(left) - behind]]
    lines += [f"+ {line}" for line in right[before:len(right) - behind]]
    lines += [f"  {line}" for line in left[len(left) - behind:]]
    return "\n\n" + "\n".join(lines) + "\n"


class _SubTest(TestCase):
    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case = test_case
        self.params = params
        self._message = message
        self.failureException = test_case.failureException

    def _description(self):
        parts = [] if self._message is None else [f"[{self._message}]"]
        if self.params:
            parts.append("(" + ", ".join(f"{key}={value!r}" for key, value in self.params.items()) + ")")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._description()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._description()}"


class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._set_up, self._tear_down, self._function, self._text = setUp, tearDown, testFunc, description

    def setUp(self):
        if self._set_up is not None:
            self._set_up()

    def tearDown(self):
        if self._tear_down is not None:
            self._tear_down()

    def runTest(self):
        self._function()

    def id(self):
        return self._function.__name__

    def __str__(self):
        return f"{_name_of(self.__class__)} ({self._function.__name__})"

    def shortDescription(self):
        return self._text


class IsolatedAsyncioTestCase(TestCase):
    """A test case whose tests may be coroutines, each driven to its end."""

    def _call_test(self, method):
        running = method()
        if hasattr(running, "send"):
            try:
                while True:
                    running.send(None)
            except StopIteration:
                pass


# ---- Suites ----

class TestSuite:
    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def __repr__(self):
        return f"<{_name_of(self.__class__)} tests={list(self)}>"

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, TestSuite) else NotImplemented

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for each in tests:
            self.addTest(each)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self if test is not None)

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        for test in self:
            test.debug()

    def run(self, result, debug=False):
        is_outermost = not getattr(result, "_testRunEntered", False)
        result._testRunEntered = True
        for place, test in enumerate(self._tests):
            if result.shouldStop:
                break
            if not isinstance(test, TestSuite):
                self._leave_class(test, result)
                self._enter_module(test, result)
                self._enter_class(test, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                    continue
            test(result)
            self._tests[place] = None if not isinstance(test, TestSuite) else test
        self._tests = [test for test in self._tests if test is not None]
        if is_outermost:
            self._leave_class(None, result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def _run_hook(self, result, hook, title):
        """True if it went well."""
        try:
            hook()
            return True
        except SkipTest as error:
            result.addSkip(_ErrorHolder(title), str(error))
        except Exception:
            result.addError(_ErrorHolder(title), sys.exc_info())
        return False

    def _enter_class(self, test, result):
        kind = test.__class__
        if kind is getattr(result, "_previousTestClass", None) or getattr(result, "_moduleSetUpFailed", False):
            return
        if getattr(kind, "__unittest_skip__", False) or not isinstance(test, TestCase):
            return
        kind._classSetupFailed = False
        if not self._run_hook(result, kind.setUpClass, f"setUpClass ({_name_of(kind)})"):
            kind._classSetupFailed = True
            kind.doClassCleanups()

    def _leave_class(self, test, result):
        previous = getattr(result, "_previousTestClass", None)
        if previous is None or (test is not None and test.__class__ is previous) or not hasattr(previous, "tearDownClass"):
            return
        if getattr(previous, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
            return
        if getattr(previous, "__unittest_skip__", False):
            return
        self._run_hook(result, previous.tearDownClass, f"tearDownClass ({_name_of(previous)})")
        previous.doClassCleanups()
        for details in previous.tearDown_exceptions:
            result.addError(_ErrorHolder(f"tearDownClass ({_name_of(previous)})"), details)
        if test is None:
            result._previousTestClass = None

    def _enter_module(self, test, result):
        name = test.__class__.__module__
        if name == getattr(result, "_module", None):
            return
        self._leave_module(result)
        result._module = name
        result._moduleSetUpFailed = False
        hook = getattr(sys.modules.get(name), "setUpModule", None)
        if hook is not None and not self._run_hook(result, hook, f"setUpModule ({name})"):
            result._moduleSetUpFailed = True

    def _leave_module(self, result):
        name = getattr(result, "_module", None)
        if name is None or getattr(result, "_moduleSetUpFailed", False):
            return
        result._module = None
        hook = getattr(sys.modules.get(name), "tearDownModule", None)
        if hook is not None:
            self._run_hook(result, hook, f"tearDownModule ({name})")
        self._run_hook(result, doModuleCleanups, f"tearDownModule ({name})")


BaseTestSuite = TestSuite


class _ErrorHolder:
    """Stands in for a test where a hook of a class or module failed."""
    failureException = None

    def __init__(self, description):
        self.description = description

    def countTestCases(self):
        return 0

    def shortDescription(self):
        return None

    def __str__(self):
        return self.description

    id = __str__


# ---- Results ----

class TestResult:
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures, self.errors, self.skipped = [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.testsRun = 0
        self.shouldStop = False
        self.buffer = self.tb_locals = False

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def startTestRun(self):
        pass

    def stopTestRun(self):
        pass

    def _text_of(self, err, test):
        kind, value, tb = err
        while tb is not None and "__unittest" in tb.tb_frame.f_globals:
            tb = tb.tb_next
        if test.failureException is not None and kind is test.failureException:
            last = first = tb
            while first is not None:  # what unittest itself called does not interest
                if "__unittest" in first.tb_frame.f_globals:
                    if last is not None and last is not first:
                        last.tb_next = None
                    break
                last, first = first, first.tb_next
        return "".join(traceback.TracebackException(kind, value, tb, compact=True).format())

    def addError(self, test, err):
        self.errors.append((test, self._text_of(err, test)))
        if self.failfast:
            self.stop()

    def addFailure(self, test, err):
        self.failures.append((test, self._text_of(err, test)))
        if self.failfast:
            self.stop()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            if self.failfast:
                self.stop()
            where = self.failures if issubclass(err[0], test.failureException) else self.errors
            where.append((subtest, self._text_of(err, test)))

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._text_of(err, test)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        if self.failfast:
            self.stop()

    def wasSuccessful(self):
        return not self.failures and not self.errors and not self.unexpectedSuccesses

    def stop(self):
        self.shouldStop = True

    def __repr__(self):
        return f"<{_name_of(self.__class__)} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>"


class TextTestResult(TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll = verbosity > 1
        self._newline = True
        self.dots = verbosity == 1
        self.descriptions = descriptions

    def getDescription(self, test):
        first = test.shortDescription()
        return f"{test}\n{first}" if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(f"{self.getDescription(test)} ... ")
            self.stream.flush()
            self._newline = False

    def _tell(self, test, word, dot):
        if self.showAll:
            is_subtest = isinstance(test, _SubTest)
            if is_subtest or self._newline:
                if not self._newline:
                    self.stream.write("\n")
                self.stream.write(f"{'  ' if is_subtest else ''}{self.getDescription(test)} ... ")
            self.stream.write(word + "\n")
            self._newline = True
        elif self.dots:
            self.stream.write(dot)
        self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            is_failure = issubclass(err[0], subtest.failureException)
            self._tell(subtest, "FAIL" if is_failure else "ERROR", "F" if is_failure else "E")
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._tell(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._tell(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._tell(test, "unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.write("\n")
        for word, several in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in several:
                self.stream.write(f"{self.separator1}\n{word}: {self.getDescription(test)}\n{self.separator2}\n{text}\n")
        for test in self.unexpectedSuccesses:
            self.stream.write(f"{self.separator1}\nUNEXPECTED SUCCESS: {self.getDescription(test)}\n")
        self.stream.flush()


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        self.stream = sys.stderr if stream is None else stream
        self.descriptions, self.verbosity, self.failfast = descriptions, verbosity, failfast
        self.resultclass = self.resultclass if resultclass is None else resultclass
        self.warnings = warnings

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            begin = time.perf_counter()
            result.startTestRun()
            try:
                test(result)
            finally:
                result.stopTestRun()
            taken = time.perf_counter() - begin
        if hasattr(result, "printErrors"):
            result.printErrors()
        write = self.stream.write
        write(f"{result.separator2}\nRan {result.testsRun} test{'' if result.testsRun == 1 else 's'} in {taken:.3f}s\n\n")
        parts = [f"{name}={count}" for name, count in (
            ("failures", len(result.failures)), ("errors", len(result.errors)), ("skipped", len(result.skipped)),
            ("expected failures", len(result.expectedFailures)),
            ("unexpected successes", len(result.unexpectedSuccesses))) if count]
        write("OK" if result.wasSuccessful() else "FAILED")
        write(f" ({', '.join(parts)})\n" if parts else "\n")
        self.stream.flush()
        return result


# ---- Finding tests ----

class TestLoader:
    testMethodPrefix = "test"
    sortTestMethodsUsing = None
    suiteClass = TestSuite
    testNamePatterns = None

    def __init__(self):
        self.errors = []

    def getTestCaseNames(self, testCaseClass):
        def is_wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            patterns = self.testNamePatterns
            return not patterns or any(_fits(pattern, f"{_name_of(testCaseClass)}.{name}") for pattern in patterns)
        return sorted(name for name in dir(testCaseClass) if is_wanted(name))

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, TestCase) and obj not in (TestCase, FunctionTestCase,
                                                                                   IsolatedAsyncioTestCase):
                tests.append(self.loadTestsFromTestCase(obj))
        suite = self.suiteClass(tests)
        load_tests = getattr(module, "load_tests", None)
        return load_tests(self, suite, pattern) if load_tests is not None else suite

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        if module is None:
            import importlib
            rest = parts[:]
            while rest:
                try:
                    module = importlib.import_module(".".join(rest))
                    break
                except ImportError:
                    rest.pop()
                    if not rest:
                        raise
            parts = parts[len(rest):]
        obj, parent = module, None
        for part in parts:
            parent, obj = obj, getattr(obj, part)
        if isinstance(obj, type(sys)):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, TestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(parent, type) and issubclass(parent, TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(obj, TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, TestSuite):
                return test
            if isinstance(test, TestCase):
                return self.suiteClass([test])
            raise TypeError(f"calling {obj} returned {test}, not a test")
        raise TypeError(f"don't know how to make test from: {obj}")

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])


def _fits(pattern, text):
    """A pattern with * for any text; without, part of a text."""
    if "*" not in pattern:
        return pattern in text
    parts = pattern.split("*")
    if not text.startswith(parts[0]) or not text.endswith(parts[-1]):
        return False
    place = len(parts[0])
    for part in parts[1:-1]:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


defaultTestLoader = TestLoader()


def makeSuite(testCaseClass, prefix="test", sortUsing=None, suiteClass=TestSuite):
    loader = TestLoader()
    loader.testMethodPrefix = prefix
    loader.suiteClass = suiteClass
    return loader.loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=None, suiteClass=TestSuite):
    loader = TestLoader()
    loader.testMethodPrefix = prefix
    return loader.loadTestsFromModule(module)


class TestProgram:
    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            module = __import__(module)
        names = []
        arguments = list((sys.argv if argv is None else argv)[1:])
        while arguments:
            word = arguments.pop(0)
            if word in ("-v", "--verbose"):
                verbosity = 2
            elif word in ("-q", "--quiet"):
                verbosity = 0
            elif word in ("-f", "--failfast"):
                failfast = True
            elif word in ("-b", "--buffer", "-c", "--catch", "--locals"):
                pass
            elif word == "-k":
                testLoader.testNamePatterns = (testLoader.testNamePatterns or []) + [arguments.pop(0)]
            else:
                names.append(word)
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        test = testLoader.loadTestsFromNames(names, module) if names else testLoader.loadTestsFromModule(module)
        if testRunner is None:
            testRunner = TextTestRunner
        if isinstance(testRunner, type):
            testRunner = testRunner(verbosity=verbosity, failfast=bool(failfast), warnings=warnings)
        self.result = testRunner.run(test)
        if exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
