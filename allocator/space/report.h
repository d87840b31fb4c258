// What a verifier found: a list of broken laws, each with an address.
//
// The list has a fixed length and lives where the caller puts it, so that reporting on a damaged heap allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdio>
#include <string_view>

namespace ouro::alloc {

/// One broken law.
struct Finding {
  const char* law;               ///< its name, a string literal
  const void* address;           ///< the arena, pool or block it was found at
  std::array<char, 112> detail;  ///< what was found, a sentence
};

/// The findings of one or more verifications.
class Report {
 public:
  /// Notes a broken law. `format` and what follows are printf's. Findings beyond the capacity are only counted
  /// [law-report].
  [[gnu::format(printf, 4, 5)]] void add(const char* law, const void* address, const char* format, ...) noexcept;

  /// True if nothing was found.
  [[nodiscard]] bool clean() const noexcept { return total_ == 0; }
  /// How many findings there were, noted or not.
  [[nodiscard]] std::size_t total() const noexcept { return total_; }
  /// True if a noted finding names this law.
  [[nodiscard]] bool names(std::string_view law) const noexcept;
  /// Prints every noted finding as a line "[law] address: detail".
  void print(std::FILE* file) const noexcept;

  [[nodiscard]] const Finding* begin() const noexcept { return findings_.data(); }
  [[nodiscard]] const Finding* end() const noexcept { return findings_.data() + noted_; }

 private:
  std::array<Finding, 32> findings_{};
  std::size_t noted_ = 0;
  std::size_t total_ = 0;
};

}  // namespace ouro::alloc
