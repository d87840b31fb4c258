"""Runs one of CPython's test files under the Python that runs this, and writes what comes of each test, a line each.

    ouro drive.py FOLDER MODULE RESULTS

FOLDER has CPython's package test; MODULE is test.test_gc, say. RESULTS is a file to which lines are added: "begun",
"passed", "failed", "error", "skipped", each with the test and a text; "total" with a number; "refused" with the error of the
import. Tests that stand in RESULTS already are not run again, so that a test which ends or hangs the program costs only itself.
"""

import importlib
import sys
import unittest


class Result(unittest.TestResult):
    """Writes a test's outcome when it ends: the worst of what was reported about it."""

    def __init__(self, report):
        super().__init__()
        self.report = report
        self.worst = None

    def startTest(self, test):
        super().startTest(test)
        self.worst = ("passed", "")
        self.report("begun", test.id())

    def stopTest(self, test):
        super().stopTest(test)
        self.report(self.worst[0], test.id(), self.worst[1])

    def note(self, word, text):
        """A failure stays; a part that was skipped makes the test a skipped one only if nothing else is known."""
        if self.worst is None or self.worst[0] == "passed":
            self.worst = (word, text)

    def addFailure(self, test, err):
        self.note("failed", said(err))

    def addError(self, test, err):
        if isinstance(test, unittest.TestCase):
            self.note("error", said(err))
        else:  # what prepares a class or module
            self.report("prepared", test.id(), said(err))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note("failed" if issubclass(err[0], test.failureException) else "error", said(err))

    def addSkip(self, test, reason):
        if isinstance(test, unittest.TestCase):
            self.note("skipped", reason)
        else:
            self.report("prepared", test.id(), "skipped: " + reason)

    def addExpectedFailure(self, test, err):
        pass

    def addUnexpectedSuccess(self, test):
        self.note("failed", "unexpected success")


def said(err):
    """The type and the first line of an exception."""
    try:
        lines = str(err[1]).splitlines()
    except Exception:
        lines = ["(its text cannot be had)"]
    return f"{err[0].__name__}: {lines[0] if lines else ''}"[:200]


def tests_of(suite):
    """The tests of a suite and of those in it, in order."""
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from tests_of(each)
        else:
            yield each


def main():
    folder, module, path = sys.argv[1:]
    sys.path[0] = folder
    with open(path, encoding="utf-8", errors="replace") as lines:
        known = {line.split("\t")[1] for line in lines if line.startswith("begun\t")}
    with open(path, "a", encoding="utf-8", errors="replace") as out:
        def report(word, name, text=""):
            text = str(text).encode("ascii", "replace").decode().replace("\n", " ").replace("\t", " ")
            out.write(f"{word}\t{name}\t{text}\n")
            out.flush()
        sys.argv[1:] = []
        try:
            tests = list(tests_of(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(module))))
        except BaseException:
            report("refused", module, said(sys.exc_info()))
            return
        report("total", str(len(tests)))
        unittest.TestSuite([test for test in tests if test.id() not in known])(Result(report))
        report("ended", module)


if __name__ == "__main__":
    main()
