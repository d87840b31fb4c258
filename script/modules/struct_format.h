// The formats of module struct: "<2hI" as fields of sizes and places.
#pragma once

#include <ouro/script/modules/number_items.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace ouro::script {

/// What a letter stands for, with the count before it.
struct StructField {
  char code;
  std::size_t count;   ///< of numbers; of a text its bytes
  std::size_t offset;  ///< of the first
  NumberLayout layout;
  [[nodiscard]] bool is_text() const noexcept { return code == 's' || code == 'p'; }
};

struct StructFormat {
  std::vector<StructField> fields;
  std::size_t size = 0;   ///< bytes
  std::size_t items = 0;  ///< objects
  bool is_native = true;
};

/// Reads a format. What is wrong with one is told in words; null: nothing is.
[[nodiscard]] const char* read_format(std::string_view text, StructFormat& into);

}  // namespace ouro::script
