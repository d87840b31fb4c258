"""Streams of bytes and text: files, buffers, memory."""

import abc

__all__ = ["BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO", "BufferedIOBase",
           "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase", "TextIOWrapper",
           "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE"]

try:
    import posix
except ImportError:
    posix = None  # files are not allowed

DEFAULT_BUFFER_SIZE = 8 * 1024
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
BlockingIOError = BlockingIOError


class UnsupportedOperation(OSError, ValueError):
    pass


def _index(value, name="argument"):
    if not hasattr(type(value), "__index__"):
        raise TypeError(f"{name} should be integer or None, not '{type(value).__name__}'")
    return value.__index__()


class _IOBase:
    """What all streams can do."""
    _closed = False

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def _check_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def seek(self, pos, whence=0):
        self._unsupported("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None):
        self._unsupported("truncate")

    def flush(self):
        self._check_open()

    def close(self):
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    def __del__(self):
        try:
            closed = self.closed
        except AttributeError:
            return  # it was never made
        if not closed:
            self.close()

    @property
    def closed(self):
        return self._closed

    def seekable(self):
        self._check_open()
        return False

    def readable(self):
        self._check_open()
        return False

    def writable(self):
        self._check_open()
        return False

    def _check_readable(self, message="not readable"):
        if not self.readable():
            raise UnsupportedOperation(message)

    def _check_writable(self, message="not writable"):
        if not self.writable():
            raise UnsupportedOperation(message)

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *details):
        self.close()

    def fileno(self):
        self._unsupported("fileno")

    def isatty(self):
        self._check_open()
        return False

    def readline(self, size=-1, /):
        size = -1 if size is None else _index(size)
        line = bytearray()
        while size < 0 or len(line) < size:
            c = self.read(1)
            if not c:
                break
            line += c
            if line.endswith(b"\n"):
                break
        return bytes(line)

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def readlines(self, hint=-1, /):
        if hint is None or hint <= 0:
            return list(self)
        lines, size = [], 0
        for line in self:
            lines.append(line)
            size += len(line)
            if size >= hint:
                break
        return lines

    def writelines(self, lines, /):
        self._check_open()
        for line in lines:
            self.write(line)


class IOBase(_IOBase, metaclass=abc.ABCMeta):
    """What all streams have."""


class RawIOBase(IOBase):
    def read(self, size=-1, /):
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        count = self.readinto(buffer)
        return None if count is None else bytes(buffer[:count])

    def readall(self):
        parts = []
        while part := self.read(DEFAULT_BUFFER_SIZE):
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer, /):
        raise NotImplementedError

    def write(self, data, /):
        raise NotImplementedError


