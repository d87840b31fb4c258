"""open and the module io: text and binary files, in memory and on disk."""
import io
import os
from module_support import told

path = "/tmp/ouro_module_io"
with open(path, "w") as file:
    print(file.write("first\nsecond\nthird"), file.writable(), file.readable(), file.mode, file.encoding, file.closed)
    print("printed", 5, file=file)
    file.writelines(["a\n", "b\n"])
print(file.closed)
told(file.write, "x")
with open(path) as file:
    print(file.readline(), file.readline(3), file.read(4), file.tell(), file.read())
    print(file.seek(0), file.readlines(), file.read(), file.seekable())
with open(path) as file:
    for number, line in enumerate(file):
        print(number, repr(line))
with open(path, "a") as file:
    file.write("appended é\n")
    told(file.read)
with open(path, "rb") as file:
    print(file.read(), file.tell(), file.seek(-5, 2), file.read(2), file.peek(1)[:1], file.seek(0), file.readline(),
          file.mode)
    print(file.readlines()[-1], list(file), file.name == path)
    told(file.write, b"x")
with open(path, "r+") as file:
    print(file.read(5))
    file.seek(0)
    file.write("FIRST")
    file.seek(0)
    print(file.readline())
with open(path, "r+b") as file:
    file.seek(2)
    file.write(b"__")
    print(file.tell(), file.read(3))
    file.seek(0)
    print(file.readline(), file.truncate(8), file.seek(0, 2))
    buffer = bytearray(4)
    file.seek(1)
    print(file.readinto(buffer), buffer)
with open(path, "wb") as file:
    print(file.write(b"\x00\xff"), file.write(bytearray(b"abc")), file.write(memoryview(b"xyz")))
    told(file.write, "text")
told(open(path, "rb").read)
told(lambda: open(path).read())
print(repr(open(path, errors="replace").read()), repr(open(path, encoding="latin-1").read()))
told(open, path, "x")

try:
    open(path + "_missing")
except FileNotFoundError as error:
    print(error.errno, error.strerror, error.filename == path + "_missing")
try:
    open("/")
except IsADirectoryError as error:
    print(error)
for mode in ["", "z", "rw", "rr", "rbt", "b", "+", "r+w"]:
    told(open, path, mode)
told(open, path, "rb", encoding="utf-8")
told(open, path, "rb", newline="\n")
told(open, path, newline="x")
told(open, path, "r", 0)
told(open, 1.5)
told(open, None)
told(open, -1)
with open(path, "w", newline="\r\n") as file:
    file.write("one\ntwo\n")
print(open(path, "rb").read(), repr(open(path).read()), repr(open(path, newline="").read()),
      open(path, newline="\r\n").readlines())
with open(path, "wb") as file:
    file.write(b"a\rb\r\nc\n")
with open(path) as file:
    print(file.readlines(), file.newlines)
print(open(path, newline="").readlines(), open(path, newline="\r").readlines())
with open(path, "w") as file:
    file.write("é" * 10000 + "\n" + "x" * 20000)
with open(path) as file:
    print(len(file.readline()), file.tell(), len(file.read(5)), len(file.read()))
    file.seek(0)
    print(sum(len(line) for line in file))
with open(path, "rb", 0) as raw:
    print(type(raw).__name__, raw.read(4), raw.readable(), raw.closefd)
print(type(open(path)).__name__, type(open(path, "rb")).__name__, type(open(path, "wb")).__name__,
      type(open(path, "r+b")).__name__)
file = open(path)
print(file.fileno() > 2, file.isatty(),
      repr(file) == f"<_io.TextIOWrapper name={path!r} mode='r' encoding={file.encoding!r}>")
file.close()
file.close()
told(file.read)
told(file.fileno)
try:
    with file:
        pass
except ValueError as error:
    print(error)
fd = os.open(path, os.O_RDWR)
with open(fd, "w", closefd=False) as file:
    file.write("by number")
os.close(fd)
print(open(path).read())
os.remove(path)

text = io.StringIO("line 1\nline 2\n")
print(text.read(3), text.readline(), list(text), text.read(), text.tell(), text.seek(0), text.getvalue())
text.write("LINE")
print(text.getvalue(), text.truncate(6), text.getvalue(), text.seek(10), text.write("x"), repr(text.getvalue()))
told(text.write, 5)
told(text.seek, -1)
told(text.seek, 1, 1)
told(text.seek, 0, 5)
print(io.StringIO("a\r\nb\rc", newline=None).read(), io.StringIO("a\r\nb", newline="").readlines(),
      io.StringIO("a\nb\n", newline="\r\n").getvalue())
text.close()
told(text.read)
told(text.getvalue)
told(io.StringIO, 5)
out = io.StringIO()
for i in range(3):
    print(i, end=",", file=out)
print(out.getvalue(), out.readable(), out.writable(), out.seekable(), out.closed, out.isatty())
with io.StringIO() as inside:
    inside.write("x")
print(inside.closed)
data = io.BytesIO(b"abc\ndef")
print(data.read(2), data.readline(), data.read(), data.tell(), data.seek(1), data.write(b"XYZW"), data.getvalue(),
      data.read())
print(data.seek(-2, 2), data.read(), data.truncate(3), data.getvalue(), data.seek(6), data.write(b"!"), data.getvalue())
told(data.write, "text")
told(data.seek, -1)
view = data.getbuffer()
print(bytes(view[:2]), view.nbytes)
view.release() if hasattr(view, "release") else None
buffer = bytearray(2)
data.seek(0)
print(data.readinto(buffer), buffer, data.read1(2), data.readlines())
wrapped = io.TextIOWrapper(io.BytesIO("höflich\nzwei\n".encode()), encoding="utf-8")
print(wrapped.readline(), wrapped.read(2), wrapped.readlines())
sink = io.BytesIO()
wrapped = io.TextIOWrapper(sink, encoding="utf-16-le", newline="\r\n")
wrapped.write("hi\n")
wrapped.flush()
print(sink.getvalue(), wrapped.detach() is sink)
told(wrapped.read)
reader = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
print(reader.read(3), reader.peek()[:1], reader.read(), reader.read(1))
writer = io.BufferedWriter(sink)
writer.write(b"more")
writer.flush()
print(sink.getvalue())
print(issubclass(io.StringIO, io.TextIOBase), issubclass(io.FileIO, io.RawIOBase),
      issubclass(io.BytesIO, io.BufferedIOBase), issubclass(io.UnsupportedOperation, (OSError,)))
print(io.DEFAULT_BUFFER_SIZE, io.SEEK_SET, io.SEEK_CUR, io.SEEK_END)


class Counting(io.RawIOBase):
    def __init__(self):
        self.left = 3

    def readable(self):
        return True

    def readinto(self, buffer):
        if not self.left:
            return 0
        self.left -= 1
        buffer[0] = ord("x")
        return 1


print(io.BufferedReader(Counting()).read(), Counting().read(2), Counting().readall())
told(Counting().write, b"")
told(Counting().seek, 0)
