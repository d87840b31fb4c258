#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/type_calls.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weakref.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

Ref<> checked_int(Ref<> made, std::string_view slot) {
  if (as_int(*made) == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("{} returned non-int (type {})", slot, made->type->name));
  return made;
}

/// An int as it is, and 0 or 1 for a bool.
Ref<> exact_int(Ref<> number) { return kind_of(*number) == Kind::kBool ? Ref<>(index(*number)) : std::move(number); }

/// `int(value)`.
Ref<> int_from(Builtins& builtins, Object& value) {
  if (const Str* const digits = as<Str>(value)) return int_from_text(builtins, text(*digits));
  if (kind_of(value) == Kind::kInt) return share(value);
  const Ref<> held = share(value);
  const NumberSlots* const number = value.type->slots->number;
  if (number != nullptr && number->to_int != nullptr) return exact_int(checked_int(number->to_int(value), "__int__"));
  if (number != nullptr && number->index != nullptr) return index(value);
  raise(ErrorKind::kTypeError,
        fmt::format("int() argument must be a string, a bytes-like object or a real number, not '{}'", value.type->name));
}

/// `float(value)`.
Ref<> float_from(Builtins& builtins, Object& value) {
  if (const Str* const digits = as<Str>(value)) return float_from_text(builtins, text(*digits));
  if (is<Float>(value)) return share(value);
  const Ref<> held = share(value);
  const NumberSlots* const number = value.type->slots->number;
  if (number != nullptr && number->to_float != nullptr) {
    Ref<> made = number->to_float(value);
    if (!is<Float>(*made)) {
      raise(ErrorKind::kTypeError,
            fmt::format("{}.__float__ returned non-float (type {})", value.type->name, made->type->name));
    }
    return made;
  }
  if (number != nullptr && number->index != nullptr) {
    const Ref<Int> whole = index(value);
    return make_float(builtins, to_double(*whole));
  }
  raise(ErrorKind::kTypeError,
        fmt::format("float() argument must be a string or a real number, not '{}'", value.type->name));
}

/// The value of a type called without arguments.
Ref<> empty_value(Type& type, Builtins& builtins) {
  switch (type.kind) {
    case Kind::kObject:
      return make<Object>(type, sizeof(Object), [](Object&) noexcept {});
    case Kind::kNone:
      return make_none(builtins);
    case Kind::kNotImplemented:
      return Ref<>::share(builtins.not_implemented());
    case Kind::kBool:
      return make_bool(builtins, false);
    case Kind::kInt:
      return make_int(builtins, 0);
    case Kind::kFloat:
      return make_float(builtins, 0.0);
    case Kind::kStr:
      return share(builtins.empty_str());
    case Kind::kTuple:
      return share(builtins.empty_tuple());
    case Kind::kList:
      return make_list(builtins);
    case Kind::kDict:
      return make_dict(builtins);
    case Kind::kType:
      raise(ErrorKind::kTypeError, "type() takes 1 or 3 arguments");
    case Kind::kWeakRef:
      raise(ErrorKind::kTypeError, "weakref expected at least 1 argument, got 0");
    default:
      raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  }
}

/// The value of a type called with one argument.
Ref<> converted_value(Type& type, Builtins& builtins, Object& value) {
  switch (type.kind) {
    case Kind::kType:
      return share<Object>(*value.type);
    case Kind::kBool:
      return make_bool(builtins, truth(value));
    case Kind::kInt:
      return int_from(builtins, value);
    case Kind::kFloat:
      return float_from(builtins, value);
    case Kind::kStr:
      return str(value);
    case Kind::kTuple:
      return tuple_from(value);
    case Kind::kList:
      return list_from(value);
    case Kind::kDict:
      return dict_from(value);
    case Kind::kWeakRef:
      return make_weakref(value);
    case Kind::kNone:
      raise(ErrorKind::kTypeError, "NoneType takes no arguments");
    case Kind::kNotImplemented:
      raise(ErrorKind::kTypeError, "NotImplementedType takes no arguments");
    default:
      raise(ErrorKind::kTypeError, fmt::format("cannot create '{}' instances", type.name));
  }
}

/// `type(name, bases, attributes)`.
Ref<> class_from(Builtins& builtins, std::span<Object* const> arguments) {
  const Str* const name = as<Str>(*arguments[0]);
  const Tuple* const bases = as<Tuple>(*arguments[1]);
  Dict* const attributes = as<Dict>(*arguments[2]);
  const auto refuse = [&](int position, std::string_view expected, const Object& given) {
    raise(ErrorKind::kTypeError,
          fmt::format("type.__new__() argument {} must be {}, not {}", position, expected, given.type->name));
  };
  if (name == nullptr) refuse(1, "str", *arguments[0]);
  if (bases == nullptr) refuse(2, "tuple", *arguments[1]);
  if (attributes == nullptr) refuse(3, "dict", *arguments[2]);
  return make_class(builtins, text(*name), bases->view(), attributes);
}

}  // namespace

Ref<> call_builtin_type(Type& type, const Arguments& arguments) {
  Builtins& builtins = *type.heap->builtins;
  if (type.kind == Kind::kObject && arguments.positional.size() + arguments.keyword_names.size() != 0)
    raise(ErrorKind::kTypeError, "object() takes no arguments");
  if (!arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("{}() takes no keyword arguments", type.name));
  const auto given = arguments.positional;
  if (given.empty()) return empty_value(type, builtins);
  if (given.size() == 1) return converted_value(type, builtins, *given[0]);
  if (given.size() == 2 && type.kind == Kind::kWeakRef) return make_weakref(*given[0], given[1]);
  if (type.kind == Kind::kType) {
    if (given.size() == 3) return class_from(builtins, given);
    raise(ErrorKind::kTypeError, "type() takes 1 or 3 arguments");
  }
  raise(ErrorKind::kTypeError, fmt::format("{} expected at most 1 argument, got {}", type.name, given.size()));
}

}  // namespace ouro::detail
