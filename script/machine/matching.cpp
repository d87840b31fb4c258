// What the instructions of `match` ask (CPython: match_keys and match_class in Python/ceval.c).
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/operations.h>

#include <fmt/format.h>

#include <vector>

namespace ouro::script {

bool is_sequence_pattern_subject(const Object& subject) {
  switch (kind_of(subject)) {
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kRange:
    case Kind::kMemoryView:
      return true;
    default:
      return false;
  }
}

bool is_mapping_pattern_subject(Object& subject) { return is<Dict>(subject) || kind_of(subject) == Kind::kMappingProxy; }

Object* match_keys(Object& subject, const Tuple& keys) {
  Builtins& builtins = builtins_of(subject);
  const Ref<Set> seen = make_set(builtins);
  const Ref<Str> get_name = interpreter_of(subject).names().get;
  std::vector<Ref<>> values;
  for (Object* const key : keys.view()) {
    if (!seen->add(*key))
      raise(ErrorKind::kValueError, fmt::format("mapping pattern checks duplicate key ({})", text(*repr(*key))));
    const FailureMark mark(builtins.heap.failures);
    Ref<> value;
    if (is<Dict>(subject)) {
      // A defaultdict must not grow by being looked at.
      value = Ref<>::share(static_cast<const Dict&>(subject).find(*key));
    } else {
      value = ouro::detail::get_item_or_fail(subject, *key);
      if (mark.failed(ErrorKind::kKeyError)) mark.forget();
      if (mark.failed()) return nullptr;
    }
    if (!value) return &builtins.none();
    values.push_back(std::move(value));
  }
  return build_tuple(builtins, values.size(), [&](std::size_t i) noexcept { return values[i]; }).release();
}

namespace {

/// Types whose one positional pattern matches the object itself.
bool matches_itself(const Type& type) noexcept {
  const Type* const builtin = &type;
  switch (builtin->kind) {
    case Kind::kBool:
    case Kind::kByteArray:
    case Kind::kBytes:
    case Kind::kDict:
    case Kind::kFloat:
    case Kind::kFrozenSet:
    case Kind::kInt:
    case Kind::kList:
    case Kind::kSet:
    case Kind::kStr:
    case Kind::kTuple:
      return true;
    default:
      return false;
  }
}

/// An attribute; empty if there is none.
Ref<> attribute_of(Object& subject, const Type& type, Str& name, Set& seen) {
  if (!seen.add(name))
    raise(ErrorKind::kTypeError, fmt::format("{}() got multiple sub-patterns for attribute '{}'", type.name, text(name)));
  return find_attribute(subject, name);
}

}  // namespace

Object* match_class(Object& subject, Object& given, std::uint32_t positional, const Tuple& names) {
  Builtins& builtins = builtins_of(subject);
  if (kind_of(given) != Kind::kType) raise(ErrorKind::kTypeError, "called match pattern must be a class");
  auto& type = static_cast<Type&>(given);
  if (!is_instance(subject, type)) return &builtins.none();
  const Ref<Set> seen = make_set(builtins);
  std::vector<Ref<>> values;
  if (positional > 0) {
    const Ref<> declared = find_attribute(given, *interpreter_of(subject).names().match_args);
    const bool is_itself = !declared && matches_itself(type);
    if (declared && !is_exact<Tuple>(*declared))
      raise(ErrorKind::kTypeError,
            fmt::format("{}.__match_args__ must be a tuple (got {})", type.name, declared->type->name));
    const auto most = is_itself ? 1 : declared ? static_cast<const Tuple&>(*declared).size : 0;
    if (most < positional)
      raise(ErrorKind::kTypeError, fmt::format("{}() accepts {} positional sub-pattern{} ({} given)", type.name, most,
                                               most == 1 ? "" : "s", positional));
    if (is_itself) {
      values.push_back(share(subject));
    } else {
      for (std::uint32_t i = 0; i < positional; ++i) {
        Object& name = *static_cast<const Tuple&>(*declared).items[i];
        if (!is_exact<Str>(name))
          raise(ErrorKind::kTypeError, fmt::format("__match_args__ elements must be strings (got {})", name.type->name));
        Ref<> value = attribute_of(subject, type, static_cast<Str&>(name), *seen);
        if (!value) return &builtins.none();
        values.push_back(std::move(value));
      }
    }
  }
  for (Object* const name : names.view()) {
    Ref<> value = attribute_of(subject, type, static_cast<Str&>(*name), *seen);
    if (!value) return &builtins.none();
    values.push_back(std::move(value));
  }
  return build_tuple(builtins, values.size(), [&](std::size_t i) noexcept { return values[i]; }).release();
}

}  // namespace ouro::script
