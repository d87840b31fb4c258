"""The module json."""
import io
import json
from module_support import told

data = {"a": [1, 2.5, None, True, False], "b": {"c": "é\n\"\\"}, "d": [], "e": {}, "f": (1, 2), 1: 2, None: 3, True: 4,
        1.5: 5}
text = json.dumps(data)
print(text, json.loads(text), json.dumps(data, indent=2), json.dumps({"b": 1, "a": 2}, sort_keys=True),
      json.dumps("é", ensure_ascii=False))
print(json.dumps([1, {"a": 2}], separators=(",", ":")), json.dumps([1], indent="\t"), json.dumps(float("inf")),
      json.dumps(1e100), json.dumps(10**30))
for wrong in ["", "{", "[1,]", "nul", '{"a" 1}', '{"a": }', "[1] x", '"abc', "'a'", "[1 2]", '{1: 2}', '"\\x"', '"\t"',
              "-", "01"]:
    try:
        print(json.loads(wrong))
    except json.JSONDecodeError as error:
        print(repr(wrong), error, error.pos, error.lineno, error.colno, error.msg)
told(json.loads, 5)
told(json.dumps, {1, 2})
told(json.dumps, {(1, 2): 3})
told(json.dumps, float("nan"), allow_nan=False)
loop = []
loop.append(loop)
told(json.dumps, loop)
print(json.dumps({(1, 2): 3, "a": 1}, skipkeys=True), json.dumps({1, 2}, default=sorted), json.loads(b'{"a": "\xc3\xa9"}'),
      json.loads("[NaN, -Infinity]"))
print(json.loads('{"a": 1, "b": [1.5]}', parse_float=str, parse_int=lambda s: int(s) * 2,
                 object_hook=lambda d: sorted(d.items())))
print(json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), json.loads('{"a": 1, "a": 2}'),
      json.loads('"\\u00e9\\ud83d\\ude00"'))
out = io.StringIO()
json.dump({"x": [1]}, out, indent=1)
print(out.getvalue(), json.load(io.StringIO("[1, 2]")))


class Encoder(json.JSONEncoder):
    def default(self, o):
        return repr(o) if isinstance(o, complex) else super().default(o)


print(json.dumps([1j], cls=Encoder), Encoder(indent=1).encode({"a": 2j}), "".join(Encoder().iterencode([1])))
told(json.dumps, [object], cls=Encoder)
print(json.JSONDecoder().raw_decode('{"a": 1} rest'), json.JSONDecoder(parse_int=float).decode("[1]"))
