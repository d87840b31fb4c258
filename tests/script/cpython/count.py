#!/usr/bin/env python3
"""Runs CPython's own test files, unmodified, under `ouro`, and counts what passes.

    count.py OURO [FILE ...]              prints what does not pass, and the table
    count.py OURO --page docs/language.md      writes the table between the marks in the page
    count.py OURO --check docs/language.md     compares with the page: 0 as many pass as it says, 1 fewer,
                                               77 the tests are not installed

The files are those of the `test` package of a CPython 3.11 (Debian: libpython3.11-testsuite), found by --tests DIR, the
variable OURO_CPYTHON_TESTS, or beside a Python of this machine. --check runs only the files that take little time.
"""

import argparse
import glob
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FILES = ("gc finalization weakref weakset generators scope with raise exceptions class descr super property dict list tuple "
         "int float bool set bytes range slice iter threading queue thread sched contextlib functools itertools "
         "collections").split()
SLOW = {"itertools", "set", "threading", "thread", "queue", "weakref", "list", "tuple", "gc", "bytes", "exceptions", "descr"}
BEGIN, END = "<!-- tests of CPython: begin -->", "<!-- tests of CPython: end -->"
NOT_RUN = 77
MEMORY = 4 << 30


def folder_of_tests(wanted):
    """The folder of CPython's tests, or None."""
    candidates = [wanted, os.environ.get("OURO_CPYTHON_TESTS"), "/usr/lib/python3.11/test"]
    candidates += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.11.*/lib/python3.11/test")))
    for each in candidates:
        if each and os.path.exists(os.path.join(each, "test_gc.py")):
            return pathlib.Path(each)
    return None


def version_of(tests):
    """The version of the Python to which a folder of tests belongs."""
    for prefix in (tests.parents[2], pathlib.Path("/usr")):
        header = prefix / "include" / "python3.11" / "patchlevel.h"
        if header.exists():
            return re.search(r'PY_VERSION\s+"([^"]*)"', header.read_text()).group(1)
    found = subprocess.run([str(tests.parents[2] / "bin" / "python3.11"), "-V"], capture_output=True, text=True, check=False)
    return found.stdout.split()[-1] if found.stdout else "unknown"


def make_package(folder, tests):
    """A package `test` with CPython's files, but with the `test.support` that is part of ouro."""
    package = folder / "test"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for each in tests.iterdir():
        if each.name not in ("__init__.py", "__pycache__", "support"):
            (package / each.name).symlink_to(each)


class Run:
    """One file's results: the outcome and text of each test."""

    def __init__(self, name):
        self.name = name
        self.outcomes = {}
        self.total = 0
        self.refused = None
        self.prepared = []
        self.seconds = 0.0

    def read(self, path):
        """Reads the lines that drive.py wrote. Gives the test that has begun and not ended, and whether all is done."""
        open_test, ended = None, False
        for line in path.read_text(errors="replace").splitlines():
            word, name, text = (line.split("\t") + ["", ""])[:3]
            if word == "begun":
                open_test = name
            elif word == "total":
                self.total = int(name)
            elif word == "refused":
                self.refused, ended = text, True
            elif word == "prepared":
                self.prepared.append(f"{name}: {text}")
            elif word == "ended":
                ended = True
            else:
                self.outcomes[name] = (word, text)
                open_test = None
        return open_test, ended

    def count(self, *words):
        return sum(word in words for word, _ in self.outcomes.values())

    @property
    def failed(self):
        """Whatever did not pass, was not skipped, or was never reached."""
        return max(self.total, len(self.outcomes)) - self.count("passed", "skipped")


