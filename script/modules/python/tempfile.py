"""Temporary files and folders."""

import io
import os
import random

__all__ = ["NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp", "gettempdir", "tempdir"]

tempdir = None
_random = random.SystemRandom()


def gettempdir():
    """The folder for temporary files."""
    return tempdir or os.environ.get("TMPDIR") or "/tmp"


def _names(prefix, suffix, folder):
    while True:
        middle = "".join(_random.choice("abcdefghijklmnopqrstuvwxyz0123456789_") for _ in range(8))
        yield os.path.join(folder or gettempdir(), (prefix or "tmp") + middle + (suffix or ""))


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    for name in _names(prefix, suffix, dir):
        try:
            return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), name
        except FileExistsError:
            continue


def mktemp(suffix="", prefix=None, dir=None):
    """A name that no file has. Another program may take it before it is used."""
    return next(name for name in _names(prefix, suffix, dir) if not os.path.lexists(name))


def mkdtemp(suffix=None, prefix=None, dir=None):
    for name in _names(prefix, suffix, dir):
        try:
            os.mkdir(name, 0o700)
            return name
        except FileExistsError:
            continue


class _Named:
    def __init__(self, file, name, delete):
        self.file, self.name, self._delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if not self.file.closed:
            self.file.close()
            if self._delete:
                os.unlink(self.name)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()

    def __del__(self):
        self.close()


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None):
    descriptor, name = mkstemp(suffix, prefix, dir)
    return _Named(io.open(descriptor, mode, buffering, encoding, errors, newline), name, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    descriptor, name = mkstemp(suffix, prefix, dir)
    os.unlink(name)
    return io.open(descriptor, mode, buffering, encoding, errors, newline)


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *details):
        self.cleanup()

    def cleanup(self):
        def remove(path):
            if os.path.isdir(path) and not os.path.islink(path):
                for name in os.listdir(path):
                    remove(os.path.join(path, name))
                os.rmdir(path)
            else:
                os.unlink(path)
        if os.path.exists(self.name):
            remove(self.name)
