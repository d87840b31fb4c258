// Conversions from objects to C++ numbers, text and times, and walking what is converted element by element.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace ouro {

namespace detail {

namespace {

/// What C calls an integer of 1, 2, 4, 8 bytes.
std::string_view c_name(std::size_t bytes) noexcept {
  switch (bytes) {
    case 1:
      return "char";
    case 2:
      return "short";
    case 4:
      return "int";
    default:
      return "long";
  }
}

template <std::size_t kBytes, bool kSigned>
Error explain_size(const Failure& failure) {
  const auto& number = static_cast<const Int&>(*failure.subject());
  if (!kSigned && compare_ints(number, *make_int(builtins_of(number), 0)) < 0)
    return {ErrorKind::kOverflowError, "can't convert negative value to unsigned int"};
  return {ErrorKind::kOverflowError,
          fmt::format("Python int too large to convert to C {}{}", kSigned ? "" : "unsigned ", c_name(kBytes))};
}

template <std::size_t kBytes>
Failure::Explain explain_size(bool is_signed) noexcept {
  return is_signed ? explain_size<kBytes, true> : explain_size<kBytes, false>;
}

bool fail_size(Object& given, const IntegerRange& range) {
  const auto explain = range.bytes == 1   ? explain_size<1>(range.is_signed)
                       : range.bytes == 2 ? explain_size<2>(range.is_signed)
                       : range.bytes == 4 ? explain_size<4>(range.is_signed)
                                          : explain_size<8>(range.is_signed);
  static_cast<void>(fail(heap_of(given), Failure(error_type(ErrorKind::kOverflowError), explain, share(given))));
  return false;
}

Error explain_no_index(const Failure& failure) {
  return {ErrorKind::kTypeError,
          fmt::format("'{}' object cannot be interpreted as an integer", failure.subject()->type->name)};
}

Error explain_no_real_number(const Failure& failure) { return must_be("real number", *failure.subject()); }
Error explain_no_float(const Failure&) { return {ErrorKind::kOverflowError, "float too large to pack with f format"}; }
Error explain_no_path(const Failure& failure) {
  return {ErrorKind::kTypeError,
          fmt::format("expected str, bytes or os.PathLike object, not {}", failure.subject()->type->name)};
}

bool fail_with_type_error(Object& given, Failure::Explain explain) {
  static_cast<void>(fail(heap_of(given), Failure(error_type(ErrorKind::kTypeError), explain, share(given))));
  return false;
}

/// The bits of an int that is in range.
bool bits_in_range(const Int& number, const IntegerRange& range, std::uint64_t& bits) {
  if (fits_int64(number)) {
    bits = static_cast<std::uint64_t>(number.value);
    return number.value < 0 ? number.value >= range.least : bits <= range.most;
  }
  if (range.is_signed || bit_length(number) > 64 || compare_ints(number, *make_int(builtins_of(number), 0)) < 0)
    return false;
  bits = to_uint64(number);
  return bits <= range.most;
}

/// What `__index__` says, for an object that has it.
std::optional<Ref<Int>> asked_for_index(Object& object) {
  return convert_catching<Ref<Int>>(object, [&] {
    const Ref<> held = share(object);
    return index(*held);
  });
}

double asked_for_float(Object& object, const NumberSlots& slots) {
  const Ref<> held = share(object);  // its method may drop everything else that holds it
  if (slots.to_float == nullptr) return to_double(static_cast<const Int&>(*index(object)));
  const Ref<> made = slots.to_float(object);
  if (!is<Float>(*made))
    raise(ErrorKind::kTypeError,
          fmt::format("{}.__float__ returned non-float (type {})", object.type->name, made->type->name));
  return static_cast<Float&>(*made).value;
}

bool fail_time(Object& given) {
  static_cast<void>(fail(given, ErrorKind::kOverflowError, "timestamp too large to convert to C _PyTime_t"));
  return false;
}

/// Whole seconds lose nothing on their way.
bool ticks_of_seconds(Object& given, std::int64_t seconds, std::intmax_t numerator, std::intmax_t denominator,
                      std::int64_t& ticks) {
  if (__builtin_mul_overflow(seconds, denominator, &ticks)) return fail_time(given);
  if (ticks % numerator == 0) return ticks /= numerator, true;
  ticks = static_cast<std::int64_t>(std::nearbyint(static_cast<long double>(ticks) / static_cast<long double>(numerator)));
  return true;
}

}  // namespace

bool is_indexable(const Object& object) noexcept {
  const NumberSlots* const slots = object.type->slots->number;
  return slots != nullptr && slots->index != nullptr;
}

bool is_real_number(const Object& object) noexcept {
  const NumberSlots* const slots = object.type->slots->number;
  return is<Float>(object) || (slots != nullptr && (slots->to_float != nullptr || slots->index != nullptr));
}

bool integer_or_fail(Object& object, const IntegerRange& range, std::uint64_t& bits) {
  if (const Int* const number = as_int(object)) return bits_in_range(*number, range, bits) || fail_size(object, range);
  if (!is_indexable(object)) return fail_with_type_error(object, explain_no_index);
  const std::optional<Ref<Int>> number = asked_for_index(object);
  return number && (bits_in_range(**number, range, bits) || fail_size(**number, range));
}

bool double_or_fail(Object& object, double& value) {
  if (const Float* const number = as<Float>(object)) return value = number->value, true;
  if (const Int* const number = as_int(object); number != nullptr && fits_int64(*number))
    return value = static_cast<double>(number->value), true;
  if (!is_real_number(object)) return fail_with_type_error(object, explain_no_real_number);
  const auto asked = convert_catching<double>(object, [&] {
    return as_int(object) != nullptr ? to_double(object) : asked_for_float(object, *object.type->slots->number);
  });
  if (asked) value = *asked;
  return asked.has_value();
}

bool fits_float(Object& object, double value) {
  if (std::isinf(value) || !std::isinf(static_cast<float>(value))) return true;
  static_cast<void>(fail(heap_of(object), Failure(error_type(ErrorKind::kOverflowError), explain_no_float, share(object))));
  return false;
}

void raise_float_too_large(std::string_view format) {
  raise(ErrorKind::kOverflowError, fmt::format("float too large to pack with {} format", format));
}

bool ticks_or_fail(Object& object, std::intmax_t numerator, std::intmax_t denominator, TickRange range,
                   std::int64_t& ticks) {
  if (const Int* const whole = as_int(object)) {
    if (!fits_int64(*whole)) return fail_time(object);
    if (!ticks_of_seconds(object, whole->value, numerator, denominator, ticks)) return false;
  } else {
    double seconds = 0;
    if (!double_or_fail(object, seconds)) return false;
    if (std::isnan(seconds))
      return static_cast<void>(fail(object, ErrorKind::kValueError, "Invalid value NaN (not a number)")), false;
    const double rounded = std::nearbyint(seconds * static_cast<double>(denominator) / static_cast<double>(numerator));
    if (!(rounded >= -0x1p63 && rounded < 0x1p63)) return fail_time(object);
    ticks = static_cast<std::int64_t>(rounded);
  }
  return (ticks >= range.least && ticks <= range.most) || fail_time(object);
}

bool path_or_fail(Object& object, std::string& path) {
  if (is<Str>(object)) return path = text(static_cast<const Str&>(object)), true;
  if (!object.type->has(kClassType)) return fail_with_type_error(object, explain_no_path);
  const Ref<> held = share(object);
  const auto asked = convert_catching<Ref<>>(object, [&]() -> Ref<> {
    Object* const found = lookup(*object.type, *intern(builtins_of(object), "__fspath__"));
    return found != nullptr ? call(*bind(*share(*found), object), {}) : Ref<>();
  });
  if (!asked) return false;
  if (!*asked) return fail_with_type_error(object, explain_no_path);
  if (is<Str>(**asked)) return path = text(static_cast<const Str&>(**asked)), true;
  const Error refused(ErrorKind::kTypeError, fmt::format("expected {}.__fspath__() to return str or bytes, not {}",
                                                         object.type->name, (*asked)->type->name));
  static_cast<void>(fail(heap_of(object), Failure(refused)));
  return false;
}

Elements::Elements(Object& iterable) {
  Heap& heap = heap_of(iterable);
  if (is_exact<List>(iterable) || is_exact<Tuple>(iterable)) {
    source_ = share(iterable);
    sort_ = is_exact<List>(iterable) ? Sort::kList : Sort::kTuple;
  } else if (is<Str>(iterable)) {
    fail_must_be<List>(iterable);
    failed_ = true;
  } else {
    auto iterator = convert_catching<Ref<>>(iterable, [&] { return iterate(*share(iterable)); });
    failed_ = !iterator;
    if (iterator) source_ = std::move(*iterator);
  }
  static_cast<void>(heap);
}

Object* Elements::next() {
  if (failed_) return nullptr;
  if (sort_ == Sort::kIterator) {
    Heap& heap = heap_of(*source_);
    Outcome<Ref<>> item = try_next(*source_);
    failed_ = item.failed();
    // As an error that was made: it says nothing of the value that was to be converted.
    if (failed_) return static_cast<void>(fail_caught(heap, item.failure().error())), nullptr;
    current_ = *std::move(item);
    return current_.get();
  }
  Object* item = nullptr;
  if (sort_ == Sort::kList) {
    const auto& list = static_cast<const List&>(*source_);
    if (position_ < list.size) item = list.items[position_];
  } else {
    const auto& tuple = static_cast<const Tuple&>(*source_);
    if (position_ < tuple.size) item = tuple.items[position_];
  }
  ++position_;
  current_ = Ref<>::share(item);
  return item;
}

Ref<> repeatable(Object& object) {
  if (object.type->slots->next == nullptr) return share(object);
  return list_from(object);
}

}  // namespace detail

Ref<Dict> dict_of(Builtins& builtins, std::initializer_list<DictEntry> entries) {
  Ref<Dict> dict = make_dict(builtins, entries.size());
  for (const DictEntry& entry : entries) {
    const Ref<> key = entry.key.make(builtins);
    dict->set(*key, *entry.value.make(builtins));
  }
  return dict;
}

}  // namespace ouro
