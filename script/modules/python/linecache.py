"""Lines of source files, kept once they have been read."""

cache = {}


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    if filename in cache:
        return cache[filename][2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        cache.clear()
    return []


def updatecache(filename, module_globals=None):
    if not filename or filename.startswith("<"):
        return []
    try:
        with open(filename, encoding="utf-8") as file:
            lines = file.readlines()
    except (OSError, UnicodeDecodeError, NameError):
        return []
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = (sum(map(len, lines)), None, lines, filename)
    return lines


def lazycache(filename, module_globals):
    return False


def checkcache(filename=None):
    if filename is None:
        cache.clear()
    else:
        cache.pop(filename, None)


def clearcache():
    """Clear the cache completely."""
    cache.clear()
