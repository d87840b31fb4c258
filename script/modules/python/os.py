"""OS routines for this system."""

import abc
import sys
import stat as _st
import posix as _posix
from collections.abc import MutableMapping as _MutableMapping, _GenericAlias, _structural
from posix import (EX_OK, F_OK, O_APPEND, O_CLOEXEC, O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, R_OK,
                   W_OK, X_OK, _exit, close, cpu_count, dup, fsync, ftruncate, getcwd, getpid, getppid, getuid, isatty, pipe,
                   read, strerror, urandom)
import posixpath as path
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

sys.modules["os.path"] = path

name = "posix"
linesep = "\n"
error = OSError
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    method = getattr(kind, "__fspath__", None)
    if method is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind.__name__}")
    found = method(path)
    if isinstance(found, (str, bytes)):
        return found
    raise TypeError(f"expected {kind.__name__}.__fspath__() to return str or bytes, not {type(found).__name__}")


@_structural
class PathLike(abc.ABC):
    """What can say which path it stands for."""
    __class_getitem__ = classmethod(_GenericAlias)

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


# ---- The environment ----

class _Environ(_MutableMapping):
    def __init__(self, data):
        self._data = data

    @staticmethod
    def _checked(value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        _posix.putenv(self._checked(key), self._checked(value))
        self._data[key] = value

    def __delitem__(self, key):
        _posix.unsetenv(self._checked(key))
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        inside = ", ".join(f"{key!r}: {value!r}" for key, value in self._data.items())
        return f"environ({{{inside}}})"

    def copy(self):
        return dict(self)

    def __or__(self, other):
        return {**self, **other} if hasattr(other, "keys") else NotImplemented

    def __ror__(self, other):
        return {**other, **self} if hasattr(other, "keys") else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


environ = _Environ(_posix.environment())


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(name, value, /):
    _posix.putenv(name, value)


def unsetenv(name, /):
    _posix.unsetenv(name)


# ---- Files ----

class stat_result(tuple):
    """The result of stat: a tuple of ten numbers with names."""
    __slots__ = ()

    def __new__(cls, parts):
        return super().__new__(cls, parts)

    st_mode = property(lambda self: self[0])
    st_ino = property(lambda self: self[1])
    st_dev = property(lambda self: self[2])
    st_nlink = property(lambda self: self[3])
    st_uid = property(lambda self: self[4])
    st_gid = property(lambda self: self[5])
    st_size = property(lambda self: self[6])
    st_atime = property(lambda self: self[7])
    st_mtime = property(lambda self: self[8])
    st_ctime = property(lambda self: self[9])


def stat(path, *, dir_fd=None, follow_symlinks=True):
    path = path if isinstance(path, int) else fspath(path)
    return stat_result(_posix.stat(path) if follow_symlinks else _posix.lstat(path))


def lstat(path, *, dir_fd=None):
    return stat_result(_posix.lstat(fspath(path)))


def fstat(fd):
    return stat_result(_posix.stat(fd))


def open(path, flags, mode=0o777, *, dir_fd=None):
    return _posix.open(fspath(path), flags, mode)


def write(fd, data, /):
    return _posix.write(fd, bytes(data))


def lseek(fd, position, whence, /):
    return _posix.lseek(fd, position, whence)


def fdopen(fd, mode="r", *args, **kwargs):
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    return io.open(fd, mode, *args, **kwargs)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _posix.access(fspath(path), mode)


def listdir(path=None):
    return _posix.listdir("." if path is None else fspath(path))


class DirEntry:
    """An entry of a directory."""

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return lstat(self.path).st_ino


class scandir:
    def __init__(self, path=None):
        folder = "." if path is None else fspath(path)
        self._entries = iter([DirEntry(folder, name) for name in _posix.listdir(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()


def mkdir(path, mode=0o777, *, dir_fd=None):
    _posix.mkdir(fspath(path), mode)


def _folders_above(name):
    """What a path names above its last part, the nearest first."""
    above, last = path.split(name)
    if not last:
        above, last = path.split(above)
    while above and last:
        yield above
        above, last = path.split(above)


def _make_folder(name, mode, may_exist):
    try:
        mkdir(name, mode)
    except OSError:
        if not (may_exist and path.isdir(name)):
            raise


def makedirs(name, mode=0o777, exist_ok=False):
    """Makes a folder, and those above it that are missing."""
    missing = []
    for folder in _folders_above(name):
        if path.exists(folder):
            break
        missing.append(folder)
    while missing:
        _make_folder(missing.pop(), 0o777, True)
        if not missing and path.basename(name) in (curdir, b"."):
            return
    _make_folder(name, mode, exist_ok)


def rmdir(path, *, dir_fd=None):
    _posix.rmdir(fspath(path))


def removedirs(name):
    """Removes a folder, and those above it as long as they are empty then."""
    rmdir(name)
    for folder in _folders_above(name):
        try:
            rmdir(folder)
        except OSError:
            return


def remove(path, *, dir_fd=None):
    _posix.unlink(fspath(path))


unlink = remove


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _posix.rename(fspath(src), fspath(dst))


replace = rename


def symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    _posix.symlink(fspath(src), fspath(dst))


def readlink(path, *, dir_fd=None):
    return _posix.readlink(fspath(path))


def chdir(path):
    _posix.chdir(fspath(path))


def chmod(path, mode, *, dir_fd=None, follow_symlinks=True):
    _posix.chmod(fspath(path), mode)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Folders below `top` with the names of the folders and files in them."""
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as error:
        return None if onerror is None else onerror(error)
    folders, files = [], []
    for each in names:
        (folders if path.isdir(path.join(top, each)) else files).append(each)
    if topdown:
        yield top, folders, files
    for each in folders:
        inner = path.join(top, each)
        if followlinks or not path.islink(inner):
            yield from walk(inner, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files
