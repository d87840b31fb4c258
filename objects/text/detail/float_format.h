// Floats as text with a given number of digits: what format() and '%' make of them.
#pragma once

#include <ouro/objects/text/str_builder.h>

#include <cstdint>

namespace ouro::detail {

/// How a float is written.
struct FloatFormat {
  char type = 'r';                ///< 'e', 'f', 'g'; in upper case INF and E, too; 'r': as repr
  int precision = 6;              ///< digits behind the point, for 'g' all; not for 'r'
  bool alternate = false;         ///< with a point always, and 'g' with its zeros
  bool add_dot_0 = false;         ///< a whole number ends in ".0" ('g' and 'r')
  bool no_negative_zero = false;  ///< what rounds to zero has no sign
};

/// Appends the value, in correctly rounded digits: "-1.50", "1e+16", "inf". MemoryError.
void append_float(StrBuilder& result, double value, const FloatFormat& how);

}  // namespace ouro::detail
