// The module _struct: numbers and texts in bytes, by a format. struct.py has the class Struct over it.
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/modules/modules.h>
#include <ouro/script/modules/struct_format.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "_struct";

/// `struct.error`.
[[noreturn]] void refuse(Object& module, std::string_view words) {
  const Ref<> type = get_attribute(module, *intern(builtins_of(module), "error"));
  const Ref<Str> message = make_str(builtins_of(module), words);
  Object* const argument = message.get();
  raise(*make_exception(static_cast<Type&>(*type), {&argument, 1}));
}

StructFormat format_of(Object& module, Object& given) {
  std::string text_of_it;
  if (const Str* const shown = as<Str>(given)) {
    text_of_it = text(*shown);
  } else if (const Bytes* const bytes = as<Bytes>(given)) {
    text_of_it = view(*bytes);
  } else {
    raise(ErrorKind::kTypeError, fmt::format("Struct() argument 1 must be a str or bytes object, not {}", given.type->name));
  }
  if (text_of_it.find('\0') != std::string::npos) refuse(module, "embedded null character");
  StructFormat format;
  if (const char* const wrong = read_format(text_of_it, format)) refuse(module, wrong);
  return format;
}

// ---- From bytes ----

Ref<> load_one(Builtins& builtins, const StructField& field, const char* at) {
  switch (field.code) {
    case 'c':
      return make_bytes(builtins, std::string_view(at, 1));
    case '?':
      return make_bool(builtins, *at != 0);
    case 's':
      return make_bytes(builtins, std::string_view(at, field.count));
    case 'p': {
      if (field.count == 0) return make_bytes(builtins, std::string_view());
      const std::size_t size = std::min<std::size_t>(static_cast<unsigned char>(*at), field.count - 1);
      return make_bytes(builtins, std::string_view(at + 1, size));
    }
    default:
      return load_number(builtins, at, field.layout);
  }
}

Ref<> load_all(Builtins& builtins, const StructFormat& format, const char* from) {
  std::vector<Ref<>> found;
  found.reserve(format.items);
  for (const StructField& field : format.fields) {
    const std::size_t items = field.is_text() ? 1 : field.count;
    for (std::size_t i = 0; i < items; ++i)
      found.push_back(load_one(builtins, field, from + field.offset + i * field.layout.size));
  }
  return build_tuple(builtins, found.size(), [&](std::size_t i) noexcept { return std::move(found[i]); });
}

Ref<> unpack(Object& module, Object& given, Object& shown) {
  const StructFormat format = format_of(module, given);
  const Buffer buffer(shown);
  if (buffer.view().size() != format.size) refuse(module, fmt::format("unpack requires a buffer of {} bytes", format.size));
  return load_all(builtins_of(module), format, buffer.view().data());
}

/// Where the bytes begin: `offset`, from the end if it is negative.
std::size_t place_in(Object& module, const char* name, std::size_t size, std::size_t wanted, std::int64_t offset) {
  const bool is_packing = std::string_view(name) == "pack_into";
  if (offset < 0) {
    const auto have = static_cast<std::int64_t>(size);
    if (offset + static_cast<std::int64_t>(wanted) > 0)
      refuse(module, is_packing ? fmt::format("no space to pack {} bytes at offset {}", wanted, offset)
                                : fmt::format("not enough data to unpack {} bytes at offset {}", wanted, offset));
    if (offset + have < 0) refuse(module, fmt::format("offset {} out of range for {}-byte buffer", offset, size));
    offset += have;
  }
  const auto begin = static_cast<std::size_t>(offset);
  if (begin > size || size - begin < wanted)
    refuse(module, fmt::format("{} requires a buffer of at least {} bytes for {} {} bytes at offset {} (actual buffer "
                               "size is {})",
                               name, wanted + begin, is_packing ? "packing" : "unpacking", wanted, begin, size));
  return begin;
}

Ref<> unpack_from(Object& module, Object& given, Object& shown, Object* offset) {
  const StructFormat format = format_of(module, given);
  const std::int64_t wanted = offset != nullptr ? to_index(*offset) : 0;
  const Buffer buffer(shown);
  const std::size_t begin = place_in(module, "unpack_from", buffer.view().size(), format.size, wanted);
  return load_all(builtins_of(module), format, buffer.view().data() + begin);
}

// ---- To bytes ----

/// The limits of a number in words, as the error has them.
[[noreturn]] void refuse_number(Object& module, const StructField& field, const Int& number) {
  const std::size_t digits = 8 * field.layout.size;
  const bool is_unsigned = field.code == 'I' || field.code == 'L';
  const bool fits_long = is_unsigned ? !number.is_negative() && bit_length(number) <= 64 : fits_int64(number);
  if (field.code == 'P') refuse(module, "int too large to convert");
  if (digits == 64 || !fits_long) refuse(module, "argument out of range");
  if (field.code == 'b') refuse(module, "byte format requires -128 <= number <= 127");
  if (field.code == 'B') refuse(module, "ubyte format requires 0 <= number <= 255");
  if (field.code == 'h') refuse(module, "short format requires -32768 <= number <= 32767");
  if (field.code == 'H') refuse(module, "ushort format requires 0 <= number <= 65535");
  const std::uint64_t all = (std::uint64_t{1} << digits) - 1;
  if (is_unsigned) refuse(module, fmt::format("'{}' format requires 0 <= number <= {}", field.code, all));
  refuse(module, fmt::format("'{}' format requires -{} <= number <= {}", field.code, all / 2 + 1, all / 2));
}

