#!/usr/bin/env python3
"""Cuts the sample document of the examples and benchmarks out of MDN's browser-compat-data.

    make_sample_document.py DATA_JSON [OUTPUT]

DATA_JSON is `data.json` of the npm package @mdn/browser-compat-data, plain or gzipped; OUTPUT is by default
examples/data/browser-compat.json. The cut is deterministic: small top-level parts are taken whole, and of the large ones
every tenth entry in alphabetical order, each entry whole. Nothing inside an entry is changed. The result has one line
an entry, so that two cuts can be compared with diff.
"""
import argparse
import gzip
import json
import pathlib

WHOLE = ("__meta", "browsers", "mathml", "mediatypes", "webassembly")
SAMPLED = ("api", "css", "html", "http", "javascript", "svg", "webdriver", "webextensions")
STEP = 10
DEFAULT_OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "examples" / "data" / "browser-compat.json"


def load(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def every_nth(entries):
    return {name: entries[name] for name in sorted(entries)[::STEP]}


def sample(name, part):
    """`api` lists its interfaces at once; the other parts group their entries one level deeper."""
    if name == "api":
        return every_nth(part)
    return {group: every_nth(entries) for group, entries in sorted(part.items())}


def cut(document):
    parts = {name: document[name] for name in WHOLE}
    parts.update({name: sample(name, document[name]) for name in SAMPLED})
    return dict(sorted(parts.items()))


def write(parts, path):
    def compact(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def part_text(part):
        lines = (f"{compact(name)}:{compact(entry)}" for name, entry in part.items())
        return "{\n" + ",\n".join(lines) + "\n}"

    body = ",\n".join(f"{compact(name)}:{part_text(part)}" for name, part in parts.items())
    path.write_text("{" + body + "}\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path, nargs="?", default=DEFAULT_OUTPUT)
    arguments = parser.parse_args()
    write(cut(load(arguments.data)), arguments.output)


if __name__ == "__main__":
    main()
