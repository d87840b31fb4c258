"""Paths of files as POSIX writes them."""

import os
import stat

curdir, pardir, extsep, sep, pathsep, altsep = ".", "..", ".", "/", ":", None
defpath, devnull = "/bin:/usr/bin", "/dev/null"
supports_unicode_filenames = False


def _sep_of(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    return os.fspath(s)


def isabs(s):
    s = os.fspath(s)
    return s.startswith(_sep_of(s))


def join(a, *p):
    path = os.fspath(a)
    mark = _sep_of(path)
    for part in p:
        if not hasattr(type(part), "__fspath__") and not isinstance(part, (str, bytes)):
            raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}")
        part = os.fspath(part)
        if isinstance(part, bytes) != isinstance(path, bytes):
            raise TypeError("Can't mix strings and bytes in path components")
        if part.startswith(mark):
            path = part
        elif not path or path.endswith(mark):
            path += part
        else:
            path += mark + part
    return path


def split(p):
    """Split a pathname.  Returns tuple "(head, tail)"."""
    p = os.fspath(p)
    mark = _sep_of(p)
    place = p.rfind(mark) + 1
    head, tail = p[:place], p[place:]
    if head and head != mark * len(head):
        head = head.rstrip(mark)
    return head, tail


def splitext(p):
    p = os.fspath(p)
    dot = b"." if isinstance(p, bytes) else "."
    begin = p.rfind(_sep_of(p)) + 1
    place = p.rfind(dot)
    if place > begin and p[begin:place].strip(dot):
        return p[:place], p[place:]
    return p, p[:0]


def splitdrive(p):
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def _mode(path, follows=True):
    try:
        return os.stat(path, follow_symlinks=follows).st_mode
    except (OSError, ValueError):
        return None


def exists(path):
    return _mode(path) is not None


def lexists(path):
    return _mode(path, False) is not None


def isfile(path):
    mode = _mode(path)
    return mode is not None and stat.S_ISREG(mode)


def isdir(s):
    mode = _mode(s)
    return mode is not None and stat.S_ISDIR(mode)


def islink(path):
    mode = _mode(path, False)
    return mode is not None and stat.S_ISLNK(mode)


def ismount(path):
    try:
        here = os.lstat(path)
        above = os.lstat(join(path, ".."))
    except OSError:
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def getsize(filename):
    return os.stat(filename).st_size


def getmtime(filename):
    return os.stat(filename).st_mtime


def getatime(filename):
    return os.stat(filename).st_atime


def getctime(filename):
    return os.stat(filename).st_ctime


def samefile(f1, f2):
    return samestat(os.stat(f1), os.stat(f2))


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def expanduser(path):
    path = os.fspath(path)
    if path != "~" and not path.startswith("~/"):
        return path
    home = os.environ.get("HOME")
    return path if home is None else (home.rstrip("/") + path[1:]) or "/"


def expandvars(path):
    path = os.fspath(path)
    parts, place = [], 0
    while (found := path.find("$", place)) >= 0:
        parts.append(path[place:found])
        braced = path.startswith("{", found + 1)
        begin = end = found + 1 + braced
        while end < len(path) and (path[end] == "_" or path[end].isalnum()):
            end += 1
        name = path[begin:end]
        after = end + braced
        known = name in os.environ and (not braced or path.startswith("}", end))
        parts.append(os.environ[name] if known else path[found:after])
        place = after
    parts.append(path[place:])
    return "".join(parts)


def normpath(path):
    path = os.fspath(path)
    mark = _sep_of(path)
    dot = b"." if isinstance(path, bytes) else "."
    if not path:
        return dot
    slashes = len(path) - len(path.lstrip(mark))
    slashes = 2 if slashes == 2 else min(slashes, 1)
    parts = []
    for part in path.split(mark):
        if not part or part == dot:
            continue
        if part != dot * 2 or (not slashes and not parts) or (parts and parts[-1] == dot * 2):
            parts.append(part)
        elif parts:
            parts.pop()
    return mark * slashes + mark.join(parts) or dot


def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        here = os.getcwd()
        path = join(here.encode() if isinstance(path, bytes) else here, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    parts = abspath(filename).split("/")[1:]
    found = "/"
    followed = 0
    while parts:
        part = parts.pop(0)
        if not part or part == ".":
            continue
        if part == "..":
            found = dirname(found)
            continue
        here = join(found, part)
        if strict:
            os.lstat(here)
        if not islink(here) or followed >= 40:
            found = here
            continue
        followed += 1
        target = os.readlink(here)
        if isabs(target):
            found = "/"
        parts = target.split("/") + parts
    return found


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    here = [part for part in abspath("." if start is None else start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    shared = len(commonprefix([here, there]))
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def commonprefix(m):
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for place, c in enumerate(low):
        if c != high[place]:
            return low[:place]
    return low


def commonpath(paths):
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    if len({isabs(path) for path in paths}) != 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[part for part in path.split("/") if part and part != "."] for path in paths]
    return ("/" if isabs(paths[0]) else "") + "/".join(commonprefix(parts))
