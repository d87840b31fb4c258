// Reading: one text on its way through Boost.JSON's streaming parser, whose headers one source includes.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/json/json.h>

#include <string_view>

namespace ouro::json::detail {

/// Makes objects of what it is fed.
class Reading {
 public:
  [[nodiscard]] static Owned<Reading> make(Builtins& builtins, const LoadOptions& options);
  virtual ~Reading() = default;

  /// The next piece, which ends after a whole character. False if the parser refuses it: then the reading is over. Throws
  /// what making objects throws.
  [[nodiscard]] virtual bool read(std::string_view piece, bool is_last) = 0;
  /// The same for a value that the parser does not know: NaN, Infinity, -Infinity, or any number.
  [[nodiscard]] virtual bool read_odd_value(std::string_view value) = 0;
  [[nodiscard]] virtual std::size_t values() const noexcept = 0;
  /// The object of the text.
  [[nodiscard]] virtual Ref<> take() noexcept = 0;
};

[[nodiscard]] inline bool has_hooks(const LoadOptions& options) noexcept {
  return options.object_hook || options.object_pairs_hook || options.parse_float || options.parse_int ||
         options.parse_constant;
}

/// Reads a whole text that Boost.JSON refused, or that is read with hooks: those are called for what stands in front of an
/// error, and once. `values` becomes the number of values.
[[nodiscard]] Ref<> load_by_grammar(Builtins& builtins, std::string_view text, const LoadOptions& options,
                                    std::size_t& values);

/// JSONDecodeError for a byte position in a valid text.
[[noreturn, gnu::cold]] void raise_decode_error(Builtins& builtins, std::string_view message, std::string_view text,
                                                std::size_t position);

}  // namespace ouro::json::detail
