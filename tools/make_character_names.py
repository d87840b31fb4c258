#!/usr/bin/env python3.11
"""Makes the table of character names of script/syntax from Python's own database.

    python3.11 tools/make_character_names.py script/syntax/detail/character_names.inc [aliases...]

Each entry is a number of 64 bits: the upper 43 of the FNV-1a hash of the name, the lower 21 the code point; they are sorted. Names
made by rule (Hangul syllables, unified ideographs) are left out. Python cannot list aliases: candidates come from the files named,
one name a line, and those that Python knows are taken.
"""

import pathlib
import sys
import unicodedata

UNICODE_VERSION = "14.0.0"
MADE_BY_RULE = ("HANGUL SYLLABLE ", "CJK UNIFIED IDEOGRAPH-")


def fnv(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def names(alias_files):
    for code in range(0x110000):
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(MADE_BY_RULE):
            yield name, code
    for file in alias_files:
        for line in pathlib.Path(file).read_text().splitlines():
            try:
                found = unicodedata.lookup(line)
            except (KeyError, ValueError):
                continue
            if len(found) == 1 and unicodedata.name(found, "") != line:
                yield line, ord(found)


def main():
    if unicodedata.unidata_version != UNICODE_VERSION:
        sys.exit(f"needs a Python with Unicode {UNICODE_VERSION}, this one has {unicodedata.unidata_version}")
    output, *alias_files = sys.argv[1:]
    entries = sorted({fnv(name) >> 21 << 21 | code for name, code in names(alias_files)})
    assert len({entry >> 21 for entry in entries}) == len(entries), "two names have one hash"
    rows = (" ".join(f"{entry:#018x}," for entry in entries[k : k + 6]) for k in range(0, len(entries), 6))
    header = f"// {len(entries)} names of Unicode {UNICODE_VERSION}. Made by tools/make_character_names.py.\n"
    pathlib.Path(output).write_text(header + "\n".join(rows) + "\n")


main()
