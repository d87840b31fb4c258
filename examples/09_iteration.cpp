// Iteration: any iterable in a C++ loop, and a C++ struct that is an iterator and a context manager.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <utility>

using namespace ouro;

namespace {

/// The Fibonacci numbers below a bound.
struct Fibonacci {
  std::int64_t bound, now = 0, following = 1;
  explicit Fibonacci(std::int64_t most) : bound(most) {}
  static constexpr std::tuple<> edges{};
};

/// Notes when it is entered and left.
struct Section {
  Ref<List> log;
  static constexpr std::tuple edges{&Section::log};
};

}  // namespace

int main() {
  Runtime rt;
  const auto fibonacci = rt.class_<Fibonacci>("Fibonacci")
                             .init<std::int64_t>("(bound)")
                             .def("__iter__", [](Object& self) { return share(self); })
                             .def("__next__", [](Object& self) -> Ref<> {
                               auto& state = *native_cast<Fibonacci>(self);
                               if (state.now >= state.bound) return fail(self, ErrorKind::kStopIteration);
                               const std::int64_t value = state.now;
                               state.now = std::exchange(state.following, state.following + value);
                               return make_int(builtins_of(self), value);
                             });
  const char* join = "";
  for (const Ref<>& number : each(fibonacci(30))) fmt::print("{}{}", std::exchange(join, " "), number);
  fmt::print("\nsum {}, largest {}\n", sum(*fibonacci(1000)), max_of(*fibonacci(1000)));

  const Ref<List> log = rt.list();
  const auto section =
      rt.class_<Section>("Section")
          .def("__enter__", [](Section& self) { self.log->append(*make_str(builtins_of(*self.log), "in")); })
          .def("__exit__",
               [](Section& self, Object&, Object&, Object&) { self.log->append(*make_str(builtins_of(*self.log), "out")); });
  const Ref<> guarded = section.make(log);
  guarded.attr("__enter__")();
  guarded.attr("__exit__")(nullptr, nullptr, nullptr);
  fmt::print("{}\n", log);
}

// prints:
//   0 1 1 2 3 5 8 13 21
//   sum 2583, largest 987
//   ['in', 'out']
