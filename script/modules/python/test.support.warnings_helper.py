"""Warnings for tests."""

import contextlib
import functools
import warnings


def ignore_warnings(*, category):
    """Decorator of a test: warnings of a category are not shown."""
    def decorate(test):
        def quiet(self, *args, **kwargs):
            with warnings.catch_warnings(action="ignore", category=category):
                return test(self, *args, **kwargs)
        return functools.wraps(test)(quiet)
    return decorate


class WarningsRecorder:
    """A list of warnings, whose new ones are looked at; attributes are those of the newest."""

    def __init__(self, warnings_list):
        self._all, self._seen = warnings_list, 0

    @property
    def warnings(self):
        return self._all[self._seen:]

    def __getattr__(self, attr):
        new = self.warnings
        if not new and attr not in warnings.WarningMessage._WARNING_DETAILS:
            raise AttributeError(f"{self!r} has no attribute {attr!r}")
        return getattr(new[-1], attr) if new else None

    def reset(self):
        self._seen = len(self._all)


@contextlib.contextmanager
def check_warnings(*filters, quiet=True):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield WarningsRecorder(seen)
    for text, category in filters:
        if not quiet and not any(issubclass(each.category, category) for each in seen):
            raise AssertionError(f"filter ({text!r}, {category.__name__}) did not catch any warning")


@contextlib.contextmanager
def check_no_warnings(testcase, message="", category=Warning, force_gc=False):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield
    testcase.assertEqual([each for each in seen if issubclass(each.category, category)], [])


@contextlib.contextmanager
def check_no_resource_warning(testcase):
    with check_no_warnings(testcase, category=ResourceWarning):
        yield


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    testcase.skipTest("the compiler gives no warnings")
