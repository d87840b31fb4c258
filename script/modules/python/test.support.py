"""Supporting definitions for CPython's tests: those of its functions that need no other process and no C extension."""

import contextlib
import functools
import gc
import sys
import time
import unittest

verbose = 0
use_resources = None
real_max_memuse = max_memuse = 0
failfast = False
MS_WINDOWS = is_android = is_emscripten = is_wasi = is_jython = False
has_fork_support = has_subprocess_support = has_socket_support = False
has_strftime_extensions = True
unix_shell = None
Py_DEBUG = hasattr(sys, "gettotalrefcount")
SHORT_TIMEOUT, LONG_TIMEOUT, INTERNET_TIMEOUT, LOOPBACK_TIMEOUT = 30.0, 300.0, 60.0, 10.0
TEST_MODULES_ENABLED = True
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True
MAX_Py_ssize_t = sys.maxsize
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 1 << 31, 1 << 32
NHASHBITS = 64
PGO = False


class Error(Exception):
    """Base class for regression test exceptions."""


class TestFailed(Error):
    """Test failed."""


class ResourceDenied(unittest.SkipTest):
    """Test skipped because it requested a disallowed resource."""


# ---- Memory ----

def gc_collect():
    """Force as many objects as possible to be collected."""
    gc.collect()
    gc.collect()
    gc.collect()


@contextlib.contextmanager
def disable_gc():
    have_gc = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if have_gc:
            gc.enable()


def check_free_after_iterating(test, iter, cls, args=()):
    class A(cls):
        def __del__(self):
            nonlocal done
            done = True
            try:
                next(it)
            except StopIteration:
                pass
    done = False
    it = iter(A(*args))
    test.assertRaises(StopIteration, next, it)
    gc_collect()
    test.assertTrue(done)


def bigmemtest(size, memuse, dry_run=True):
    """Decorator for bigmem tests: they run with a small size."""
    def decorate(function):
        @functools.wraps(function)
        def wrapper(self):
            return function(self, 5147)
        wrapper.size, wrapper.memuse = size, memuse
        return wrapper
    return decorate


def bigaddrspacetest(function):
    return unittest.skip("needs a large address space")(function)


def calcobjsize(fmt):
    return 16 + _size_of(fmt)


def calcvobjsize(fmt):
    return 24 + _size_of(fmt)


def _size_of(fmt):
    sizes = {"P": 8, "n": 8, "N": 8, "l": 8, "L": 8, "q": 8, "Q": 8, "d": 8, "i": 4, "I": 4, "f": 4, "h": 2, "H": 2}
    total, count = 0, ""
    for c in fmt:
        if c.isdigit():
            count += c
            continue
        size = sizes.get(c, 1)
        total = (total + size - 1) // size * size + size * int(count or 1)
        count = ""
    return total


def check_sizeof(test, o, size):
    test.skipTest("objects have sizes of their own")


# ---- What a test asks for ----

def requires(resource, msg=None):
    if use_resources is None or resource in use_resources:
        return
    raise ResourceDenied(msg or f"Use of the {resource!r} resource not enabled")


def is_resource_enabled(resource):
    return use_resources is None or resource in use_resources


def requires_resource(resource):
    return _id if is_resource_enabled(resource) else unittest.skip(f"resource {resource!r} is not enabled")


def cpython_only(test):
    """Decorator for tests only applicable on CPython."""
    return impl_detail(cpython=True)(test)


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return _id
    return unittest.skip(msg or "implementation detail not available on this interpreter")


def check_impl_detail(**guards):
    """This function returns True or False depending on the host platform: it does as CPython does."""
    return guards.get("cpython", not any(guards.values()) if guards else True)


def _id(obj):
    return obj


def _always_skipped(reason):
    def decorator(*args, **kwargs):
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return unittest.skip(reason)(args[0])
        return unittest.skip(reason)
    return decorator


