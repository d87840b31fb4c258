// Operators: a value type with arithmetic, comparison, a hash and iteration.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <tuple>
#include <vector>

using namespace ouro;

namespace {

struct Vec {
  int x = 0, y = 0;
  bool operator==(const Vec&) const = default;
  static constexpr std::tuple<> edges{};
};

}  // namespace

int main() {
  Runtime rt;
  const auto vec =
      rt.class_<Vec>("Vec")
          .init<int, int>("(x=0, y=0)")
          .prop("x", &Vec::x)
          .def("__add__",
               [](const Vec& a, const Vec& b) {
                 return Vec{a.x + b.x, a.y + b.y};
               })
          .def("__mul__",
               [](const Vec& a, int by) {
                 return Vec{a.x * by, a.y * by};
               })
          .def("__rmul__",
               [](const Vec& a, int by) {
                 return Vec{a.x * by, a.y * by};
               })
          .def("__neg__",
               [](const Vec& a) {
                 return Vec{-a.x, -a.y};
               })
          .def("__eq__", [](const Vec& a, const Vec& b) { return a == b; })
          .def("__hash__", [](const Vec& a) { return a.x * 31 + a.y; })
          .def("__iter__", [](const Vec& a, Builtins& home) { return iterate(*to_object(home, std::pair(a.x, a.y))); })
          .def("__repr__", [](const Vec& a) { return fmt::format("Vec({}, {})", a.x, a.y); });
  const Ref<> v = vec(1, 2);
  fmt::print("{}\n", v + vec(10) * 2);
  fmt::print("{}\n", -(3 * v));
  fmt::print("equal: {}, to a number: {}\n", v == vec(1, 2), v == 5);
  fmt::print("a key: {}\n", rt.dict({{v, "found"}})[vec(1, 2)]);
  fmt::print("as a list: {}\n", list_from(*v));
  try {
    static_cast<void>(v + "x");
  } catch (const Error& error) {
    fmt::print("{}\n", error.what());
  }
}

// prints:
//   Vec(21, 2)
//   Vec(-3, -6)
//   equal: true, to a number: false
//   a key: found
//   as a list: [1, 2]
//   TypeError: unsupported operand type(s) for +: 'Vec' and 'str'
