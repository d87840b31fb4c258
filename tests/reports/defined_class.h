// A class whose special methods run what a test says.
#pragma once

#include <support/fixture.h>

#include <string>
#include <string_view>

namespace ouro::test {

/// A class made at run time: `Defined(rt, "A")("__len__", [](Object&) { return 3; })`.
class Defined {
 public:
  Defined(Runtime& rt, std::string_view name) : type_(rt.new_class(name)) {}

  template <class F>
  Defined& operator()(std::string_view method, F function) {
    define(type_, method, function);
    return *this;
  }
  [[nodiscard]] Ref<> make() const { return Ref<>(type_)(); }
  [[nodiscard]] const Ref<Class>& type() const noexcept { return type_; }

 private:
  Ref<Class> type_;
};

}  // namespace ouro::test
