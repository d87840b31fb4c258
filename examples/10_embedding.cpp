// Embedding: limits, a budget of time, what nobody catches, threads that come in, and a report at the end.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <string>
#include <thread>

using namespace ouro;

namespace {

void run(Runtime& rt) {
  const Ref<Dict> names = rt.dict();
  const auto forever = make_function(
      rt.builtins(), "forever()", [](Dict& scope) { return Ref<>::share(scope.get("forever"))(); }, names);
  names["forever"] = forever;
  fmt::print("{}\n", try_call(forever).failure().error().what());
  names["forever"].erase();

  rt.attention().set_interrupt_handler([] { raise(ErrorKind::kTimeoutError, "the budget is used up"); });
  std::jthread timer([&rt] { rt.attention().interrupt(); });
  try {
    for (;;) rt.safepoint();
  } catch (const Error& error) {
    fmt::print("{}\n", error.what());
  }

  const Ref<Class> loud = rt.new_class("Loud");
  loud.attr("__del__") =
      make_function(rt.builtins(), "__del__(self)", [](Object&) { raise(ErrorKind::kOSError, "cannot close"); });
  loud().reset();

  const Ref<List> results = rt.list();
  std::jthread worker([&] {
    const Attach inside(rt);
    results->append(*rt.from("from a thread"));
  });
  {
    const GilRelease outside(rt);
    worker.join();
  }
  fmt::print("{}\n", results);
}

}  // namespace

int main() {
  Runtime rt({.memory_limit = std::size_t{64} << 20,
              .recursion_limit = 100,
              .unraisable = [](const Error& error, std::string_view,
                               const Object&) { fmt::print("unraisable: {}\n", error.what()); },
              .leak_handler = [](const LeakReport& report) { fmt::print("leaks: {}\n", report.leaks.size()); }});
  run(rt);
  Ref<> forgotten = rt.list(1);
  rt.close();
  forgotten.reset();  // harmless
}

// prints:
//   RecursionError: maximum recursion depth exceeded while calling a Python object
//   TimeoutError: the budget is used up
//   unraisable: OSError: cannot close
//   ['from a thread']
//   leaks: 1
