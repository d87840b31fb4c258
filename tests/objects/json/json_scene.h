// What the differential tests of json share: an evaluator that has json.loads and json.dumps.
#pragma once

#include <ouro/objects/json/json.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <cstdlib>
#include <limits>
#include <string>

namespace ouro::test {

[[nodiscard]] inline std::size_t json_rounds(std::size_t count) {
  return std::getenv("OURO_STRESS") != nullptr ? count / 50 + 1 : count;
}

inline Ref<> json_hook(Object& given) { return is_none(given) ? Ref<>() : share(given); }

inline void set_json_indent(json::DumpOptions& options, Object& indent) {
  if (const auto* const number = as<Int>(indent)) options.indent = static_cast<int>(number->value);
  if (const auto* const blanks = as<Str>(indent)) options.indent = std::string(text(*blanks));
}

inline void set_json_separators(json::DumpOptions& options, Object& separators) {
  if (!is<Tuple>(separators)) return;
  const auto part = [&](std::int64_t place) {
    return std::string(text(static_cast<const Str&>(get(static_cast<const Tuple&>(separators), place))));
  };
  options.separators = {part(0), part(1)};
}

/// The evaluator with `loads` and `dumps`, whose hooks are given by the names of functions.
[[nodiscard]] inline Evaluator json_evaluator(Runtime& rt) {
  Evaluator evaluator(rt.builtins());
  evaluator.name("__name__", rt.str("__main__"), "'__main__'");
  Builtins& builtins = rt.builtins();
  evaluator.name("loads",
                 make_function(builtins,
                               "loads(s, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, "
                               "object_pairs_hook=None)",
                               [](Object& s, Object& object_hook, Object& parse_float, Object& parse_int,
                                  Object& parse_constant, Object& object_pairs_hook) {
                                 const json::LoadOptions options{.object_hook = json_hook(object_hook),
                                                                 .object_pairs_hook = json_hook(object_pairs_hook),
                                                                 .parse_float = json_hook(parse_float),
                                                                 .parse_int = json_hook(parse_int),
                                                                 .parse_constant = json_hook(parse_constant)};
                                 return json::load(builtins_of(s), text(static_cast<const Str&>(s)), options);
                               }),
                 "from json import loads");
  evaluator.name("dumps",
                 make_function(builtins,
                               "dumps(obj, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, "
                               "indent=None, separators=None, default=None, sort_keys=False)",
                               [](Object& obj, bool skipkeys, bool ensure_ascii, bool check_circular, bool allow_nan,
                                  Object& indent, Object& separators, Object& default_hook, bool sort_keys) {
                                 json::DumpOptions options;
                                 options.skipkeys = skipkeys;
                                 options.ensure_ascii = ensure_ascii;
                                 options.check_circular = check_circular;
                                 options.allow_nan = allow_nan;
                                 options.sort_keys = sort_keys;
                                 options.default_hook = json_hook(default_hook);
                                 set_json_indent(options, indent);
                                 set_json_separators(options, separators);
                                 return json::dump(obj, options);
                               }),
                 "from json import dumps");
  evaluator.name("show", make_function(builtins, "show(x)", [](Object& x) { return repr(x); }), "show = repr");
  evaluator.name("same", make_function(builtins, "same(x)", [](Object& x) { return share(x); }),
                 "def same(x):\n    return x");
  evaluator.name("refuse", make_function(builtins, "refuse(x)", [](Object& x) -> Ref<> { return get_item(x, x); }),
                 "def refuse(x):\n    return x[x]");
  evaluator.name("nan", rt.from(std::numeric_limits<double>::quiet_NaN()), "nan = float('nan')");
  evaluator.name("inf", rt.from(std::numeric_limits<double>::infinity()), "inf = float('inf')");
  evaluator.name("Node", rt.new_class("Node"), "class Node:\n    pass");
  evaluator.name("Stack", rt.new_class("Stack", {&rt.type<List>()}), "class Stack(list):\n    pass");
  evaluator.name("Map", rt.new_class("Map", {&rt.type<Dict>()}), "class Map(dict):\n    pass");
  evaluator.name("Number", rt.new_class("Number", {&rt.type<Int>()}), "class Number(int):\n    pass");
  evaluator.name("Real", rt.new_class("Real", {&rt.type<Float>()}), "class Real(float):\n    pass");
  evaluator.name("Text", rt.new_class("Text", {&rt.type<Str>()}), "class Text(str):\n    pass");
  return evaluator;
}

/// A text as a literal of Python.
[[nodiscard]] inline std::string json_literal(Runtime& rt, const std::string& text) { return shown(*rt.str(text)); }

}  // namespace ouro::test
