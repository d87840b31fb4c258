"""Imports for tests."""

import contextlib
import importlib
import sys
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error))


def import_fresh_module(name, fresh=(), blocked=(), *, deprecated=False):
    """The module: what CPython has twice, in C and in Python, is here once."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


@contextlib.contextmanager
def isolated_modules():
    """Save modules on entry and cleanup on exit."""
    saved = dict(sys.modules)
    try:
        yield
    finally:
        sys.modules.clear()
        sys.modules.update(saved)


def unload(name):
    sys.modules.pop(name, None)


forget = unload


def modules_setup():
    return (dict(sys.modules),)


def modules_cleanup(oldmodules):
    sys.modules.clear()
    sys.modules.update(oldmodules)


class CleanImport:
    def __init__(self, *names, usefrozen=False):
        self._saved = dict(sys.modules)
        for name in names:
            sys.modules.pop(name, None)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        sys.modules.update(self._saved)


class DirsOnSysPath:
    def __init__(self, *paths):
        self._saved = sys.path[:]
        sys.path.extend(paths)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        sys.path[:] = self._saved
