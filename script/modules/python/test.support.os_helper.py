"""Files for tests."""

import contextlib
import os

TESTFN_ASCII = f"@test_{os.getpid()}_tmp"
TESTFN = TESTFN_ASCII
TESTFN_UNDECODABLE = TESTFN_UNENCODABLE = TESTFN_NONASCII = None
FS_NONASCII = None
SAVEDCWD = os.getcwd()


def unlink(filename):
    try:
        os.unlink(filename)
    except (FileNotFoundError, NotADirectoryError):
        pass


def rmdir(dirname):
    try:
        os.rmdir(dirname)
    except FileNotFoundError:
        pass


def rmtree(path):
    if not os.path.isdir(path) or os.path.islink(path):
        return unlink(path)
    for name in os.listdir(path):
        rmtree(os.path.join(path, name))
    rmdir(path)


def can_symlink():
    return True


def create_empty_file(filename):
    os.close(os.open(filename, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    path = path or TESTFN
    os.mkdir(path)
    try:
        yield path
    finally:
        rmtree(path)


@contextlib.contextmanager
def change_cwd(path, quiet=False):
    saved = os.getcwd()
    os.chdir(path)
    try:
        yield os.getcwd()
    finally:
        os.chdir(saved)


@contextlib.contextmanager
def temp_cwd(name="tempcwd", quiet=False):
    with temp_dir(name), change_cwd(name) as path:
        yield path


class FakePath:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        if isinstance(self.path, BaseException) or isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path


class EnvironmentVarGuard(dict):
    def __init__(self):
        self._changed = {}

    def set(self, name, value):
        self._changed.setdefault(name, os.environ.get(name))
        os.environ[name] = value

    __setitem__ = set

    def unset(self, name):
        self._changed.setdefault(name, os.environ.get(name))
        os.environ.pop(name, None)

    __delitem__ = unset

    def __enter__(self):
        return self

    def __exit__(self, *details):
        for name, value in self._changed.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
