# Regular expressions.
import re


def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


TEXT = "The quick brown fox, 42 foxes; e-mail: a.b@example.org\nsecond line 3.14"
for pattern in (r"\w+", r"(\w)(\w*)", r"\d+(\.\d+)?", r"^\w+", r"(?m)^\w+", r"(?i)THE|fox", r"[^\W\d]+(?= )", r"(?<=e-)\w+",
                r"\bfox\b",
                r"(?P<user>[\w.]+)@(?P<host>[\w.]+)", r"x*", r"(a)|(b)", r"(?:o|x)+?", r"o.*?n", r"(?s)fox.*line", r"(.)\1",
                r"$", r"",
                r"(?x) \d+  # a number", r"(?>fo)x", r"(b)?(?(1)r|q)\w", r"\Aquick", r"3\.14\Z", r"[]a-c]+", r"[\s,;]+"):
    compiled = re.compile(pattern)
    found = compiled.search(TEXT)
    print(repr(pattern), found and (found.span(), found.group(), found.groups(), found.lastindex, found.lastgroup))
    print(compiled.findall(TEXT)[:6], compiled.split(TEXT)[:5], compiled.sub("<>", TEXT, 2), compiled.match(TEXT),
          compiled.fullmatch("42"))
print(re.sub(r"(\w+) (?P<b>\w+)", r"\2 \1 \g<b>\n", "one two three four"),
      re.subn("a", lambda m: m.group().upper(), "banana", 2))
print(re.findall(rb"\w+", b"ab \xff cd"), re.split(b"(,)", b"a,b"), re.escape("a.b*c-d é"), re.escape(b"a.b"), re.I | re.M,
      re.compile("a", re.I))
print(re.fullmatch(r"\d{2,3}", "1234"), re.match("(?P<x>a)(?P<y>b)?", "a").groupdict(), re.search("é", "CAFÉ", re.I),
      re.search("É", "é", re.A | re.I))
for pattern in ("(", "[a", "*a", "a**", "(?P<1>a)", "(?P=x)", r"\8", "(?<=a*)b", "a{2,1}", "(?z)", "[b-a]", r"\q", ")",
                "(?P<a>x)(?P<a>y)", "a\\"):
    show(lambda: re.compile(pattern))
show(lambda: re.sub("a", r"\1", "a"))
show(lambda: re.search("a", b"a"))
show(lambda: re.search(b"a", "a"))
print(len(re.match("(?:a|b)*c", "ab" * 2000 + "c").group()), re.findall("(?:x(?:y|z))+", "xyxzxy xz"))
