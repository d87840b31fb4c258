// The functions of builtins that C++ calls (CPython: Python/bltinmodule.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <cstdint>

namespace ouro {

namespace {

[[noreturn, gnu::cold]] void refuse_length(std::size_t length) {
  raise(ErrorKind::kTypeError, fmt::format("ord() expected a character, but string of length {} found", length));
}

}  // namespace

Ref<Str> bin(Object& number) { return int_to_base(*index(number), 2); }
Ref<Str> oct(Object& number) { return int_to_base(*index(number), 8); }
Ref<Str> hex(Object& number) { return int_to_base(*index(number), 16); }

Ref<Str> chr(Object& code_point) {
  const int number = detail::c_int_argument(&code_point, 0);
  if (number < 0 || number > 0x10FFFF) raise(ErrorKind::kValueError, "chr() arg not in range(0x110000)");
  return make_character(builtins_of(code_point), static_cast<char32_t>(number));
}

std::int64_t ord(Object& character) {
  if (const Str* const str = as<Str>(character)) {
    if (str->code_points != 1) refuse_length(str->code_points);
    const char* at = str->data();
    return static_cast<std::int64_t>(detail::decode_next(at));
  }
  const Kind kind = kind_of(character);
  if (kind != Kind::kBytes && kind != Kind::kByteArray)
    raise(ErrorKind::kTypeError, fmt::format("ord() expected string of length 1, but {} found", character.type->name));
  if (const std::size_t size = length(character); size != 1) refuse_length(size);
  return to_index(*get_item(character, *make_int(builtins_of(character), 0)));
}

Ref<List> sorted(Object& iterable, Object* key, bool reverse) {
  const Ref<> held[] = {share(iterable), Ref<>::share(key)};
  Ref<List> made = list_from(iterable);
  made->sort(key, reverse);
  return made;
}

Ref<> get_attribute(Object& object, Object& name, Object& fallback) {
  const Ref<> held = share(fallback);
  Ref<> found = find_attribute(object, name);
  return found ? found : held;
}

Ref<> next(Object& iterator, Object& fallback) {
  const Ref<> held[] = {share(iterator), share(fallback)};
  Ref<> item = next(iterator);
  return item ? item : held[1];
}

Ref<> vars(Object& object) {
  Ref<> found = find_attribute(object, *intern(builtins_of(object), "__dict__"));
  if (!found) raise(ErrorKind::kTypeError, "vars() argument must have __dict__ attribute");
  return found;
}

Ref<Int> id(Object& object) { return make_int(builtins_of(object), reinterpret_cast<std::uintptr_t>(&object)); }

}  // namespace ouro
