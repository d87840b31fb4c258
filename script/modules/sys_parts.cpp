// What `sys` tells about the program, as tuples whose items have names (CPython: Python/sysmodule.c, structseq).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/native_parts.h>
#include <ouro/objects/cpp/to_object.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/modules/sys_parts.h>

#include <fmt/format.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace ouro::script {

namespace {

/// One item of such a tuple.
struct Part {
  std::string_view name;
  Ref<> value;
};

/// `sys.flags(debug=0, inspect=0)`.
std::string shown(const Tuple& names, Object& self) {
  const Ref<Tuple> items = share(static_cast<Tuple&>(self));
  std::string all = fmt::format("sys.{}(", self.type->name);
  for (std::size_t i = 0; i < names.size && i < items->size; ++i)
    all += fmt::format("{}{}={}", i == 0 ? "" : ", ", text(static_cast<const Str&>(*names.items[i])),
                       text(*repr(*items->items[i])));
  return all + ")";
}

/// A class of tuples whose items are attributes, too, and its one object.
Ref<> named_tuple(Interpreter& interpreter, std::string_view name, std::vector<Part> parts) {
  Builtins& builtins = interpreter.builtins();
  const Ref<Class> type = make_class(builtins, name, {&builtins.type(Kind::kTuple)});
  const Ref<Tuple> names = build_tuple(builtins, parts.size(), [&](std::size_t) noexcept { return make_none(builtins); });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Ref<> dropped = Ref<>::adopt(std::exchange(names->items[i], Ref<>(make_str(builtins, parts[i].name)).release()));
    const auto get = [i](Object& self) { return share(*static_cast<Tuple&>(self).items[i]); };
    detail::set_member(*type, parts[i].name, *make_property(builtins, detail::qualified(*type, parts[i].name), get));
  }
  const auto set = [&](std::string_view attribute, const Ref<>& value) { detail::set_member(*type, attribute, *value); };
  set("__module__", make_str(builtins, "sys"));
  set("__match_args__", names);
  for (const std::string_view count : {"n_fields", "n_sequence_fields"}) set(count, make_int(builtins, parts.size()));
  set("n_unnamed_fields", make_int(builtins, 0));
  const auto repr_of = [](Tuple& kept, Object& self) { return shown(kept, self); };
  set("__repr__", make_function(builtins, std::string(name) + ".__repr__(self)", repr_of, names));
  const Ref<> items = build_tuple(builtins, parts.size(), [&](std::size_t i) noexcept { return std::move(parts[i].value); });
  Object* const argument = items.get();
  return call(*type, Arguments{{&argument, 1}, {}, {}});
}

Ref<> version_info(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  return named_tuple(interpreter, "version_info",
                     {{"major", make_int(builtins, 3)},
                      {"minor", make_int(builtins, 11)},
                      {"micro", make_int(builtins, 2)},
                      {"releaselevel", make_str(builtins, "final")},
                      {"serial", make_int(builtins, 0)}});
}

Ref<> flags(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  std::vector<Part> parts;
  const auto add = [&](std::string_view name, std::int64_t value) { parts.push_back({name, make_int(builtins, value)}); };
  for (const std::string_view name : {"debug", "inspect", "interactive", "optimize"}) add(name, 0);
  add("dont_write_bytecode", 1);
  for (const std::string_view name : {"no_user_site", "no_site", "ignore_environment", "verbose", "bytes_warning", "quiet"})
    add(name, 0);
  add("hash_randomization", 1);
  add("isolated", 0);
  parts.push_back({"dev_mode", make_bool(builtins, false)});
  add("utf8_mode", 1);
  add("warn_default_encoding", 0);
  parts.push_back({"safe_path", make_bool(builtins, false)});
  add("int_max_str_digits", static_cast<std::int64_t>(int_max_str_digits(builtins)));
  return named_tuple(interpreter, "flags", std::move(parts));
}

Ref<> float_info(Interpreter& interpreter) {
  using Limits = std::numeric_limits<double>;
  Builtins& builtins = interpreter.builtins();
  return named_tuple(interpreter, "float_info",
                     {{"max", make_float(builtins, Limits::max())},
                      {"max_exp", make_int(builtins, Limits::max_exponent)},
                      {"max_10_exp", make_int(builtins, Limits::max_exponent10)},
                      {"min", make_float(builtins, Limits::min())},
                      {"min_exp", make_int(builtins, Limits::min_exponent)},
                      {"min_10_exp", make_int(builtins, Limits::min_exponent10)},
                      {"dig", make_int(builtins, Limits::digits10)},
                      {"mant_dig", make_int(builtins, Limits::digits)},
                      {"epsilon", make_float(builtins, Limits::epsilon())},
                      {"radix", make_int(builtins, Limits::radix)},
                      {"rounds", make_int(builtins, static_cast<int>(Limits::round_style))}});
}

/// The digits of an int are those of CPython, whose limits the program's texts keep to.
Ref<> int_info(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  return named_tuple(interpreter, "int_info",
                     {{"bits_per_digit", make_int(builtins, 30)},
                      {"sizeof_digit", make_int(builtins, 4)},
                      {"default_max_str_digits", make_int(builtins, kIntDigitLimit)},
                      {"str_digits_check_threshold", make_int(builtins, kLeastIntDigitLimit)}});
}

Ref<> hash_info(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  return named_tuple(interpreter, "hash_info",
                     {{"width", make_int(builtins, 64)},
                      {"modulus", make_int(builtins, (std::int64_t{1} << 61) - 1)},
                      {"inf", make_int(builtins, hash(*make_float(builtins, std::numeric_limits<double>::infinity())))},
                      {"nan", make_int(builtins, 0)},
                      {"imag", make_int(builtins, 1'000'003)},
                      {"algorithm", make_str(builtins, "siphash13")},
                      {"hash_bits", make_int(builtins, 64)},
                      {"seed_bits", make_int(builtins, 128)},
                      {"cutoff", make_int(builtins, 0)}});
}

Ref<> thread_info(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  return named_tuple(interpreter, "thread_info",
                     {{"name", make_str(builtins, "pthread")},
                      {"lock", make_str(builtins, "mutex+cond")},
                      {"version", make_none(builtins)}});
}

}  // namespace

void set_sys_parts(Interpreter& interpreter, Module& sys) {
  Builtins& builtins = interpreter.builtins();
  const Ref<> version = version_info(interpreter);
  sys.set("version_info", *version);
  sys.set("flags", *flags(interpreter));
  sys.set("float_info", *float_info(interpreter));
  sys.set("int_info", *int_info(interpreter));
  sys.set("hash_info", *hash_info(interpreter));
  sys.set("thread_info", *thread_info(interpreter));
  sys.set("hexversion", *make_int(builtins, 0x030B02F0));
  sys.set("api_version", *make_int(builtins, 1013));
  sys.set("float_repr_style", *make_str(builtins, "short"));
  const Ref<Dict> parts = make_dict(builtins);
  parts->set("name", *make_str(builtins, "ouro"));
  parts->set("cache_tag", builtins.none());
  parts->set("version", *version);
  parts->set("hexversion", *make_int(builtins, 0x030B02F0));
  parts->set("_multiarch", *make_str(builtins, "x86_64-linux-gnu"));
  sys.set("implementation", *make_namespace(builtins, parts.get()));
}

}  // namespace ouro::script
