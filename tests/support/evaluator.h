// Evaluator: lines of Python, run by the library's own operations, for comparing with CPython line by line.
//
//   Evaluator evaluator(rt.builtins());
//   compare_lines_with_python(evaluator, {"s = {1, 2}", "s | {3}", "s.add([])", "s"});
//
// A line is an expression, whose repr is the answer, or an assignment (`a = x`, `a.b = x`, `a[k] = x`, `a += x`), or `del
// a[k]`, whose answer is None. What raises answers "TypeError: text". There is what literals, names, operators, calls with
// keywords, attributes, items and slices need; no comprehensions, no lambda, no f-strings. Names are those of the built-in
// types, of exceptions and of what a test adds (`name`); later lines see what earlier ones assigned.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/ref.h>

#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

class Evaluator {
 public:
  explicit Evaluator(Builtins& builtins);

  /// Gives `name` a meaning on both sides: an object here, and Python text there, `name = text`, or statements that define
  /// it.
  void name(const std::string& name, Ref<> value, const std::string& python);
  /// The same for what CPython knows by itself.
  void name(const std::string& name, Ref<> value) { names_[name] = std::move(value); }

  /// The answer to a line, as CPython's script prints it: addresses and line ends are replaced.
  [[nodiscard]] std::string run(const std::string& line);
  /// The value of a line. Throws what it raises; std::runtime_error if the evaluator cannot read it.
  Ref<> evaluate(const std::string& line);

  /// What CPython runs before the lines.
  [[nodiscard]] const std::string& prelude() const noexcept { return prelude_; }
  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_; }

 private:
  Builtins& builtins_;
  std::map<std::string, Ref<>> names_;
  std::string prelude_;
};

/// Runs the lines here and by CPython, and checks that each answers alike. `explained` says of a line and both answers
/// whether a difference is one that a page of docs explains. Fails after 40 differences.
void compare_lines_with_python(
    Evaluator& evaluator, const std::vector<std::string>& lines,
    const std::function<bool(const std::string& line, const std::string& ours, const std::string& pythons)>& explained = {});
/// The same for lines written down at the call. A list of a hundred std::string takes a compiler with sanitizers many
/// seconds: each of them is destroyed on each way out.
void compare_lines_with_python(Evaluator& evaluator, std::initializer_list<const char*> lines);

}  // namespace ouro::test