def requires_subprocess():
    """Used for subprocess, os.spawn calls, fd inheritance"""
    return unittest.skip("requires subprocess support")


def requires_fork():
    return unittest.skip("requires working os.fork()")


def requires_working_socket(*, module=False):
    if module:
        raise unittest.SkipTest("requires socket support")
    return unittest.skip("requires socket support")


def requires_docstrings(function):
    return function


def requires_IEEE_754(function):
    return function


requires_zlib = requires_gzip = requires_bz2 = requires_lzma = _always_skipped("requires a C extension")
requires_mac_ver = requires_linux_version = requires_freebsd_version = lambda *version: _id
requires_venv_with_pip = _always_skipped("requires venv")
skip_if_sanitizer = lambda reason=None, **kinds: _id
skip_if_buildbot = skip_if_buggy_ucrt_strfptime = lambda reason=None: _id


def check_sanitizer(**kinds):
    return False


def skip_if_pgo_task(test):
    return test


def no_tracing(function):
    """Decorator to temporarily turn off tracing for the duration of a test."""
    return function


def refcount_test(test):
    """Decorator for tests which involve reference counting."""
    return test


def python_is_optimized():
    return True


def anticipate_failure(condition):
    """Decorator to mark a test that is known to be broken in some cases"""
    return unittest.expectedFailure if condition else _id


def reap_children():
    """There are none."""


def print_warning(msg):
    for line in msg.splitlines():
        print(f"Warning -- {line}", file=sys.__stderr__)


def record_original_stdout(stdout):
    pass


def get_original_stdout():
    return sys.stdout


def load_package_tests(pkg_dir, loader, standard_tests, pattern):
    return standard_tests


def run_unittest(*classes):
    suite = unittest.TestSuite()
    for each in classes:
        if isinstance(each, unittest.TestSuite):
            suite.addTest(each)
        elif isinstance(each, str):
            suite.addTest(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[each]))
        else:
            suite.addTest(unittest.defaultTestLoader.loadTestsFromTestCase(each))
    result = unittest.TextTestRunner(sys.stdout, verbosity=1).run(suite)
    if not result.wasSuccessful():
        raise TestFailed("tests failed")


def run_doctest(module, verbosity=None, optionflags=0):
    raise unittest.SkipTest("there is no doctest")


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    testcase.assertIsNotNone(error.offset)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    """Check that given type cannot be instantiated using *args and **kwds."""
    module = tp.__module__
    name = tp.__name__ if module == "builtins" else f"{module}.{tp.__name__}"
    testcase.assertRaisesRegex(TypeError, f"cannot create '{name}' instances".replace(".", r"\."), tp, *args, **kwds)


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    if name_of_module is None:
        name_of_module = (module.__name__,)
    elif isinstance(name_of_module, str):
        name_of_module = (name_of_module,)
    expected = set(extra)
    for name in dir(module):
        if name.startswith("_") or name in not_exported:
            continue
        obj = getattr(module, name)
        if getattr(obj, "__module__", None) in name_of_module or (not hasattr(obj, "__module__") and
                                                                  not isinstance(obj, type(sys))):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)


# ---- Things that a test puts in the place of others ----

@contextlib.contextmanager
def captured_output(stream_name):
    """Return a context manager used by captured_stdout/stdin/stderr that temporarily replaces the sys stream."""
    import io
    original = getattr(sys, stream_name)
    setattr(sys, stream_name, io.StringIO())
    try:
        yield getattr(sys, stream_name)
    finally:
        setattr(sys, stream_name, original)


def captured_stdout():
    """Capture the output of sys.stdout."""
    return captured_output("stdout")


def captured_stderr():
    """Capture the output of sys.stderr."""
    return captured_output("stderr")