class BufferedIOBase(IOBase):
    def read(self, size=-1, /):
        self._unsupported("read")

    def read1(self, size=-1, /):
        self._unsupported("read1")

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readinto1(self, buffer, /):
        data = self.read1(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def write(self, data, /):
        self._unsupported("write")

    def detach(self):
        self._unsupported("detach")


class TextIOBase(IOBase):
    encoding = errors = newlines = None

    def read(self, size=-1, /):
        self._unsupported("read")

    def write(self, text, /):
        self._unsupported("write")

    def readline(self, size=-1, /):
        self._unsupported("readline")

    def detach(self):
        self._unsupported("detach")


# ---- Files ----

class FileIO(RawIOBase):
    _fd = -1

    def __init__(self, file, mode="r", closefd=True, opener=None):
        kinds = [c for c in mode if c in "rwxa"]
        if len(kinds) != 1 or any(c not in "rwxab+" for c in mode) or mode.count("+") > 1:
            if any(c not in "rwxab+" for c in mode):
                raise ValueError(f"invalid mode: {mode}")
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        if isinstance(file, bool) or isinstance(file, float):
            raise TypeError("integer argument expected, got float") if isinstance(file, float) else TypeError("bool")
        self._kind = kinds[0]
        self._reads = self._kind == "r" or "+" in mode
        self._writes = self._kind != "r" or "+" in mode
        self.closefd = closefd
        self.name = file
        flags = {"r": 0, "w": posix.O_CREAT | posix.O_TRUNC, "a": posix.O_CREAT | posix.O_APPEND,
                 "x": posix.O_CREAT | posix.O_EXCL}[self._kind]
        flags |= posix.O_RDWR if self._reads and self._writes else posix.O_RDONLY if self._reads else posix.O_WRONLY
        if isinstance(file, int):
            if file < 0:
                raise ValueError("negative file descriptor")
            posix.stat(file)
            self._fd = file
        else:
            if not closefd:
                raise ValueError("Cannot use closefd=False with file name")
            if opener is not None:
                fd = opener(file, flags)
                if not isinstance(fd, int):
                    raise TypeError("expected integer from opener")
                if fd < 0:
                    raise ValueError(f"opener returned {fd}")
                self._fd = fd
            else:
                self._fd = posix.open(file, flags, 0o666)
            if posix.stat(self._fd)[0] & 0o170000 == 0o040000:
                self.close()
                raise IsADirectoryError(21, "Is a directory", file)
        self._seeks = None
        if self._kind == "a":
            try:
                posix.lseek(self._fd, 0, 2)
            except OSError:
                pass

    @property
    def mode(self):
        if self._kind == "x":
            return "xb+" if self._reads else "xb"
        if self._kind == "a":
            return "ab+" if self._reads else "ab"
        return ("rb+" if self._writes else "rb") if self._reads else "wb"

    def _check_open(self):
        if self._fd < 0:
            raise ValueError("I/O operation on closed file")

    @property
    def closed(self):
        return self._fd < 0

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0 and self.closefd:
            posix.close(fd)

    def __repr__(self):
        if self._fd < 0:
            return "<_io.FileIO [closed]>"
        return f"<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>"

    def readable(self):
        self._check_open()
        return self._reads

    def writable(self):
        self._check_open()
        return self._writes

    def seekable(self):
        self._check_open()
        if self._seeks is None:
            try:
                posix.lseek(self._fd, 0, 1)
                self._seeks = True
            except OSError:
                self._seeks = False
        return self._seeks

    def fileno(self):
        self._check_open()
        return self._fd

    def isatty(self):
        self._check_open()
        return posix.isatty(self._fd)

    def read(self, size=-1, /):
        self._check_open()
        if not self._reads:
            raise UnsupportedOperation("File not open for reading")
        if size is None or size < 0:
            return self.readall()
        return posix.read(self._fd, size)

    def readall(self):
        self._check_open()
        parts = []
        while part := posix.read(self._fd, 64 * 1024):
            parts.append(part)
        return b"".join(parts)

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def write(self, data, /):
        self._check_open()
        if not self._writes:
            raise UnsupportedOperation("File not open for writing")
        return posix.write(self._fd, bytes(data))

    def seek(self, pos, whence=0, /):
        self._check_open()
        return posix.lseek(self._fd, pos, whence)

    def tell(self):
        self._check_open()
        return posix.lseek(self._fd, 0, 1)

    def truncate(self, size=None, /):
        self._check_open()
        if not self._writes:
            raise UnsupportedOperation("File not open for writing")
        if size is None:
            size = self.tell()
        posix.ftruncate(self._fd, size)
        return size


def _bytes_of(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return data if isinstance(data, bytes) else bytes(memoryview(data))


class _Buffered(BufferedIOBase):
    """A raw stream with what was read ahead, and what is still to be written."""
    raw = None

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("invalid buffer size")
        self.raw = raw
        self._size = buffer_size
        self._ahead = b""
        self._place = 0
        self._pending = []
        self._pending_size = 0

    def _stream(self):
        if self.raw is None:
            raise ValueError("raw stream has been detached")
        return self.raw

    @property
    def closed(self):
        return self._stream().closed if self.raw is not None or hasattr(self, "_size") else True

    def _check_open(self, message="I/O operation on closed file."):
        if self._stream().closed:
            raise ValueError(message)

    @property
    def name(self):
        return self._stream().name

    @property
    def mode(self):
        return self._stream().mode

    def __repr__(self):
        kind = f"_io.{type(self).__name__}" if type(self).__module__ == "_io" else type(self).__qualname__
        try:
            return f"<{kind} name={self.name!r}>"
        except (AttributeError, ValueError):
            return f"<{kind}>"

    def readable(self):
        return self._stream().readable()

    def writable(self):
        return self._stream().writable()

    def seekable(self):
        return self._stream().seekable()

    def fileno(self):
        return self._stream().fileno()

    def isatty(self):
        return self._stream().isatty()

    def detach(self):
        raw = self._stream()
        self.flush()
        self.raw = None
        return raw

    def close(self):
        if self.raw is not None and not self.raw.closed:
            try:
                self.flush()
            finally:
                self.raw.close()

    def __del__(self):
        if self.raw is not None and not self.raw.closed:
            self.close()

    # ---- Reading ----

    def _take(self, size):
        begin = self._place
        self._place = min(begin + size, len(self._ahead))
        return self._ahead[begin:self._place]

    def _drop_ahead(self):
        """Goes back to the place up to which was read."""
        left = len(self._ahead) - self._place
        self._ahead, self._place = b"", 0
        if left:
            self.raw.seek(-left, 1)

    def _fill(self):
        self._write_pending()
        self._ahead, self._place = self._stream().read(self._size) or b"", 0
        return bool(self._ahead)

    def read(self, size=-1, /):
        self._check_open("read of closed file")
        self._check_readable("read")
        if size is None or size == -1:
            self._write_pending()
            parts = [self._take(len(self._ahead))]
            rest = self.raw.readall() if hasattr(self.raw, "readall") else self.raw.read()
            parts.append(rest or b"")
            return b"".join(parts)
        if size < -1:
            raise ValueError("read length must be non-negative or -1")
        data = self._take(size)
        if len(data) == size:
            return data
        parts = [data]
        left = size - len(data)
        while left and self._fill():
            parts.append(self._take(left))
            left -= len(parts[-1])
        return b"".join(parts)

    def read1(self, size=-1, /):
        self._check_open("read of closed file")
        if size < 0:
            size = self._size
        if self._place == len(self._ahead) and not self._fill():
            return b""
        return self._take(size)

    def peek(self, size=0, /):
        self._check_open("peek of closed file")
        if self._place == len(self._ahead):
            self._fill()
        return self._ahead[self._place:]

    def readline(self, size=-1, /):
        self._check_open("readline of closed file")
        self._check_readable("read")
        size = -1 if size is None else size
        parts, left = [], size
        while True:
            if self._place == len(self._ahead) and not self._fill():
                break
            end = self._ahead.find(b"\n", self._place) + 1
            wanted = (end or len(self._ahead)) - self._place
            if size >= 0:
                wanted = min(wanted, left)
                left -= wanted
            parts.append(self._take(wanted))
            if parts[-1].endswith(b"\n") or (size >= 0 and left == 0):
                break
        return b"".join(parts)

    # ---- Writing ----

    def write(self, data, /):
        self._check_open("write to closed file")
        self._check_writable("write")
        data = _bytes_of(data)
        if self._place < len(self._ahead):
            self._drop_ahead()
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size > self._size:
            self._write_pending()
        return len(data)

    def _write_pending(self):
        if not self._pending:
            return
        data = b"".join(self._pending)
        self._pending, self._pending_size = [], 0
        while data:
            count = self._stream().write(data)
            if count is None:
                raise BlockingIOError(11, "write could not complete without blocking", 0)
            data = data[count:]

    def flush(self):
        self._check_open("flush of closed file")
        self._write_pending()
        if self._place < len(self._ahead) and self.raw.seekable() and self.raw.writable():
            self._drop_ahead()

    def seek(self, pos, whence=0, /):
        self._check_open("seek of closed file")
        if whence not in (0, 1, 2):
            raise ValueError(f"whence value {whence} unsupported")
        if not self.raw.seekable():
            raise UnsupportedOperation("File or stream is not seekable.")
        self._write_pending()
        if whence == 1:
            pos -= len(self._ahead) - self._place
        self._ahead, self._place = b"", 0
        return self.raw.seek(pos, whence)

    def tell(self):
        self._check_open()
        return self.raw.tell() - (len(self._ahead) - self._place) + self._pending_size

    def truncate(self, pos=None, /):
        self._check_open("truncate of closed file")
        self._check_writable("truncate")
        self.flush()
        return self.raw.truncate(self.tell() if pos is None else pos)


class BufferedReader(_Buffered):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise UnsupportedOperation("File or stream is not readable.")
        super().__init__(raw, buffer_size)

    def write(self, data, /):
        self._unsupported("write")


class BufferedWriter(_Buffered):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise UnsupportedOperation("File or stream is not writable.")
        super().__init__(raw, buffer_size)

    def read(self, size=-1, /):
        self._unsupported("read")


class BufferedRandom(_Buffered):
    """A buffer of a stream that is read and written at any place."""


class BufferedRWPair(BufferedIOBase):
    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self.reader.read(size)

    def read1(self, size=-1, /):
        return self.reader.read1(size)

    def peek(self, size=0, /):
        return self.reader.peek(size)

    def readline(self, size=-1, /):
        return self.reader.readline(size)

    def write(self, data, /):
        return self.writer.write(data)

    def flush(self):
        return self.writer.flush()

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    @property
    def closed(self):
        return self.writer.closed


class BytesIO(BufferedIOBase):
    def __init__(self, initial_bytes=b""):
        self._buffer = bytearray(b"" if initial_bytes is None else initial_bytes)
        self._place = 0

    def _check_open(self):
        if self._closed:
            raise ValueError("I/O operation on closed file.")

    def __repr__(self):
        return f"<_io.BytesIO object at {id(self):#x}>"

    def getvalue(self):
        self._check_open()
        return bytes(self._buffer)

    def getbuffer(self):
        self._check_open()
        return memoryview(self._buffer)

    def close(self):
        self._closed = True
        self._buffer = bytearray()

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    def flush(self):
        self._check_open()

    def read(self, size=-1, /):
        self._check_open()
        begin = self._place
        if size is None:
            size = -1
        size = _index(size)
        end = len(self._buffer) if size < 0 else min(begin + size, len(self._buffer))
        self._place = max(begin, end)
        return bytes(self._buffer[begin:end])

    read1 = read

    def readline(self, size=-1, /):
        self._check_open()
        end = self._buffer.find(b"\n", self._place) + 1 or len(self._buffer)
        if size is not None and size >= 0:
            end = min(end, self._place + size)
        begin, self._place = self._place, max(self._place, end)
        return bytes(self._buffer[begin:end])

    def write(self, data, /):
        self._check_open()
        data = _bytes_of(data)
        begin = self._place
        if data and begin > len(self._buffer):
            self._buffer += bytes(begin - len(self._buffer))
        if data:
            self._buffer[begin:begin + len(data)] = data
        self._place = begin + len(data)
        return len(data)

    def seek(self, pos, whence=0, /):
        self._check_open()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"negative seek value {pos}")
            self._place = pos
        elif whence in (1, 2):
            self._place = max(0, (self._place if whence == 1 else len(self._buffer)) + pos)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        return self._place

    def tell(self):
        self._check_open()
        return self._place

    def truncate(self, size=None, /):
        self._check_open()
        if size is None:
            size = self._place
        elif size < 0:
            raise ValueError(f"negative size value {size}")
        del self._buffer[size:]
        return size


# ---- Text ----

def _line_end(text, begin, newline):
    """Where the line of `text` from `begin` on ends, its end included; 0 if it does not."""
    if newline:
        found = text.find(newline, begin)
        return found + len(newline) if found >= 0 else 0
    found = text.find("\n", begin)
    if newline is None:
        return found + 1
    # Every kind of line end, none of them changed.
    back = text.find("\r", begin, found if found >= 0 else len(text))
    if back < 0:
        return found + 1
    return back + 2 if text.startswith("\n", back + 1) else back + 1


class StringIO(TextIOBase):
    def __init__(self, initial_value="", newline="\n"):
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"newline must be str or None, not {type(newline).__name__}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._newline = newline
        self._parts = []
        self._text = ""
        self._place = 0
        if initial_value:
            self.write(initial_value)
            self._place = 0

    def __repr__(self):
        return f"<_io.StringIO object at {id(self):#x}>"

    def _whole(self):
        if self._parts:
            self._text += "".join(self._parts)
            self._parts.clear()
        return self._text

    def _check_open(self):
        if self._closed:
            raise ValueError("I/O operation on closed file")

    def getvalue(self):
        self._check_open()
        return self._whole()

    def close(self):
        self._closed = True
        self._text = ""
        self._parts = []

    def flush(self):
        self._check_open()

    def readable(self):
        self._check_open()
        return True

    writable = seekable = readable

    @property
    def line_buffering(self):
        self._check_open()
        return False

    def write(self, text, /):
        self._check_open()
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got '{type(text).__name__}'")
        size = len(text)
        if self._newline is None:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        elif self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        if self._place is None:
            self._parts.append(text)
            return size
        whole = self._whole()
        if self._place == len(whole):
            self._parts.append(text)
            self._place = None  # at the end, wherever that is
            return size
        whole = whole.ljust(self._place, "\0")
        self._text = whole[:self._place] + text + whole[self._place + len(text):]
        self._place += len(text)
        return size

    def _where(self):
        return len(self._whole()) if self._place is None else self._place

    def read(self, size=-1, /):
        self._check_open()
        text, begin = self._whole(), self._where()
        if size is None:
            size = -1
        size = _index(size)
        end = len(text) if size < 0 else min(begin + size, len(text))
        self._place = max(begin, end)
        return text[begin:end]

    def readline(self, size=-1, /):
        self._check_open()
        text, begin = self._whole(), self._where()
        end = _line_end(text, begin, self._newline) or len(text)
        if size is not None and size >= 0:
            end = min(end, begin + size)
        self._place = max(begin, end)
        return text[begin:end]

    def seek(self, pos, whence=0, /):
        self._check_open()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"Negative seek position {pos}")
            self._place = pos
        elif whence not in (1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        elif pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        elif whence == 2:
            self._place = len(self._whole())
        return self._where()

    def tell(self):
        self._check_open()
        return self._where()

    def truncate(self, size=None, /):
        self._check_open()
        if size is None:
            size = self._where()
        elif size < 0:
            raise ValueError(f"Negative size value {size}")
        place = self._where()
        self._text = self._whole()[:size]
        self._place = place
        return size


def _complete_size(data, encoding):
    """How many bytes of `data` end with a whole character."""
    if encoding not in ("utf-8", "utf8", "utf_8"):
        return len(data)
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            return len(data)
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if back < needed else len(data)
    return len(data)


class TextIOWrapper(TextIOBase):
    buffer = None
    _chunk = 8192

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"illegal newline type: {type(newline)}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline}")
        encoding = "UTF-8" if encoding in (None, "locale") else encoding
        "".encode(encoding)
        self.encoding = encoding
        self.errors = "strict" if errors is None else errors
        self.buffer = buffer
        self.line_buffering = line_buffering
        self.write_through = write_through
        self._newline = newline
        self._codec = encoding.lower()
        self._text = ""  # decoded, and not yet read from `_place` on
        self._place = 0
        self._rest = b""  # the begin of a character
        self._start = None  # where in the file `_text` began, with the rest before it
        self._ends = set()

    def __repr__(self):
        parts = ["<_io.TextIOWrapper"]
        try:
            parts.append(f"name={self.name!r}")
        except (AttributeError, ValueError):
            pass
        try:
            parts.append(f"mode={self.mode!r}")
        except AttributeError:
            pass
        parts.append(f"encoding={self.encoding!r}>")
        return " ".join(parts)

    @property
    def name(self):
        return self.buffer.name

    @property
    def closed(self):
        return True if self.buffer is None else self.buffer.closed

    @property
    def newlines(self):
        found = [end for end in ("\n", "\r", "\r\n") if end in self._ends]
        if not found:
            return None
        return found[0] if len(found) == 1 else tuple(end for end in ("\r", "\n", "\r\n") if end in self._ends)

    def _check_open(self):
        if self.buffer is None:
            raise ValueError("underlying buffer has been detached")
        if self.buffer.closed:
            raise ValueError("I/O operation on closed file.")

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        self._check_open()
        return self.buffer.isatty()

    def flush(self):
        self._check_open()
        self.buffer.flush()

    def close(self):
        if self.buffer is not None and not self.buffer.closed:
            self.buffer.close()

    def __del__(self):
        if self.buffer is not None and not self.buffer.closed:
            self.close()

    def detach(self):
        self._check_open()
        self.flush()
        buffer, self.buffer = self.buffer, None
        return buffer

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        self.flush()
        if encoding is not None:
            self.encoding = encoding
            self._codec = encoding.lower()
        if errors is not None:
            self.errors = errors
        if newline is not None:
            self._newline = newline
        if line_buffering is not None:
            self.line_buffering = bool(line_buffering)
        if write_through is not None:
            self.write_through = bool(write_through)

    # ---- Writing ----

    def write(self, text, /):
        self._check_open()
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if not self.buffer.writable():
            raise UnsupportedOperation("not writable")
        self._drop_ahead()
        size = len(text)
        has_line_end = "\n" in text or "\r" in text
        if self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        self.buffer.write(text.encode(self.encoding, self.errors))
        if self.write_through or (self.line_buffering and has_line_end):
            self.buffer.flush()
        return size

    # ---- Reading ----

    def _drop_ahead(self):
        if self._start is None:
            return
        if self._place < len(self._text) or self._rest:
            self.buffer.seek(self.tell())
        self._text, self._place, self._rest, self._start = "", 0, b"", None

    def _decoded(self, data, is_last):
        data = self._rest + data
        size = len(data) if is_last else _complete_size(data, self._codec)
        self._rest = data[size:]
        text = data[:size].decode(self.encoding, self.errors)
        if self._newline in (None, ""):
            if not is_last and text.endswith("\r"):  # perhaps the first half of an end
                self._rest = b"\r" + self._rest
                text = text[:-1]
            if "\r" in text:
                self._ends.update(end for end, has in (("\r\n", "\r\n" in text),
                                                       ("\r", "\r" in text.replace("\r\n", "")),
                                                       ("\n", "\n" in text.replace("\r\n", ""))) if has)
                if self._newline is None:
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
            elif "\n" in text:
                self._ends.add("\n")
        return text

    def _fill(self):
        """Reads on. False at the end."""
        self._check_open()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")
        left = self._text[self._place:]
        if not left:
            try:
                self._start = (self.buffer.tell() - len(self._rest)) if self.buffer.seekable() else 0
            except OSError:
                self._start = 0
        else:
            self._start += len(self._raw_of(self._text[:self._place]))
        data = self.buffer.read1(self._chunk)
        self._text, self._place = left + self._decoded(data, not data), 0
        return bool(data) or len(self._text) > len(left)

    def _raw_of(self, text):
        """The bytes that a part of the text was decoded from."""
        if self._newline is None and "\r\n" in self._ends and len(self._ends) == 1:
            text = text.replace("\n", "\r\n")
        return text.encode(self.encoding, self.errors)

    def read(self, size=-1, /):
        self._check_open()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")
        size = -1 if size is None else _index(size)
        if size < 0:
            left = self._text[self._place:]
            text = left + self._decoded(self.buffer.read(), True)
            self._text, self._place, self._start = "", 0, None
            return text
        while len(self._text) - self._place < size and self._fill():
            pass
        begin = self._place
        self._place = min(begin + size, len(self._text))
        return self._text[begin:self._place]

    def readline(self, size=-1, /):
        self._check_open()
        if not self.buffer.readable():
            raise UnsupportedOperation("not readable")
        size = -1 if size is None else _index(size)
        while True:
            end = _line_end(self._text, self._place, self._newline)
            if end or (size >= 0 and len(self._text) - self._place >= size) or not self._fill():
                break
        end = end or len(self._text)
        if size >= 0:
            end = min(end, self._place + size)
        begin, self._place = self._place, end
        return self._text[begin:end]

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def tell(self):
        self._check_open()
        if not self.buffer.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        if self._start is None:
            self.buffer.flush()
            return self.buffer.tell()
        return self._start + len(self._raw_of(self._text[:self._place]))

    def seek(self, cookie, whence=0, /):
        self._check_open()
        if not self.buffer.seekable():
            raise UnsupportedOperation("underlying stream is not seekable")
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), 0
        elif whence == 2:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
        elif whence != 0:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        elif cookie < 0:
            raise ValueError(f"negative seek position {cookie}")
        self.buffer.flush()
        self._text, self._place, self._rest, self._start = "", 0, b"", None
        return self.buffer.seek(cookie, whence)

    def truncate(self, pos=None, /):
        self.flush()
        return self.buffer.truncate(self.tell() if pos is None else pos)


