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


# ---- Limits, stacks, what ended a line, and frames that are cleared ----

def deep(n):
    kept = "local"
    return deep(n - 1) if n else 1 / 0 + len(kept)


def names(summary):
    return [(each.name, each.line) for each in summary]


try:
    deep(3)
except ZeroDivisionError as error:
    caught = error
for limit in (None, 0, 1, 2, -1, -2, 99, -99):
    print(limit, names(traceback.extract_tb(caught.__traceback__, limit)),
          len(traceback.format_exception(caught, limit=limit)))
for limit in (2, -5, 0, None):
    sys.tracebacklimit = limit
    print(limit, names(traceback.extract_tb(caught.__traceback__)), len(traceback.extract_tb(caught.__traceback__, 3)))
del sys.tracebacklimit


def stacked(n):
    if n:
        return stacked(n - 1)
    frames = [frame.f_code.co_name for frame, _ in traceback.walk_stack(None)]
    return ([each.name for each in traceback.extract_stack()], [each.name for each in traceback.extract_stack(limit=2)],
            [each.name for each in traceback.extract_stack(sys._getframe().f_back, limit=-1)], len(traceback.format_stack()),
            frames[-1])


print(stacked(2))
out = io.StringIO()
traceback.print_exc(file=out)
traceback.print_tb(caught.__traceback__, 1, file=out)
traceback.print_list([("file.py", 3, "name", "text"), traceback.FrameSummary("other.py", None, "f")], file=out)
traceback.print_exception(caught, limit=-1, file=out, chain=False)
told(traceback.print_last)
sys.last_type, sys.last_value, sys.last_traceback = type(caught), caught, None
traceback.print_last(file=out)
traceback.TracebackException.from_exception(caught, limit=1).print(file=out)
print(out.getvalue().replace(__file__, "FILE"))
print(repr(traceback.format_exc()), traceback.FrameSummary("no such file", 5, "n").line,
      traceback.FrameSummary("f", None, "n").line, traceback.FrameSummary("f", 1, "n", line="  text ").line)
traceback.clear_frames(caught.__traceback__)
print([sorted(frame.f_locals) for frame, _ in traceback.walk_tb(caught.__traceback__.tb_next)])
traceback.clear_frames(None)

# ---- Filters of warnings ----

for arguments, names_given in [(("nothing",), {}), (("error",), {"message": 5}), (("error",), {"module": 5}),
                               (("error",), {"category": 5}), (("error",), {"category": int}), (("error",), {"lineno": -1}),
                               (("error",), {"lineno": "a"})]:
    told(warnings.filterwarnings, *arguments, **names_given)
with warnings.catch_warnings(record=True) as seen:
    warnings.resetwarnings()
    warnings.filterwarnings("ignore", "quiet", module="here")
    warnings.filterwarnings("error", category=FutureWarning, lineno=7)
    warnings.filterwarnings("always", append=True)
    for text, category, module, line in [("quiet", UserWarning, "here", 1), ("Quiet too", UserWarning, "here", 1),
                                         ("quiet", UserWarning, "there", 1), ("a", FutureWarning, "here", 7),
                                         ("a", FutureWarning, "here", 8), (FutureWarning("b"), None, "here", 7)]:
        told(warnings.warn_explicit, text, category, "some/file.py", line, module)
    told(warnings.warn_explicit, "default module", UserWarning, "some/File.PY", 5)
    warnings.filterwarnings("ignore", "^[a-c]+ (is|was) OLD", module=r"old\..*")
    warnings.filterwarnings("error", ".*never")
    for text, module in [("abc is old", "old.one"), ("abc is old", "new"), ("d is old", "old.one"), ("say never", "old.one")]:
        told(warnings.warn_explicit, text, UserWarning, "some/file.py", 9, module)
    told(warnings.warn_explicit, "no file", UserWarning, "", 5)
    told(warnings.warn, "far", UserWarning, 1000)
    told(warnings.warn, "none", None)
    told(warnings.warn, "x", 5)
    told(warnings.warn, DeprecationWarning("own class"), UserWarning)
    registry = {}
    warnings.simplefilter("module")
    for line in (1, 1, 2):
        warnings.warn_explicit("m", UserWarning, "f", line, registry=registry)
    warnings.simplefilter("default")
    for line in (3, 3, 4):
        warnings.warn_explicit("d", UserWarning, "f", line, registry=registry)
    print([(str(each.message), each.category.__name__, each.lineno if each.lineno < 60 else 0) for each in seen])
print(warnings.WarningMessage("m", UserWarning, "f", 1, line="l"), warnings.WarningMessage("m", None, "f", 1).source)
manager = warnings.catch_warnings(record=True)
print(manager)
told(manager.__exit__)
with manager as log:
    told(manager.__enter__)
    warnings.warn("logged")
print(warnings.catch_warnings(), len(log))
