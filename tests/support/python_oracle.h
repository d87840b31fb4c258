// CPython 3.11 as a judge.
//
// A differential test writes a small Python script that makes up values and prints one case a line: arguments and the
// expected outcome, separated by tabs. The kernel under test must agree on every line. Where no CPython 3.11 is found the
// case is skipped (python.h); therefore each kernel also has literal cases beside it that need no Python.
//
// The script has these at hand:
//   rng            a random.Random with a fixed seed
//   COUNT(n)       n cases, four times as many in a stress run (OURO_STRESS=1)
//   case(*args)    prints a line; str is sent as the hexadecimal of its UTF-8, float as that of its bits, int in decimal
//   outcome(f)     f(), or "TypeError: message" (as str) of what it raises
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

/// One case: its fields as they were printed.
class PythonCase {
 public:
  explicit PythonCase(std::vector<std::string> fields) : fields_(std::move(fields)) {}

  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  /// The field as printed: a decimal integer.
  [[nodiscard]] const std::string& raw(std::size_t k) const { return fields_.at(k); }
  [[nodiscard]] std::int64_t integer(std::size_t k) const { return std::stoll(raw(k)); }
  /// A field that was a str or bytes: its bytes.
  [[nodiscard]] std::string text(std::size_t k) const;
  /// A field that was a float.
  [[nodiscard]] double real(std::size_t k) const;
  /// True if the field is a str; an outcome that is not is a value.
  [[nodiscard]] bool is_text(std::size_t k) const { return raw(k).starts_with('s'); }

 private:
  std::vector<std::string> fields_;
};

/// Runs `script` and gives `check` every case it printed. `check` returns what the kernel made of it and what Python did,
/// both as text; they must be equal. Fails if the script prints fewer than `at_least` cases.
struct Verdict {
  std::string ours;
  std::string pythons;
};
void compare_with_python(std::string_view script, std::size_t at_least,
                         const std::function<Verdict(const PythonCase&)>& check);

/// The bits of a float in hexadecimal, so that -0.0 and nans differ; every nan is "nan".
[[nodiscard]] std::string bits_of(double value);

/// What `act` returns, or the `what()` of the ouro::Error it throws.
[[nodiscard]] std::string outcome_of(const std::function<std::string()>& act);

}  // namespace ouro::test
