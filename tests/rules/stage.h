// A stage for the rules of collection: a runtime, a log of what can be observed, and scenarios that are played on it.
//
// A scenario tells what happens as one line of text. The test of a rule compares it with what the rule says; the
// differential test plays all scenarios and compares each with what CPython tells of the scenario of the same name
// (python/*.py).
#pragma once

#include <support/fixture.h>

#include <fmt/format.h>

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

/// What happened, in order: "a; b; c".
class Log {
 public:
  template <class... A>
  void operator()(fmt::format_string<A...> text, A&&... values) {
    add(fmt::format(text, std::forward<A>(values)...));
  }
  void add(const std::string& line);
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// "alive" or "dead".
[[nodiscard]] std::string_view state_of(const Ref<WeakRef>& reference) noexcept;
/// "True" or "False".
[[nodiscard]] constexpr std::string_view python_bool(bool value) noexcept { return value ? "True" : "False"; }
/// "1,2,3".
[[nodiscard]] std::string numbers(const std::vector<int>& values);
/// The `number` attribute of each object of a list.
[[nodiscard]] std::vector<int> numbers_of(const Ref<List>& objects);
[[nodiscard]] std::vector<int> sorted(std::vector<int> values);

/// What a finalizer or a callback does with the object it is given.
using Act = std::function<void(const Ref<>&)>;

/// Where a scenario plays. Automatic collection is off. What the acts refer to must live as long as the objects of the
/// scenario, which must therefore be dead at its end.
class Stage {
 private:
  std::deque<Act> acts_;

 public:
  explicit Stage(Options options = {});

  Fixture fixture;
  Runtime& rt;
  Log log;

 private:
  std::vector<Ref<Class>> classes_;  ///< kept, so that they are nobody's garbage

 public:
  std::size_t collect(int generation = 2) { return rt.gc().collect(generation); }

  /// A function of one argument.
  [[nodiscard]] Ref<Function> function(Act act);
  /// A class, with a finalizer if there is an act.
  [[nodiscard]] Ref<Class> new_class(std::string_view name = "Plain", Act finalizer = {});
  /// An instance with a `number` and with attributes of these names, None at first. An instance that gets its attributes in
  /// the order in which its class's first one did keeps them in itself; others have a dict, which a collection counts too.
  [[nodiscard]] Ref<> make(const Ref<Class>& type, int number = 0, std::initializer_list<const char*> names = {});
  /// An instance that refers to itself by its attribute `me`, and has a `number`.
  [[nodiscard]] Ref<> make_loop(const Ref<Class>& type, int number = 0);
  [[nodiscard]] Ref<WeakRef> watch(const Ref<>& target) { return make_weakref(*target); }
  [[nodiscard]] Ref<WeakRef> watch(const Ref<>& target, Act callback);
};

/// What happens, by name, and how it is played. Objects of static storage: the differential test finds them by name.
class Scenario {
 public:
  using Play = void (*)(Stage& stage, Log& log);

  Scenario(const char* name, Play play);
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;

  [[nodiscard]] const char* name() const noexcept { return name_; }
  /// Plays it in a runtime of its own and returns the log.
  [[nodiscard]] std::string told(Options options = {}) const;

  [[nodiscard]] static std::vector<const Scenario*>& all();

 private:
  const char* name_;
  Play play_;
};

}  // namespace ouro::test
