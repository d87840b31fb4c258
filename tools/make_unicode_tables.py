#!/usr/bin/env python3.11
"""Makes the Unicode tables of objects/text and objects/numbers from Python's own database.

    python3.11 tools/make_unicode_tables.py objects

Writes text/detail/printable_table.inc (str.isprintable, for repr), text/detail/character_table.inc (str.isalpha and its like)
and numbers/detail/decimal_zeros.inc (the digits that int('...') and float('...') accept). Run it with the Python whose behaviour is wanted: the tables in the tree are those of
Python 3.11, Unicode 14.0, and the script refuses any other version. The tests compare the result with a running Python
where there is one.
"""

import pathlib
import sys
import unicodedata

UNICODE_VERSION = "14.0.0"
CODE_POINTS = 0x110000


def rows(values, per_row, form):
    for start in range(0, len(values), per_row):
        yield "    " + " ".join(form.format(v) + "," for v in values[start : start + per_row])


def printable_pages():
    """For each page of 256 code points its 32 bytes, bit k % 8 of byte k // 8 set if code point k is printable."""
    for first in range(0, CODE_POINTS, 256):
        yield bytes(
            sum(chr(first + byte * 8 + bit).isprintable() << bit for bit in range(8)) for byte in range(32)
        )


def printable_table():
    pages = list(printable_pages())
    # Above the ideographs only the variation selectors are printable; they are left to a comparison.
    high = [c for c in range(0xE0000, CODE_POINTS) if chr(c).isprintable()]
    assert high == list(range(high[0], high[-1] + 1))
    pages = pages[: max(i for i, page in enumerate(pages) if any(page) and i < 0xE00) + 1]
    unique = sorted(set(pages))
    index = [unique.index(page) for page in pages]
    assert len(unique) <= 256
    yield f"// Made by tools/make_unicode_tables.py. str.isprintable() of Unicode {UNICODE_VERSION}, in pages of 256 code points."
    yield "// kPrintablePages[c >> 8] is the number of a bit set in kPrintableBits; bit c & 0xff of it tells about c. Pages past the"
    yield "// end are unprintable, but for one range."
    yield f"constexpr char32_t kHighPrintableFirst = {high[0]:#x};"
    yield f"constexpr char32_t kHighPrintableLast = {high[-1]:#x};"
    yield f"constexpr std::uint8_t kPrintablePages[{len(index)}] = {{"
    yield from rows(index, 24, "{}")
    yield "};"
    yield f"constexpr std::uint8_t kPrintableBits[{len(unique)}][32] = {{"
    for page in unique:
        yield "    {" + ", ".join(map(str, page)) + "},"
    yield "};"


def properties(character):
    """The bits of detail::CharacterProperties (objects/text/detail/character.h)."""
    number = character.isnumeric() + character.isdigit() + character.isdecimal()
    identifier = ("a" + character).isidentifier() + character.isidentifier()
    title = character.istitle() and not character.isupper()
    known = character.isalpha() | character.islower() << 1 | character.isupper() << 2 | title << 3
    assert (character + "a").title().endswith("a") == (known & 0b1110 != 0)
    assert character.isalnum() == (character.isalpha() or number > 0)
    return known | number << 4 | identifier << 6


def character_table():
    surrogates = range(0xD800, 0xE000)
    known = [0 if c in surrogates else properties(chr(c)) for c in range(CODE_POINTS)]
    # Above the ideographs only the variation selectors are something; they are left to a comparison.
    high = [c for c in range(0xE0000, CODE_POINTS) if known[c]]
    assert high == list(range(high[0], high[-1] + 1)) and {known[c] for c in high} == {1 << 6}
    size = 64
    last = max(c for c in range(0xE0000) if known[c])
    pages = [bytes(known[first : first + size]) for first in range(0, last + 1, size)]
    unique = sorted(set(pages))
    yield f"// Made by tools/make_unicode_tables.py. What str.isalpha() and its like say in Unicode {UNICODE_VERSION}, in pages of {size} code"
    yield "// points. kPropertyPages[c >> 6] is the number of a page of kProperties; byte c & 0x3f of it has the bits of c. Pages past the"
    yield "// end have none, but for one range that may continue an identifier."
    yield f"constexpr char32_t kHighPropertyFirst = {high[0]:#x};"
    yield f"constexpr char32_t kHighPropertyLast = {high[-1]:#x};"
    yield f"constexpr std::uint16_t kPropertyPages[{len(pages)}] = {{"
    yield from rows([unique.index(page) for page in pages], 24, "{}")
    yield "};"
    yield f"constexpr std::uint8_t kProperties[{len(unique)}][{size}] = {{"
    for page in unique:
        yield "    {" + ", ".join(map(str, page)) + "},"
    yield "};"


def decimal_zeros():
    digits = [c for c in range(0x80, CODE_POINTS) if unicodedata.decimal(chr(c), None) is not None]
    assert all(unicodedata.decimal(chr(c)) == k % 10 and c == digits[k - k % 10] + k % 10 for k, c in enumerate(digits))
    zeros = digits[::10]
    yield f"// Made by tools/make_unicode_tables.py. The {len(zeros)} zeros of Unicode {UNICODE_VERSION} above ASCII; nine digits follow each."
    yield from rows(zeros, 12, "{:#x}")


def main():
    if unicodedata.unidata_version != UNICODE_VERSION:
        sys.exit(f"this Python has Unicode {unicodedata.unidata_version}; the tables want {UNICODE_VERSION} (Python 3.11)")
    folder = pathlib.Path(sys.argv[1])
    tables = {
        "text/detail/printable_table.inc": printable_table(),
        "text/detail/character_table.inc": character_table(),
        "numbers/detail/decimal_zeros.inc": decimal_zeros(),
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n")


main()
