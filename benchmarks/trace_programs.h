// The Python programs whose requests are recorded. Each makes three to four million events.
#pragma once

#include <array>

namespace bench {

/// A program in two parts: `prepare` runs before the recording, `run` during it. Both find the path of the JSON document
/// under the name `document_path`.
struct TraceProgram {
  const char* name;
  const char* what;
  const char* prepare;
  const char* run;
};

inline constexpr std::array<TraceProgram, 3> kTracePrograms{{
    {"json", "reading and writing two JSON documents",
     R"(
import json, random
dice = random.Random(7)

def document(level):
    if level == 0:
        return dice.choice((None, True, dice.random(), dice.randrange(10**6), 'word %d' % dice.randrange(10**4)))
    if level % 2:
        return [document(level - 1) for _ in range(dice.randrange(4, 12))]
    return {'key %d' % dice.randrange(1000): document(level - 1) for _ in range(dice.randrange(4, 12))}

sources = [json.dumps([document(5)]), open(document_path, encoding='utf-8').read()]
)",
     R"(
for source in sources:
    value = json.loads(source)
    written = json.dumps(value, indent=2, sort_keys=True)
del value, written
)"},
    {"compile", "parsing, compiling and writing out modules of the standard library",
     R"(
import ast, glob, os
paths = sorted(glob.glob(os.path.join(os.path.dirname(os.__file__), '[a-d]*.py')))
sources = [open(path, encoding='utf-8').read() for path in paths]
)",
     R"(
for path, source in zip(paths, sources):
    tree = ast.parse(source)
    code = compile(tree, path, 'exec')
    text = ast.unparse(tree)
del tree, code, text
)"},
    {"objects", "objects with slots, trees, tuples in dicts, sorting, counting, sets",
     R"(
import collections, random
dice = random.Random(7)

class Vector:
    __slots__ = ('x', 'y', 'z')
    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

class Node:
    def __init__(self, depth):
        self.depth = depth
        self.children = [Node(depth - 1) for _ in range(4)] if depth else []
    def weight(self):
        return self.depth + sum(child.weight() for child in self.children)
)",
     R"(
for turn in range(2):
    vectors = [Vector(float(i), dice.random(), 1.0) for i in range(20000)]
    total = Vector(0.0, 0.0, 0.0)
    for vector in vectors:
        total = total + vector
    tree = Node(6)
    weight = tree.weight()
    groups = collections.defaultdict(list)
    for i in range(25000):
        groups[dice.randrange(2000)].append((i, str(i), i * 0.5))
    ordered = sorted((item for group in groups.values() for item in group), key=lambda item: (item[1], -item[0]))
    counted = collections.Counter('word %d' % dice.randrange(8000) for _ in range(25000)).most_common(100)
    sets = {frozenset(dice.sample(range(1000), 5)) for _ in range(8000)}
    smaller = [one | two for one, two in zip(list(sets)[:2000], list(sets)[2000:4000])]
del vectors, total, tree, groups, ordered, counted, sets, smaller
)"},
}};

}  // namespace bench
