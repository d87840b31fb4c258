// Calls the first of several functions whose parameters fit.
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/functions/overloads.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace ouro {

namespace {

Ref<> call_overloads(Function& function, const Arguments& arguments, bool& refused);

constexpr detail::FunctionBehaviour kOverloads{
    .call = call_overloads, .state_bytes = 0, .required = 0, .most = 0, .rest = true};

bool is_overloads(const Function& function) noexcept { return function.behaviour == &kOverloads; }

/// What each says, as one text.
Error none_fits(const Function& function, const std::vector<Failure>& failures) {
  std::string text = fmt::format("{}() has no overload for these arguments", name_of(function));
  std::string_view join = ": ";
  for (const Failure& failure : failures) {
    text.append(join).append(failure.error().message());
    join = "; ";
  }
  return {ErrorKind::kTypeError, text};
}

// A cleared function keeps None in place of what it tried.
Ref<> call_overloads(Function& function, const Arguments& arguments, bool& refused) {
  Heap& heap = heap_of(function);
  std::vector<Failure> failures;
  for (std::uint32_t i = 0; i < function.captured; ++i) {
    const Ref<> held = share(*function.first[i]);
    auto* const candidate = as<Function>(*held);
    if (candidate == nullptr) continue;
    bool does_not_fit = false;
    Ref<> result = candidate->behaviour->call(*candidate, arguments, does_not_fit);
    if (!does_not_fit && (result || heap.failures.newest().explain() != detail::explain_unwanted_argument)) return result;
    Failure failure = heap.failures.take();
    or_out_of_memory([&] { failures.push_back(std::move(failure)); });
  }
  refused = true;
  return fail(heap, Failure(none_fits(function, failures)));
}

void build_nothing(void*, void*) noexcept {}

}  // namespace

Error detail::explain_unwanted_argument(const Failure& failure) {
  const std::string_view name = static_cast<const Type&>(*failure.subject()).name;
  if (const Str* const keyword = as<Str>(*failure.name()))
    return {ErrorKind::kTypeError, fmt::format("{}() got an unexpected keyword argument '{}'", name, text(*keyword))};
  const std::int64_t given = static_cast<const Int&>(*failure.name()).value;
  return {ErrorKind::kTypeError,
          fmt::format("{}() takes 0 positional arguments but {} {} given", name, given, given == 1 ? "was" : "were")};
}

Ref<Function> with_overload(Function& first, Function& more) {
  std::vector<Ref<>> held;
  std::vector<Object*> all;
  const auto add = [&](Object& candidate) {
    or_out_of_memory([&] {
      held.push_back(share(candidate));
      all.push_back(&candidate);
    });
  };
  if (is_overloads(first)) {
    for (Object* const candidate : first.kept()) add(*candidate);
  } else {
    add(first);
  }
  add(more);
  const std::string name(name_of(first));
  return detail::make_function(builtins_of(first), detail::FunctionPlan{name, kOverloads, all, first.role}, build_nothing,
                               nullptr);
}

}  // namespace ouro
