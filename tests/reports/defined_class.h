// A class whose special methods run what a test says.
#pragma once

#include <support/fixture.h>

#include <string>
#include <string_view>

namespace ouro::test {

/// "ValueError: message" if `act` throws an Error, "no error" otherwise.
template <class F>
[[nodiscard]] std::string error_of(F&& act) {
  try {
    static_cast<void>(act());
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

[[nodiscard]] inline std::string shown(const Ref<>& object) { return std::string(text(*repr(*object))); }

/// A class made at run time: `Defined(rt, "A")("__len__", [](Object&) { return 3; })`.
class Defined {
 public:
  Defined(Runtime& rt, std::string_view name) : rt_(rt), type_(rt.new_class(name)) {}

  template <class F>
  Defined& operator()(std::string_view method, F function) {
    type_.attr(method) = make_function(rt_.builtins(), std::string(type_->name) + "." + std::string(method), function);
    return *this;
  }
  [[nodiscard]] Ref<> make() const { return Ref<>(type_)(); }
  [[nodiscard]] const Ref<Class>& type() const noexcept { return type_; }

 private:
  Runtime& rt_;
  Ref<Class> type_;
};

}  // namespace ouro::test
