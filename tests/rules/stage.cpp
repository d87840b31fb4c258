// The log, the classes and the scenarios of a stage.
#include "stage.h"

#include <algorithm>

namespace ouro::test {

void Log::add(const std::string& line) {
  if (!text_.empty()) text_ += "; ";
  text_ += line;
}

std::string_view state_of(const Ref<WeakRef>& reference) noexcept { return reference->target == nullptr ? "dead" : "alive"; }

std::string numbers(const std::vector<int>& values) { return fmt::format("{}", fmt::join(values, ",")); }

std::vector<int> numbers_of(const Ref<List>& objects) {
  std::vector<int> values;
  for (Object& object : objects) values.push_back(share(object).attr("number").as<int>());
  return values;
}

std::vector<int> sorted(std::vector<int> values) {
  std::sort(values.begin(), values.end());
  return values;
}

Stage::Stage(Options options) : fixture(std::move(options)), rt(fixture.rt) {
  rt.collector().set_stress(false);  // when collections happen is what many rules are about
  rt.gc().disable();
  rt.gc().collect();
}

Ref<Function> Stage::function(Act act) {
  const Act& kept = acts_.emplace_back(std::move(act));
  return make_function(rt.builtins(), "act", [&kept](Object& object) { kept(share(object)); });
}

Ref<Class> Stage::new_class(std::string_view name, Act finalizer) {
  Ref<Class> type = rt.new_class(name);
  if (finalizer) type.attr("__del__") = function(std::move(finalizer));
  classes_.push_back(type);
  return type;
}

Ref<> Stage::make(const Ref<Class>& type, int number, std::initializer_list<const char*> names) {
  Ref<> made = type();
  made.attr("number") = number;
  for (const char* const name : names) made.attr(name) = rt.none();
  return made;
}

Ref<> Stage::make_loop(const Ref<Class>& type, int number) {
  Ref<> made = type();
  made.attr("number") = number;
  made.attr("me") = made;
  return made;
}

Ref<WeakRef> Stage::watch(const Ref<>& target, Act callback) {
  return make_weakref(*target, function(std::move(callback)).get());
}

Scenario::Scenario(const char* name, Play play) : name_(name), play_(play) { all().push_back(this); }

std::string Scenario::told(Options options) const {
  Stage stage(std::move(options));
  play_(stage, stage.log);
  return stage.log.text();
}

std::vector<const Scenario*>& Scenario::all() {
  static std::vector<const Scenario*> scenarios;
  return scenarios;
}

}  // namespace ouro::test