def run_once(ouro, name, folder, results, limit):
    """Runs until the end, or until nothing is written for `limit` seconds. Gives what ended it."""
    work = folder / "work"
    work.mkdir(exist_ok=True)
    with open(folder / f"{name}.output", "ab") as output:
        command = [ouro, "--memory-limit", str(MEMORY), HERE / "drive.py", folder, f"test.test_{name}", results]
        process = subprocess.Popen(command, cwd=work, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        size, since = -1, time.monotonic()
        while process.poll() is None:
            time.sleep(0.02)
            now = results.stat().st_size
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > limit:
                process.kill()
                process.wait()
                return f"hung: nothing within {limit} s"
    return f"crashed: signal {-process.returncode}" if process.returncode < 0 else f"left with status {process.returncode}"


def run_file(ouro, name, folder, limit):
    """Runs a file, again without what ended or hung the program, as often as it takes."""
    run, begin = Run(name), time.monotonic()
    results = folder / f"{name}.results"
    results.write_text("")
    for _ in range(40):
        ending = run_once(ouro, name, folder, results, limit)
        open_test, ended = run.read(results)
        if open_test is not None:
            with open(results, "a", encoding="utf-8") as lines:
                lines.write(f"stopped\t{open_test}\t{ending}\n")
            run.read(results)
        elif ended:
            break
        else:
            run.refused = run.refused or ending
            break
    run.seconds = time.monotonic() - begin
    return run


def table(runs, version):
    """The lines between the marks."""
    lines = [BEGIN, f"Python {version}'s files; \"stopped\" is a test that ended the program or hung.", "",
             "| File | Passed | Failed | Stopped | Skipped | What stops the import |", "|---|---|---|---|---|---|"]
    for run in runs:
        stopped = run.count("stopped")
        refused = (run.refused or "").replace("|", "/")
        cells = (run.count("passed"), run.failed - stopped, stopped, run.count("skipped"), refused)
        lines.append(f"| test_{run.name} | " + " | ".join(map(str, cells)) + " |")
    sums = [sum(values) for values in zip(*((run.count("passed"), run.failed - run.count("stopped"), run.count("stopped"),
                                            run.count("skipped")) for run in runs))]
    lines += ["| **all** | " + " | ".join(map(str, sums)) + " | |", END]
    return lines


def rows_of(lines):
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| test_")]
    return {name: rest for name, *rest in cells}


def write_page(page, lines):
    text = page.read_text()
    if BEGIN not in text or END not in text:
        sys.exit(f"{page} has no marks")
    page.write_text(text[:text.index(BEGIN)] + "\n".join(lines) + text[text.index(END) + len(END):])


def compare(page, runs, version):
    """Tells what differs from the page: 1 if fewer tests pass or more end the program."""
    lines = page.read_text().splitlines()
    if not any(line.startswith(f"Python {version}'s files") for line in lines):
        print(f"the page was made with the tests of another Python than {version}")
        return NOT_RUN
    expected, found = rows_of(lines), rows_of(table(runs, version))
    is_worse = False
    for name, row in found.items():
        before = expected.get(name)
        if row != before:
            print(f"{name}: the page says {before}, now {row}")
        is_worse = is_worse or before is None or int(row[0]) < int(before[0]) or int(row[2]) > int(before[2])
    return 1 if is_worse else 0


def show(runs):
    for run in runs:
        for text in run.prepared:
            print(f"test_{run.name}: prepared: {text}")
        for test, (word, text) in run.outcomes.items():
            if word not in ("passed", "skipped"):
                print(f"test_{run.name}: {word}: {test.removeprefix(f'test.test_{run.name}.')}: {text}")


def main():
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("ouro")
    reader.add_argument("files", nargs="*")
    reader.add_argument("--tests")
    reader.add_argument("--page", type=pathlib.Path)
    reader.add_argument("--check", type=pathlib.Path)
    reader.add_argument("--limit", type=float, default=60, help="seconds in which a test must end")
    given = reader.parse_args()
    tests = folder_of_tests(given.tests)
    if tests is None:
        print("CPython's own tests are not installed (Debian: libpython3.11-testsuite)")
        return NOT_RUN
    names = [each.removeprefix("test_").removesuffix(".py") for each in given.files] or FILES
    if given.check:
        names = [each for each in names if each not in SLOW]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        make_package(folder, tests)
        runs = []
        for name in names:
            run = run_file(os.path.abspath(given.ouro), name, folder, given.limit)
            print(f"test_{name}: {run.count('passed')} of {run.total} passed, {run.seconds:.1f} s", flush=True)
            runs.append(run)
    show(runs)
    lines = table(runs, version_of(tests))
    if given.page:
        write_page(given.page, lines)
    if given.check:
        return compare(given.check, runs, version_of(tests))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