def _path(file):
    if isinstance(file, (str, bytes, int)):
        return file
    method = getattr(type(file), "__fspath__", None)
    if method is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(file).__name__}")
    return method(file)


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if posix is None:
        raise PermissionError("files are not allowed")
    file = _path(file)
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if any(c not in "rwaxbt+" for c in mode) or len(set(mode)) != len(mode):
        raise ValueError(f"invalid mode: {mode!r}")
    is_binary = "b" in mode
    kinds = [c for c in mode if c in "rwax"]
    if "t" in mode and is_binary:
        raise ValueError("can't have text and binary mode at once")
    if len(kinds) > 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if not kinds:
        raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
    for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
        if is_binary and value is not None:
            raise ValueError(f"binary mode doesn't take {'an' if name[0] == 'e' else 'a'} {name} argument")
    raw = FileIO(file, kinds[0] + ("+" if "+" in mode else ""), closefd, opener)
    try:
        is_terminal = buffering < 0 and raw.isatty()
        is_line_buffered = buffering == 1 and not is_binary or is_terminal
        if buffering == 0:
            if is_binary:
                return raw
            raise ValueError("can't have unbuffered text I/O")
        size = buffering if buffering > 1 else DEFAULT_BUFFER_SIZE
        kind = BufferedRandom if "+" in mode else BufferedReader if kinds[0] == "r" else BufferedWriter
        buffer = kind(raw, size)
        if is_binary:
            return buffer
        text = TextIOWrapper(buffer, encoding, errors, newline, is_line_buffered)
        text.mode = mode
        return text
    except BaseException:
        raw.close()
        raise


def open_code(path):
    return open(path, "rb")


def text_encoding(encoding, stacklevel=2):
    """What an encoding of None stands for."""
    return "utf-8" if encoding is None else encoding


for _kind in (FileIO, BytesIO, StringIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair, TextIOWrapper):
    _kind.__module__ = "_io"
del _kind
