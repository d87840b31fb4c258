"""The modules string, keyword, reprlib and pprint."""
import keyword
import pprint
import reprlib
import string
from module_support import told

print(string.ascii_letters, string.digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace),
      len(string.printable))
print(string.capwords("hello  big world"), string.capwords("a-b-c", "-"))
t = string.Template("$who likes ${what}, costs $$5")
print(t.substitute(who="Ann", what="tea"), t.safe_substitute(who="Bob"), t.substitute({"who": "x"}, what="y"), t.template)
told(t.substitute, who="Ann")
told(string.Template("bad $ sign").substitute)
told(string.Template("a\nb ${x").substitute, x=1)
print(string.Template("bad $ sign").safe_substitute(), t.get_identifiers(), t.is_valid(), string.Template("$").is_valid())


class Percent(string.Template):
    delimiter = "%"


print(Percent("%a and $b").substitute(a=1))
f = string.Formatter()
print(f.format("{0} {1!r:>5} {name[key]} {obj.real}", 1, "x", name={"key": 2}, obj=3), f.format("{} {}", 1, 2),
      f.format("{{}}"), f.format("{:{}}", 5, 4))
told(f.format, "{} {0}", 1)
told(f.format, "{missing}")
told(f.format, "{")
told(f.format, "}")
print(list(f.parse("a{b!r:c}d{{")))


class Default(string.Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>")


print(Default().format("{a} {b}", a=1))
print(keyword.iskeyword("if"), keyword.iskeyword("x"), keyword.kwlist, keyword.softkwlist)
print(reprlib.repr(list(range(20))), reprlib.repr("x" * 50), reprlib.repr({i: i for i in range(9)}),
      reprlib.repr(set("abcdefgh")), reprlib.repr(10**60))
print(reprlib.repr([[[[[[[1]]]]]]]), reprlib.repr((1,)), reprlib.repr(frozenset()))
data = {"name": "x" * 30, "items": list(range(30)), "nested": {"a": ["long text " * 3] * 3, "b": (1, 2)}}
pprint.pprint(data)
pprint.pprint(data, width=40, indent=2)
pprint.pprint({"b": 1, "a": 2}, sort_dicts=False)
pprint.pp({"b": 1, "a": 2})
print(pprint.pformat([1, [2, [3, [4]]]], depth=2), pprint.pformat(list(range(40)), compact=True), pprint.isreadable([1]),
      pprint.isreadable([print]))
loop = []
loop.append(loop)
print(pprint.isrecursive(loop), pprint.isrecursive([]), pprint.saferepr({"a": (1,)}), pprint.saferepr([1, [2]]))
told(pprint.pformat, [], indent=-1)
told(pprint.PrettyPrinter, depth=0)
pprint.PrettyPrinter(width=20).pprint(["aaaaaaaaaa", "bbbbbbbbbb"])