void store_integer(Object& module, const StructField& field, Object& value, char* at) {
  if (as_int(value) == nullptr && !has_attribute(*value.type, *intern(builtins_of(module), "__index__")))
    refuse(module, "required argument is not an integer");
  const Ref<Int> number = index(value);
  if (field.code == 'P' && number->is_negative()) {
    const NumberLayout as_signed{NumberSort::kSigned, field.layout.size, field.layout.is_swapped};
    if (store_int(at, as_signed, *number) == 0) return;
  }
  if (store_int(at, field.layout, *number) != 0) refuse_number(module, field, *number);
}

void store_real(Object& module, const StructFormat& format, const StructField& field, Object& value, char* at) {
  const Outcome<double> given = try_from_object<double>(value);
  if (given.failed() && given.failure().is(ErrorKind::kTypeError)) refuse(module, "required argument is not a float");
  const double number = given.value();
  if (store_float(at, field.layout, number)) return;
  if (!format.is_native || field.code != 'f')
    raise(ErrorKind::kOverflowError, fmt::format("float too large to pack with {} format", field.code));
  const auto infinite = std::numeric_limits<double>::infinity();  // as C narrows it
  static_cast<void>(store_float(at, field.layout, number < 0 ? -infinite : infinite));
}

void store_text(Object& module, const StructField& field, Object& value, char* at) {
  if (!is<Bytes>(value) && !is<ByteArray>(value))
    refuse(module, fmt::format("argument for '{}' must be a bytes object", field.code));
  const Buffer buffer(value);
  std::string_view given = buffer.view();
  if (field.code == 's') {
    given = given.substr(0, field.count);
  } else if (field.count > 0) {
    given = given.substr(0, field.count - 1);
    *at++ = static_cast<char>(std::min<std::size_t>(given.size(), 255));
  } else {
    given = {};
  }
  std::copy(given.begin(), given.end(), at);
}

void store_one(Object& module, const StructFormat& format, const StructField& field, Object& value, char* at) {
  if (field.is_text()) return store_text(module, field, value, at);
  if (field.layout.sort == NumberSort::kFloat) return store_real(module, format, field, value, at);
  if (field.code == '?') {
    *at = static_cast<char>(truth(value));
  } else if (field.code == 'c') {
    const Bytes* const byte = as<Bytes>(value);
    if (byte == nullptr || byte->size != 1) refuse(module, "char format requires a bytes object of length 1");
    *at = byte->data()[0];
  } else {
    store_integer(module, field, value, at);
  }
}

/// The bytes, made aside: conversions run code that may change whatever they are written to.
std::string packed(Object& module, const StructFormat& format, std::span<Object* const> values, const char* name) {
  if (values.size() != format.items)
    refuse(module, fmt::format("{} expected {} items for packing (got {})", name, format.items, values.size()));
  std::string bytes(format.size, '\0');
  std::size_t used = 0;
  for (const StructField& field : format.fields) {
    const std::size_t items = field.is_text() ? 1 : field.count;
    for (std::size_t i = 0; i < items; ++i) {
      const Ref<> value = share(*values[used++]);
      store_one(module, format, field, *value, bytes.data() + field.offset + i * field.layout.size);
    }
  }
  return bytes;
}

Ref<> pack(Object& module, const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "pack() takes no keyword arguments");
  if (given.positional.empty()) raise(ErrorKind::kTypeError, "missing format argument");
  const StructFormat format = format_of(module, *given.positional[0]);
  return make_bytes(builtins_of(module), packed(module, format, given.positional.subspan(1), "pack"));
}

void pack_into(Object& module, const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, "pack_into() takes no keyword arguments");
  if (given.positional.empty()) raise(ErrorKind::kTypeError, "missing format argument");
  const StructFormat format = format_of(module, *given.positional[0]);
  if (given.positional.size() == 1) refuse(module, "pack_into expected buffer argument");
  if (given.positional.size() == 2) refuse(module, "pack_into expected offset argument");
  const std::span<Object* const> values = given.positional.subspan(3);
  if (values.size() != format.items)
    refuse(module, fmt::format("pack_into expected {} items for packing (got {})", format.items, values.size()));
  const Buffer buffer(*given.positional[1]);
  const std::span<std::byte> room = buffer.writable();
  const std::size_t begin = place_in(module, "pack_into", room.size(), format.size, to_index(*given.positional[2]));
  const std::string bytes = packed(module, format, values, "pack_into");
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(room.data()) + begin);
}

constexpr Attribute kFunctions[] = {
    function(
        "calcsize(format, /)", [](Object& module, Object& format) { return format_of(module, format).size; },
        "Return size in bytes of the struct described by the format string."),
    function(
        "unpack(format, buffer, /)",
        [](Object& module, Object& format, Object& buffer) { return unpack(module, format, buffer); },
        "Return a tuple containing values unpacked according to the format string."),
    function(
        "unpack_from(format, /, buffer, offset=0)",
        [](Object& module, Object& format, Object& buffer, Object* offset) {
          return unpack_from(module, format, buffer, offset);
        },
        "Return a tuple containing values unpacked according to the format string, from an offset on."),
    function(
        "pack(*args, **kwargs)", [](Object& module, const Arguments& given) { return pack(module, given); },
        "pack(format, v1, v2, ...) -> bytes"),
    function(
        "pack_into(*args, **kwargs)", [](Object& module, const Arguments& given) { pack_into(module, given); },
        "pack_into(format, buffer, offset, v1, v2, ...)"),
};

}  // namespace

Ref<Module> make_struct_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module = make_builtin_module(interpreter, kModuleName, "Functions to convert between values and bytes.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  const Ref<Class> error = make_class(builtins, "error", {&builtins.type(ErrorKind::kException)});
  set_attribute(*error, *intern(builtins, "__module__"), *make_str(builtins, "struct"));
  module->set("error", *error);
  return module;
}

}  // namespace ouro::script
