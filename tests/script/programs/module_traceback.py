"""The modules traceback, warnings and linecache."""
import io
import linecache
import sys
import traceback
import warnings
from module_support import told


def fails(x):
    return 1 / x


def chained():
    try:
        fails(0)
    except ZeroDivisionError as error:
        raise KeyError("wrapped") from error


def in_context():
    try:
        fails(0)
    except ZeroDivisionError:
        [][5]


for function in (lambda: fails(0), chained, in_context, lambda: int("x") + 1, lambda: {}["a"]["b"], lambda: undefined_name,
                 lambda: "".uppr):
    try:
        function()
    except Exception as error:
        print(traceback.format_exc())
        print(traceback.format_exception_only(error), len(traceback.format_exception(error)),
              len(traceback.extract_tb(error.__traceback__)))
        last = traceback.extract_tb(error.__traceback__)[-1]
        print(last.name, last.lineno, last.line, tuple(last)[2:])
        print("".join(traceback.format_exception(error, chain=False)), "".join(traceback.format_tb(error.__traceback__, 1)))


def recursive(n):
    return recursive(n - 1) if n else 1 / 0


try:
    recursive(20)
except ZeroDivisionError:
    print(traceback.format_exc(limit=3), traceback.format_exc())
try:
    compile("x = = 1", "<text>", "exec")
except SyntaxError as error:
    print("".join(traceback.format_exception_only(error)))
error = ValueError("noted")
error.add_note("a note\nof two lines")
print("".join(traceback.format_exception(error)), traceback.format_exception(None),
      traceback.format_exception_only(ValueError()))
try:
    raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), KeyError("k")])])
except ExceptionGroup as group:
    print(traceback.format_exc())
out = io.StringIO()
try:
    fails(0)
except ZeroDivisionError as error:
    traceback.print_exc(file=out)
    traceback.print_exception(error, file=out)
    traceback.print_tb(error.__traceback__, file=out)
    te = traceback.TracebackException.from_exception(error)
    print(out.getvalue(), str(te), te.exc_type, [frame.name for frame in te.stack])
told(traceback.format_exception, 5)


def stack():
    return traceback.extract_stack(), traceback.format_stack(limit=1)


summary, formatted = stack()
print([frame.name for frame in summary][-2:], formatted,
      [frame.f_code.co_name for frame, _ in traceback.walk_stack(sys._getframe())])
print(traceback.format_list([("file.py", 3, "f", "x = 1"), ("file.py", 4, "g", None)]))
print(traceback.FrameSummary("f.py", 1, "name", line="text"), linecache.getline(__file__, 1),
      repr(linecache.getline("/no/such", 1)))

with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("careful")
    warnings.warn("old", DeprecationWarning)
    warnings.warn(UserWarning("made"))
    print([(str(each.message), each.category.__name__, each.filename == __file__, each.lineno) for each in seen])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    told(warnings.warn, "raised")
with warnings.catch_warnings(record=True) as seen:
    warnings.resetwarnings()
    warnings.filterwarnings("ignore", "quiet")
    warnings.filterwarnings("always", category=RuntimeWarning)
    for _ in range(2):
        warnings.warn("quiet please")
        warnings.warn("loud", RuntimeWarning)
        warnings.warn("default")
    print([str(each.message) for each in seen])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("once")
    for _ in range(3):
        warnings.warn("only once")
    print(len(seen))
print(warnings.formatwarning("text", UserWarning, "file.py", 7, "source line"), end="")
told(warnings.warn, "x", int)
told(warnings.simplefilter, "unknown")
old = sys.stderr
sys.stderr = io.StringIO()
warnings.warn("to the stream")
shown = sys.stderr.getvalue()
sys.stderr = old
print(shown.replace(__file__, "FILE"))