def captured_stdin():
    """Capture the input to sys.stdin."""
    return captured_output("stdin")


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    """Temporary swap out an attribute with a new object."""
    if hasattr(obj, attr):
        old = getattr(obj, attr)
        setattr(obj, attr, new_val)
        try:
            yield old
        finally:
            setattr(obj, attr, old)
    else:
        setattr(obj, attr, new_val)
        try:
            yield
        finally:
            if hasattr(obj, attr):
                delattr(obj, attr)


@contextlib.contextmanager
def swap_item(obj, item, new_val):
    """Temporary swap out an item with a new object."""
    if item in obj:
        old = obj[item]
        obj[item] = new_val
        try:
            yield old
        finally:
            obj[item] = old
    else:
        obj[item] = new_val
        try:
            yield
        finally:
            obj.pop(item, None)


class catch_unraisable_exception:
    """Context manager catching unraisable exception using sys.unraisablehook."""

    def __init__(self):
        self.unraisable = None

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __enter__(self):
        self._old = getattr(sys, "unraisablehook", None)
        sys.unraisablehook = self._hook
        return self

    def __exit__(self, *exc_info):
        if self._old is None:
            del sys.unraisablehook
        else:
            sys.unraisablehook = self._old
        del self.unraisable


@contextlib.contextmanager
def infinite_recursion(max_depth=75):
    """Set a lower limit for tests that interact with infinite recursions."""
    original = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(max(max_depth, 60))
        yield
    finally:
        sys.setrecursionlimit(original)


@contextlib.contextmanager
def adjust_int_max_str_digits(max_digits):
    """Temporarily change the integer string conversion length limit."""
    current = sys.get_int_max_str_digits()
    try:
        sys.set_int_max_str_digits(max_digits)
        yield
    finally:
        sys.set_int_max_str_digits(current)


def setswitchinterval(interval):
    return sys.setswitchinterval(interval)


def busy_retry(timeout, err_msg=None, /, *, error=True):
    """Run the loop body until "break" stops the loop."""
    start = time.monotonic()
    while True:
        yield
        if time.monotonic() - start > timeout:
            break
    if error:
        raise AssertionError(err_msg or f"timeout ({time.monotonic() - start:.1f} seconds)")


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    """Wait strategy that applies exponential backoff."""
    delay = init_delay
    for _ in busy_retry(timeout, err_msg, error=error):
        yield
        time.sleep(delay)
        delay = min(delay * 2, max_delay)


def missing_compiler_executable(cmd_names=()):
    return "cc"


def run_in_subinterp(code):
    raise unittest.SkipTest("there are no subinterpreters")


def run_with_locale(catstr, *locales):
    return lambda function: function


def run_with_tz(tz):
    return lambda function: function


def findfile(filename, subdir=None):
    return filename


def sortdict(dict):
    "Like repr(dict), but in sorted order."
    return "{" + ", ".join(f"{key!r}: {value!r}" for key, value in sorted(dict.items())) + "}"


class _ALWAYS_EQ:
    """Object that is equal to anything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NEVER_EQ:
    """Object that is not equal to anything."""

    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


class _LARGEST:
    """Object that is greater than anything (except itself)."""

    def __eq__(self, other):
        return isinstance(other, _LARGEST)

    def __lt__(self, other):
        return False

    def __gt__(self, other):
        return not isinstance(other, _LARGEST)

    def __le__(self, other):
        return isinstance(other, _LARGEST)

    def __ge__(self, other):
        return True


class _SMALLEST:
    """Object that is less than anything (except itself)."""

    def __eq__(self, other):
        return isinstance(other, _SMALLEST)

    def __gt__(self, other):
        return False

    def __lt__(self, other):
        return not isinstance(other, _SMALLEST)

    def __ge__(self, other):
        return isinstance(other, _SMALLEST)

    def __le__(self, other):
        return True


ALWAYS_EQ, NEVER_EQ, LARGEST, SMALLEST = _ALWAYS_EQ(), _NEVER_EQ(), _LARGEST(), _SMALLEST()
