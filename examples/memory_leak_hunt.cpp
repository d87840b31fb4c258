// Searching for a leak: a server whose cache grows for ever, and the two snapshots that show it.
//
// Every request makes objects, and nearly all die when it is answered. Comparing what is alive before and after a thousand
// requests names the function that made those that are not. Exit status: 0 if the trace names that function.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <cstdio>
#include <string>

using ouro::alloc::AllocationSnapshot;
using ouro::alloc::Difference;
using ouro::alloc::GroupBy;

namespace server {

/// Keeps the answer in case somebody asks again. Nobody does: every request has a number of its own.
[[gnu::noinline]] void remember(ouro::Runtime& rt, ouro::Dict& cache, int request) {
  cache.set(*rt.str(fmt::format("request {}", request)), *rt.str(fmt::format("the answer to request {}", request)));
}

[[gnu::noinline]] void handle(ouro::Runtime& rt, ouro::Dict& cache, int request) {
  const auto words = rt.list("the", "answer", "to", request);
  remember(rt, cache, request);
}

}  // namespace server

int main() {
  ouro::Runtime rt;
  const auto cache = rt.dict();
  ouro::alloc::AllocationTrace trace(rt.heap().memory);
  trace.start();

  for (int request = 0; request < 1000; ++request) server::handle(rt, *cache, request);
  const AllocationSnapshot before = trace.snapshot();
  for (int request = 1000; request < 2000; ++request) server::handle(rt, *cache, request);
  const AllocationSnapshot after = trace.snapshot();

  const std::vector<Difference> by_caller = compare(before, after, GroupBy::kCaller);
  fmt::print("what a thousand requests left behind, by the function that made it:\n");
  for (const Difference& change : by_caller) fmt::print("  {}\n", to_text(change));
  const Difference worst = compare(before, after, GroupBy::kSite).front();
  fmt::print("the calls that led to most of it:\n{}", describe_frames(worst.site.stack, "  "));
  fmt::print("traced: {} bytes now, {} at most\n", trace.memory().current, trace.memory().peak);

  trace.stop();
  const bool found = to_text(by_caller.front()).starts_with("server::remember(");
  return found && std::fflush(stdout) == 0 ? 0 : 1;
}
