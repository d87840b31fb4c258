"""The modules os, os.path and stat."""
import os
import os.path
import stat
import sys
from module_support import told

print(os.name, os.sep, os.linesep == "\n", os.curdir, os.pardir, os.path.__name__, os.getpid() > 0,
      os.getcwd() == os.path.abspath("."))
base = "/tmp/ouro_module_os"
os.makedirs(base + "/a/b", exist_ok=True)
told(os.mkdir, base)
told(os.makedirs, base + "/a")
with open(base + "/a/file.txt", "w") as file:
    file.write("12345")
print(sorted(os.listdir(base)), os.listdir(base + "/a/b"), sorted(entry.name for entry in os.scandir(base + "/a")))
print(os.path.exists(base), os.path.isfile(base), os.path.isdir(base), os.path.getsize(base + "/a/file.txt"),
      os.path.exists(base + "/none"))
status = os.stat(base + "/a/file.txt")
print(status.st_size, stat.S_ISREG(status.st_mode), stat.S_ISDIR(os.stat(base).st_mode), status[6])
print([(root[len(base):], sorted(folders), files) for root, folders, files in os.walk(base)])
os.rename(base + "/a/file.txt", base + "/moved")
os.symlink("moved", base + "/link")
print(os.path.islink(base + "/link"), os.readlink(base + "/link"),
      os.path.realpath(base + "/link") == os.path.realpath(base + "/moved"))
os.chmod(base + "/moved", 0o600)
print(oct(os.stat(base + "/moved").st_mode & 0o777), os.access(base + "/moved", os.R_OK),
      os.path.samefile(base + "/link", base + "/moved"))
os.remove(base + "/link")
os.unlink(base + "/moved")
told(os.remove, base + "/moved")
told(os.rmdir, base)
os.removedirs(base + "/a/b")
print(os.path.exists(base))
told(os.listdir, base)
told(os.stat, base)
told(os.chdir, "/no/such/folder")
os.environ["OURO_TEST"] = "value"
print(os.environ["OURO_TEST"], os.getenv("OURO_TEST"), os.getenv("OURO_NONE"), os.getenv("OURO_NONE", 5),
      "OURO_TEST" in os.environ)
del os.environ["OURO_TEST"]
told(lambda: os.environ["OURO_TEST"])
told(os.environ.__setitem__, "a", 5)
r, w = os.pipe()
print(os.write(w, b"through"), os.read(r, 100), os.isatty(r))
os.close(r)
os.close(w)
told(os.close, r)
for path in ["", "/", "a", "a/b", "/a/b/", "a//b", "a/./b/../c", "../x", "/..", "a.tar.gz", ".hidden", "dir.d/file", "//x",
             "~", "a/b.c/"]:
    print(repr(path), os.path.split(path), os.path.splitext(path), os.path.basename(path), os.path.dirname(path),
          os.path.normpath(path), os.path.isabs(path))
print(os.path.join("a", "b", "/c", "d"), os.path.join("a/", "b"), os.path.join("", "x"), os.path.join(b"a", b"b"),
      os.path.join("a", ""))
print(os.path.commonprefix(["/usr/lib", "/usr/local"]), os.path.commonpath(["/usr/lib/x", "/usr/local"]),
      os.path.relpath("/a/b/c", "/a/d"), os.path.relpath("/a", "/a"))
told(os.path.join, "a", 5)
told(os.path.commonpath, [])
told(os.path.commonpath, ["/a", "b"])
print(os.path.expanduser("~/x") == os.environ["HOME"] + "/x",
      os.path.expandvars("$HOME/$NOT_SET_X/${HOME}") == os.environ["HOME"] + "/$NOT_SET_X/" + os.environ["HOME"])


class Path:
    def __fspath__(self):
        return "/tmp/x"


print(os.fspath(Path()), os.path.join(Path(), "y"), isinstance(Path(), os.PathLike), os.fsencode("é"), os.fsdecode(b"x"),
      len(os.urandom(4)), os.strerror(2))
told(os.fspath, 5)


# ---- Folders in folders ----

import tempfile
with tempfile.TemporaryDirectory() as root:
    def tree():
        """All that is there, from above and from below."""
        down = [(os.path.relpath(top, root), sorted(folders), sorted(files)) for top, folders, files in os.walk(root)]
        up = [os.path.relpath(top, root) for top, _, _ in os.walk(root, topdown=False)]
        return sorted(down), sorted(up), up[-1]

    def in_root(function, name, *args, **kwargs):
        """Calls a function with a path below the root; what it says of this is cut."""
        try:
            print(function.__name__, name, function(root + "/" + name, *args, **kwargs), tree())
        except OSError as error:
            print(function.__name__, name, type(error).__name__, error.errno, str(error.filename).replace(root, "ROOT"))

    for name in ("a/b/c", "a/b/c", "a//d//", "e/.", "e/.", "./f/./g", "a/b/c/../../h", "i"):
        in_root(os.makedirs, name)
    in_root(os.makedirs, "a/b", exist_ok=True)
    in_root(os.makedirs, "new/one", 0o700, exist_ok=True)
    in_root(os.mkdir, "no/such")
    with open(root + "/file", "w") as file:
        file.write("x")
    for name in ("file", "file/below", "file/below/more"):
        in_root(os.makedirs, name, exist_ok=True)
    open(root + "/a/kept", "w").close()
    for name in ("a/b/c", "e/", "f/g", "a/d", "none", "new/one/", "i"):
        in_root(os.removedirs, name)
    print(os.path.exists(root))
    os.makedirs(os.fsencode(root) + b"/bytes/.")
    os.makedirs(root + "/stays")
    os.symlink(root + "/a", root + "/link")
    print(tree(), sorted(os.path.relpath(top, root) for top, _, _ in os.walk(root, followlinks=True)))
    for top, folders, _ in os.walk(root):
        folders[:] = [name for name in sorted(folders) if name == "a"]
        print(os.path.relpath(top, root), folders)
seen = []
print(list(os.walk(root)), list(os.walk(root, onerror=seen.append)), [type(error).__name__ for error in seen])
told(lambda: list(os.walk(5)))
told(os.PathLike)
print(isinstance(object(), os.PathLike), os.PathLike[str], os.PathLike.__abstractmethods__)
