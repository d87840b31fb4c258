// Operators, displays, unpacking, f-strings.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/detail/special_slots.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/detail/items_of.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/descriptor.h>
#include <ouro/objects/functions/detail/invoke.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/operations/in_place.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_builder.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/operations.h>

#include <fmt/format.h>

#include <utility>

namespace ouro::script {

Object* binary(std::uint32_t op, Object& left, Object& right) {
  if (op == kMatrixMultiply) return matrix_multiply(left, right).release();
  return apply(static_cast<Operator>(op), left, right).release();
}

Object* in_place(std::uint32_t op, Object* left, Object& right) {
  Ref<> held = Ref<>::adopt(left);
  if (op == static_cast<std::uint32_t>(Operator::kAdd) && append_if_str(held, right)) return held.release();
  if (op == kMatrixMultiply) return matrix_multiply_in_place(*held, right).release();
  return apply_in_place(static_cast<Operator>(op), *held, right).release();
}

namespace {

constexpr ouro::detail::Special kOrderMethods[] = {ouro::detail::Special::kLess,    ouro::detail::Special::kLessEqual,
                                                   ouro::detail::Special::kEqual,   ouro::detail::Special::kNotEqual,
                                                   ouro::detail::Special::kGreater, ouro::detail::Special::kGreaterEqual};

}  // namespace

namespace {

/// What one operand says; empty: NotImplemented, or it failed. A special method may give any object.
Ref<> ask(Object& object, Object& other, Comparison op) {
  const auto special = kOrderMethods[static_cast<std::size_t>(op)];
  Builtins& builtins = builtins_of(object);
  if (class_of(object) != nullptr && ouro::detail::special_method(object, special) != nullptr) {
    Ref<> answer = ouro::detail::call_special_or_fail(object, special, {&other});
    return answer.get() == &builtins.not_implemented() ? Ref<>() : answer;
  }
  const auto slot = object.type->slots->compare;
  const Answer answer = slot == nullptr ? Answer::kNotImplemented : slot(object, other, op);
  return answer == Answer::kNotImplemented ? Ref<>() : make_bool(builtins, answer == Answer::kYes);
}

Comparison reflected(Comparison op) noexcept {
  using enum Comparison;
  constexpr Comparison kReflected[] = {kGreater, kGreaterEqual, kEqual, kNotEqual, kLess, kLessEqual};
  return kReflected[static_cast<std::size_t>(op)];
}

/// With an operand of a class (CPython: do_richcompare).
Object* compare_by_methods(Object& left, Object& right, Comparison op) {
  const RecursionGuard guard(builtins_of(left), " in comparison");
  const FailureMark mark(heap_of(left).failures);
  const bool right_first =
      left.type != right.type && is_subtype(*right.type, *left.type) && right.type->slots->compare != nullptr;
  if (right_first) {
    if (Ref<> answer = ask(right, left, reflected(op)); answer || mark.failed()) return answer.release();
  }
  if (Ref<> answer = ask(left, right, op); answer || mark.failed()) return answer.release();
  if (!right_first) {
    if (Ref<> answer = ask(right, left, reflected(op)); answer || mark.failed()) return answer.release();
  }
  if (op == Comparison::kEqual || op == Comparison::kNotEqual)
    return &builtins_of(left).boolean((&left == &right) == (op == Comparison::kEqual));
  constexpr std::string_view kSigns[] = {"<", "<=", "==", "!=", ">", ">="};
  raise(ErrorKind::kTypeError, fmt::format("'{}' not supported between instances of '{}' and '{}'",
                                           kSigns[static_cast<std::size_t>(op)], left.type->name, right.type->name));
}

}  // namespace

Object* compare_values(Object& left, Object& right, Comparison op) {
  if (class_of(left) != nullptr || class_of(right) != nullptr) return compare_by_methods(left, right, op);
  return &builtins_of(left).boolean(compare(left, right, op));
}

bool load_method(Object& object, Str& name, Object*& function, bool& takes_object) {
  takes_object = true;
  if (is<Instance>(object)) {
    if (Object* const method = method_at_hand(static_cast<const Instance&>(object), name)) {
      function = share(*method).release();
      return true;
    }
  } else if (object.type->slots->get_attribute == nullptr && !object.type->has(kClassType)) {
    Object* const found = ouro::detail::builtin_attribute(*object.type, text(name));
    auto* const method = found != nullptr ? as<Descriptor>(*found) : nullptr;
    if (method != nullptr && ouro::detail::is_plain_method(*method)) {
      function = method;  // immortal
      return true;
    }
  }
  takes_object = false;
  function = ouro::detail::get_attribute_or_fail(object, name).release();
  return function != nullptr;
}

bool print_expression(Interpreter& interpreter, Object& value) {
  if (is_none(value)) return true;
  const Ref<> hook = Ref<>::share(interpreter.sys().find("displayhook"));
  if (!hook) raise(ErrorKind::kRuntimeError, "lost sys.displayhook");
  Object* const argument = &value;
  return static_cast<bool>(call_object(*hook, Arguments{{&argument, 1}, {}, {}}));
}

// ---- Displays ----

Object* build_map(Builtins& builtins, Object* const* pairs, std::uint32_t count) {
  Ref<Dict> made = make_dict(builtins, count);
  for (std::uint32_t i = 0; i < count; ++i) made->set(*pairs[2 * i], *pairs[2 * i + 1]);
  return made.release();
}

Object* build_set(Builtins& builtins, Object* const* items, std::uint32_t count) {
  Ref<Set> made = make_set(builtins);
  for (std::uint32_t i = 0; i < count; ++i) static_cast<void>(made->add(*items[i]));
  return made.release();
}

Object* build_string(Builtins& builtins, Object* const* parts, std::uint32_t count) {
  StrBuilder builder(builtins);
  for (std::uint32_t i = 0; i < count; ++i) builder.append(static_cast<const Str&>(*parts[i]));
  return builder.finish().release();
}

Object* format_value(Object& value, std::uint32_t conversion, Object* spec) {
  Ref<> shown = share(value);
  if (conversion == 1) shown = str(value);
  if (conversion == 2) shown = repr(value);
  if (conversion == 3) shown = ascii(value);
  if (spec == nullptr && is_exact<Str>(*shown)) return shown.release();
  return spec != nullptr ? format(*shown, static_cast<Str&>(*spec)).release() : format(*shown).release();
}

bool list_extend(List& list, Object& iterable) {
  if (!is<List>(iterable) && !is<Tuple>(iterable) && iterable.type->slots->iterate == nullptr &&
      (iterable.type->slots->sequence == nullptr || iterable.type->slots->sequence->item == nullptr))
    raise(ErrorKind::kTypeError, fmt::format("Value after * must be an iterable, not {}", iterable.type->name));
  list.extend(iterable);
  return true;
}

bool dict_update(Dict& dict, Object& mapping) {
  const bool is_mapping = is<Dict>(mapping) || has_attribute(mapping, *interpreter_of(dict).names().keys);
  if (!is_mapping) raise(ErrorKind::kTypeError, fmt::format("'{}' object is not a mapping", mapping.type->name));
  dict.update(mapping);
  return true;
}

std::string called(Object& callee) {
  Builtins& builtins = builtins_of(callee);
  const Ref<> name = find_attribute(callee, *intern(builtins, "__qualname__"));
  if (!name || !is<Str>(*name)) return std::string(text(*str(callee)));
  const Ref<> module = find_attribute(callee, *interpreter_of(callee).names().module_name);
  const std::string_view own = text(static_cast<const Str&>(*name));
  if (module && is<Str>(*module) && text(static_cast<const Str&>(*module)) != "builtins")
    return fmt::format("{}.{}()", text(static_cast<const Str&>(*module)), own);
  return fmt::format("{}()", own);
}

bool dict_merge(Dict& dict, Object& mapping, Object& callee) {
  if (!is<Dict>(mapping) && !has_attribute(mapping, *interpreter_of(dict).names().keys))
    raise(ErrorKind::kTypeError,
          fmt::format("{} argument after ** must be a mapping, not {}", called(callee), mapping.type->name));
  const Ref<Dict> copy = is<Dict>(mapping) ? share(static_cast<Dict&>(mapping)) : dict_from(mapping);
  for (auto [key, value] : *copy) {
    const Ref<> held[] = {share(key), share(value)};
    if (!is<Str>(key)) raise(ErrorKind::kTypeError, "keywords must be strings");
    if (dict.contains(key))
      raise(ErrorKind::kTypeError, fmt::format("{} got multiple values for keyword argument '{}'", called(callee),
                                               text(static_cast<const Str&>(key))));
    dict.set(key, value);
  }
  return true;
}

// ---- Unpacking ----

namespace {

void put_reversed(std::span<Object* const> items, Object** to) noexcept {
  for (std::size_t i = 0; i < items.size(); ++i) to[items.size() - 1 - i] = share(*items[i]).release();
}

Ref<> iterator_to_unpack(Object& iterable) {
  return ouro::detail::iterator_of(iterable, fmt::format("cannot unpack non-iterable {} object", iterable.type->name));
}

[[noreturn]] void refuse_too_few(std::size_t wanted, std::size_t got, bool at_least) {
  raise(ErrorKind::kValueError,
        fmt::format("not enough values to unpack (expected {}{}, got {})", at_least ? "at least " : "", wanted, got));
}

}  // namespace

bool unpack_sequence(Object& iterable, std::uint32_t count, Object** to) {
  const bool is_tuple = is_exact<Tuple>(iterable);
  if (is_tuple || is_exact<List>(iterable)) {
    const auto items = is_tuple ? static_cast<const Tuple&>(iterable).view() : static_cast<const List&>(iterable).view();
    if (items.size() == count) {
      put_reversed(items, to);
      return true;
    }
    if (items.size() > count) raise(ErrorKind::kValueError, fmt::format("too many values to unpack (expected {})", count));
    refuse_too_few(count, items.size(), false);
  }
  const Ref<> iterator = iterator_to_unpack(iterable);
  std::vector<Ref<>> items;
  for (std::uint32_t i = 0; i < count; ++i) {
    Ref<> item = next(*iterator);
    if (!item) refuse_too_few(count, i, false);
    items.push_back(std::move(item));
  }
  if (next(*iterator)) raise(ErrorKind::kValueError, fmt::format("too many values to unpack (expected {})", count));
  for (std::uint32_t i = 0; i < count; ++i) to[count - 1 - i] = items[i].release();
  return true;
}

bool unpack_starred(Object& iterable, std::uint32_t before, std::uint32_t behind, Object** to) {
  const Ref<> iterator = iterator_to_unpack(iterable);
  std::vector<Ref<>> items;
  for (std::uint32_t i = 0; i < before; ++i) {
    Ref<> item = next(*iterator);
    if (!item) behind == 0 ? refuse_too_few(before, i, true) : refuse_too_few(before + behind, i, true);
    items.push_back(std::move(item));
  }
  Ref<List> rest = list_from(*iterator);
  if (rest->size < behind) refuse_too_few(before + behind, before + rest->size, true);
  std::vector<Ref<>> last;
  for (std::uint32_t i = 0; i < behind; ++i) last.push_back(rest->pop());
  for (Ref<>& item : last) *to++ = item.release();
  *to++ = rest.release();
  for (std::size_t i = items.size(); i-- > 0;) *to++ = items[i].release();
  return true;
}

}  // namespace ouro::script
