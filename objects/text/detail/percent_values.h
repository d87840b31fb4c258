// What '%' of str and of bytes have in common: the values, the reading of conversions, numbers.
#pragma once

#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/detail/percent_reader.h>
#include <ouro/objects/text/str_builder.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace ouro::detail {

/// In what both differ.
struct PercentDialect {
  Ref<> (*make_key)(Builtins& builtins, std::string_view key);  ///< of "(key)"
  std::string_view left_over;                                   ///< what is said if arguments are left
  std::string_view precision_too_big;
};

/// What the conversions are given: the items of a tuple, or one value, or what a mapping has under their keys.
class PercentValues {
 public:
  /// `is_plain`: what has items is one value all the same, as text is.
  PercentValues(const PercentDialect& dialect, Object& values, bool is_plain) noexcept;

  /// TypeError "not enough arguments for format string".
  [[nodiscard]] Ref<> next();
  /// TypeError "not all arguments converted during string formatting".
  void expect_none_left() const;
  /// What stands behind a '%'. ValueError, TypeError, OverflowError; what the mapping raises.
  [[nodiscard]] PercentConversion read_conversion(PercentReader& reader, Builtins& builtins);

 private:
  void select(Builtins& builtins, std::string_view key);
  void expect_mapping() const;
  void read_width(PercentReader& reader, PercentConversion& conversion);
  void read_precision(PercentReader& reader, PercentConversion& conversion);
  [[nodiscard]] Ref<Int> next_int();

  const PercentDialect& dialect_;
  const Tuple* tuple_;
  Ref<> value_, mapping_;
  std::size_t used_ = 0;
  bool is_mapping_ = false;
};

[[noreturn, gnu::cold]] void refuse_format(ErrorKind kind, const std::string& why);

/// What a type of conversion stands for.
[[nodiscard]] bool is_percent_int(char32_t type) noexcept;
[[nodiscard]] bool is_percent_float(char32_t type) noexcept;

/// The int that an object is converted to for "%d", "%x" ... TypeError "%d format: a real number is required, not str";
/// `shown` is the type as the error says it.
[[nodiscard]] Ref<Int> percent_int(Object& value, char32_t type, char32_t shown);
/// The number of a character. TypeError `refused` if it has no `__index__`, or that raises TypeError.
[[nodiscard]] Ref<Int> percent_code(Object& value, std::string_view refused);

/// Appends a number as the conversion says. OverflowError "precision too large"; MemoryError.
void append_percent_int(StrBuilder& result, const Int& value, const PercentConversion& conversion);
void append_percent_float(StrBuilder& result, Builtins& builtins, double value, const PercentConversion& conversion);

/// How many spaces pad `size` characters to the width of the conversion.
[[nodiscard]] std::size_t percent_padding(const PercentConversion& conversion, std::size_t size) noexcept;

}  // namespace ouro::detail
