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
    """What goes wrong with tests themselves."""


class TestFailed(Error):
    """One has failed."""


class ResourceDenied(unittest.SkipTest):
    """A test needs what may not be used."""


# ---- Memory ----

def gc_collect():
    """Collects what finalizers leave, too."""
    for _ in range(3):
        gc.collect()


@contextlib.contextmanager
def _for_a_time(read, write, value):
    """Something has another value, which is put back at the end."""
    before = read()
    try:
        write(value)
        yield
    finally:
        write(before)


def disable_gc():
    return _for_a_time(gc.isenabled, lambda on: gc.enable() if on else gc.disable(), False)


def check_free_after_iterating(test, iter, cls, args=()):
    """An iterator lets go of what it goes over at its end, also if that asks it once more as it dies."""
    deaths = []

    def __del__(self):
        deaths.append(True)
        next(iterator, None)
    iterator = iter(type("Dying", (cls,), {"__del__": __del__})(*args))
    test.assertRaises(StopIteration, next, iterator)
    gc_collect()
    test.assertTrue(deaths)


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
    return impl_detail(cpython=True)(test)


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return _id
    return unittest.skip(msg or "implementation detail not available on this interpreter")


def check_impl_detail(**guards):
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
    return function


def refcount_test(test):
    return test


def python_is_optimized():
    return True


def anticipate_failure(condition):
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
    """A text does not compile; the error says so, and where."""
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    for name, wanted in {"lineno": lineno, "offset": offset}.items():
        found = getattr(caught.exception, name)
        testcase.assertIsNotNone(found)
        testcase.assertEqual(found, found if wanted is None else wanted)


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    """A type makes no objects."""
    prefix = "" if tp.__module__ == "builtins" else f"{tp.__module__}."
    text = f"cannot create '{prefix}{tp.__name__}' instances"
    testcase.assertRaisesRegex(TypeError, text.replace(".", r"\."), tp, *args, **kwds)


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    """The names that a module exports are those of its own parts."""
    owners = name_of_module or module.__name__
    owners = {owners} if isinstance(owners, str) else set(owners)

    def is_own(part):
        owner = getattr(part, "__module__", part)
        return owner in owners if owner is not part else not isinstance(part, type(sys))
    public = [name for name in dir(module) if name[0] != "_" and name not in not_exported]
    own = {name for name in public if is_own(getattr(module, name))}
    test_case.assertCountEqual(module.__all__, own.union(extra))


# ---- Things that a test puts in the place of others ----

@contextlib.contextmanager
def _in_place_of(has, get, put, remove, new):
    """Something stands in a place; gives what was there, which comes back at the end."""
    had = has()
    old = get() if had else None
    put(new)
    try:
        yield old
    finally:
        if had:
            put(old)
        elif has():
            remove()


def swap_attr(obj, attr, new_val):
    return _in_place_of(lambda: hasattr(obj, attr), lambda: getattr(obj, attr), lambda value: setattr(obj, attr, value),
                        lambda: delattr(obj, attr), new_val)


def swap_item(obj, item, new_val):
    return _in_place_of(lambda: item in obj, lambda: obj[item], lambda value: obj.__setitem__(item, value),
                        lambda: obj.pop(item), new_val)


@contextlib.contextmanager
def captured_output(stream_name):
    """A stream of sys is a text in memory, which is given."""
    import io
    with swap_attr(sys, stream_name, io.StringIO()):
        yield getattr(sys, stream_name)


captured_stdin, captured_stdout, captured_stderr = (functools.partial(captured_output, name) for name in
                                                    ("stdin", "stdout", "stderr"))


class catch_unraisable_exception:
    """Keeps what would be reported as unraisable."""

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


def infinite_recursion(max_depth=75):
    """A lower limit of recursion."""
    return _for_a_time(sys.getrecursionlimit, sys.setrecursionlimit, max(max_depth, 60))


def adjust_int_max_str_digits(max_digits):
    """Another limit of the digits that ints are made of or give."""
    return _for_a_time(sys.get_int_max_str_digits, sys.set_int_max_str_digits, max_digits)


def setswitchinterval(interval):
    return sys.setswitchinterval(interval)


def busy_retry(timeout, err_msg=None, /, *, error=True):
    """Goes on until the loop is left, or an error if it takes too long."""
    start = time.monotonic()
    while True:
        yield
        if time.monotonic() - start > timeout:
            break
    if error:
        raise AssertionError(err_msg or f"timeout ({time.monotonic() - start:.1f} seconds)")


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    """The same with pauses, each twice as long as the one before."""
    for turn, _ in enumerate(busy_retry(timeout, err_msg, error=error)):
        yield
        time.sleep(min(init_delay * 2**turn, max_delay))


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
    return "{" + ", ".join(f"{key!r}: {value!r}" for key, value in sorted(dict.items())) + "}"


def _answering(name, **answers):
    """An object whose comparisons are given by functions of whether the other object is of the same class."""
    def method(answer):
        return lambda self, other: answer(isinstance(other, type(self)))
    methods = {f"__{operation}__": method(answer) for operation, answer in answers.items()}
    return type(name, (), {"__module__": __name__, "__hash__": lambda self: 1} | methods)()


def _always(is_same):
    return True


def _never(is_same):
    return False


def _same(is_same):
    return is_same


def _other(is_same):
    return not is_same


ALWAYS_EQ = _answering("_ALWAYS_EQ", eq=_always, ne=_never)
NEVER_EQ = _answering("_NEVER_EQ", eq=_never, ne=_always)
LARGEST = _answering("_LARGEST", eq=_same, lt=_never, gt=_other, le=_same, ge=_always)
SMALLEST = _answering("_SMALLEST", eq=_same, gt=_never, lt=_other, ge=_same, le=_always)
for _object in (ALWAYS_EQ, LARGEST, SMALLEST):
    type(_object).__hash__ = None
del _object


class SuppressCrashReport:
    """There is no report of a crash to suppress."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass


def get_attribute(obj, name):
    """An attribute; a test that asks for one that is missing is skipped."""
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest(f"object {obj!r} has no attribute {name!r}") from None
