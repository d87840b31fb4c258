// Testing what becomes of objects: a graph from a text, a finalizer that is a list of operations, and an answer when
// something lives too long.
#include <ouro/fmt.h>
#include <ouro/testing/testing.h>

#include <cstdio>

int main() {
  ouro::Runtime rt;
  ouro::testing::Graph graph(rt,
                             "root->session session->cache cache->session  # a cycle, held \n"
                             "cache.finalizer=resurrect                    # it saves itself, once \n"
                             "log~>session root->log                       # a weak reference, with a callback");
  graph.drop("session");
  for (const std::string& name : graph.unreachable()) fmt::print("the oracle expects to find {} dead\n", name);
  fmt::print("collected: {}\n", graph.collect());
  fmt::print("left: {}\n", graph.text());

  // Who holds it? The graph does, since the finalizer ran.
  const ouro::Weak<> session(*graph.object("session"));
  try {
    ouro::testing::require_collected(rt, session);
  } catch (const ouro::testing::Failure& failure) {
    const std::string_view why = failure.what();
    fmt::print("{}\n", why.substr(0, why.find(':')));
  }
  graph.drop("cache");
  ouro::testing::require_collected(rt, session);
  graph.check();
  fmt::print("finalizers run: {}, callbacks: {}\n", graph.calls("cache"), graph.calls("log"));
  return std::fflush(stdout) == 0 ? 0 : 1;
}
