#!/usr/bin/env python3.11
"""Makes objects/text/detail/case_tables.inc, what upper, lower, title and casefold of str need, from Python's own behaviour.

    python3.11 tools/make_case_tables.py objects/text/detail/case_tables.inc

Run it with the Python whose behaviour is wanted: the tables in the tree are those of Python 3.11, Unicode 14.0, and the script
refuses any other version. The tests compare the result with a running Python where there is one.
"""

import sys
import unicodedata

UNICODE_VERSION = "14.0.0"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
SIGMA = "\u03a3"


def mapping(convert):
    """The code points that change: to one other (dict to int), or to several (dict to str)."""
    single, several = {}, {}
    for c in SCALARS:
        result = convert(chr(c))
        if result == chr(c):
            continue
        if len(result) == 1:
            single[c] = ord(result)
        else:
            several[c] = result
    return single, several


def shifts(single):
    """Runs of code points, one or two apart, that all move by one distance: first, last, step, distance."""
    runs = []
    for c, target in sorted(single.items()):
        distance = target - c
        if runs:
            first, last, step, same = runs[-1]
            if same == distance and c - last in ((1, 2) if first == last else (step,)):
                runs[-1] = [first, c, c - last, same]
                continue
        runs.append([c, c, 1, distance])
    return runs


def differences(convert, base):
    """What `convert` does to the code points to which `base` does something else."""
    single, several = {}, {}
    for c in SCALARS:
        result = convert(chr(c))
        if result == base(chr(c)):
            continue
        if len(result) == 1:
            single[c] = ord(result)
        else:
            several[c] = result
    return single, several


def ranges(wanted):
    found = []
    for c in SCALARS:
        if not wanted(chr(c)):
            continue
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def final_sigma(before):
    return (before + SIGMA).lower().endswith("\u03c2")


def rows(items, per_row=6):
    for start in range(0, len(items), per_row):
        yield "    " + " ".join(items[start : start + per_row])


def table(declaration, items):
    yield f"constexpr {declaration}[{len(items)}] = {{"
    yield from rows(items)
    yield "};"


def escaped(text):
    return '"' + "".join(f"\\x{byte:02x}" for byte in text.encode()) + '"'


def lines():
    yield f"// Made by tools/make_case_tables.py. upper, lower, title and casefold of str of Unicode {UNICODE_VERSION}."
    yield "// Title and Fold tell only where they differ from Upper and Lower."
    tables = {
        "Upper": mapping(str.upper),
        "Lower": mapping(str.lower),
        "Title": differences(str.title, str.upper),
        "Fold": differences(str.casefold, str.lower),
    }
    for name, (single, several) in tables.items():
        yield from table(f"CaseShift k{name}Shifts", [f"{{{a:#x}, {b:#x}, {s}, {d}}}," for a, b, s, d in shifts(single)])
        yield from table(f"CaseText k{name}Texts", [f"{{{c:#x}, {escaped(t)}}}," for c, t in sorted(several.items())])
    # A sigma ends a word if a cased character precedes it, ignorable ones between; Python shows which are which.
    ignorable = ranges(lambda c: final_sigma("a" + c) and final_sigma("a" + c) != final_sigma("." + c))
    yield from table("CaseRange kCaseIgnorable", [f"{{{a:#x}, {b:#x}}}," for a, b in ignorable])
    skipped = {c for a, b in ignorable for c in range(a, b + 1)}
    cased = ranges(lambda c: ord(c) not in skipped and final_sigma(c))
    yield from table("CaseRange kCased", [f"{{{a:#x}, {b:#x}}}," for a, b in cased])


def main():
    if unicodedata.unidata_version != UNICODE_VERSION:
        sys.exit(f"the tables are those of Unicode {UNICODE_VERSION}, this Python has {unicodedata.unidata_version}")
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for line in lines():
            print(line, file=out)


if __name__ == "__main__":
    main()
