// Errors: C++ exceptions become Python's, Python's are C++ exceptions, and what is expected to fail throws nothing.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <stdexcept>

using namespace ouro;

namespace {

struct NotConverged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace

int main() {
  Runtime rt;
  // A class of errors made at run time, and a C++ exception that stands for it.
  const Ref<Class> type = rt.new_class("ConvergenceError", {&rt.type(ErrorKind::kArithmeticError)});
  rt.translate<NotConverged>(type);
  const auto solve = make_function(rt.builtins(), "solve(steps)", [](int steps) {
    if (steps < 0) throw std::invalid_argument("negative steps");
    if (steps < 10) throw NotConverged("too few steps");
    return steps;
  });
  for (const int steps : {-1, 5, 10}) {
    try {
      fmt::print("solved in {}\n", solve(steps));
    } catch (const Error& error) {
      fmt::print("{} (arithmetic: {})\n", error.what(), error.is(ErrorKind::kArithmeticError));
    }
  }

  // The error as an object, and back.
  const Outcome<Ref<>> failed = try_call(solve, 5);
  const Ref<BaseException> object = rt.exception(failed.failure());
  fmt::print("{:r}\n", object);
  try {
    raise(object);
  } catch (const Error& error) {
    fmt::print("the same: {}\n", rt.exception(error).is(object));
  }

  // A missing key makes neither text nor object.
  const Ref<> ages = rt.dict({{"ada", 36}});
  fmt::print("{}\n", ages["grace"].try_get().failure().is(ErrorKind::kLookupError));
}

// prints:
//   ValueError: negative steps (arithmetic: false)
//   ConvergenceError: too few steps (arithmetic: true)
//   solved in 10
//   ConvergenceError('too few steps')
//   the same: true
//   true
