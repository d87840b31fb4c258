// Cases of messages between runtimes: a document copied from one into another, and sent there and back.
#include <ouro/runtime/channels/channel.h>

#include "document_graph.h"
#include "harness.h"
#include "threads_sides.h"

namespace bench {
namespace {

constexpr int kMessages = 5;

/// What CPython offers to two interpreters: `pickle.dumps`, then `pickle.loads`. Nanoseconds for `copies` of them.
#if OURO_BENCH_PYTHON
double pickle_nanoseconds(CPythonSide& side, const Settings& settings, int copies) {
  const Document document = load_document(settings.document);
  DocumentBuilder builder(side, document);
  const PyHandle root = builder.build<Parents::kNone>();
  const PyHandle pickle(PyImport_ImportModule("pickle"));
  const auto copy = [&] {
    const PyHandle bytes(PyObject_CallMethod(pickle.get(), "dumps", "Oi", root.get(), 5));
    return PyHandle(PyObject_CallMethod(pickle.get(), "loads", "O", bytes.get()));
  };
  const PyHandle warm = copy();
  const Stopwatch watch;
  for (int i = 0; i < copies; ++i) static_cast<void>(copy());
  return watch.nanoseconds();
}
#endif

double copy_here(const Settings& settings) {
  OuroSide from;
  OuroSide to;
  const Document document = load_document(settings.document);
  DocumentBuilder builder(from, document);
  const ouro::Ref<> root = builder.build<Parents::kNone>();
  ouro::Builtins& target = to.runtime().builtins();
  static_cast<void>(ouro::Message(root).unpack(target));
  const Stopwatch watch;
  for (int i = 0; i < kMessages; ++i) static_cast<void>(ouro::Message(root).unpack(target));
  return watch.nanoseconds() / kMessages / 1e3;
}

/// Sends the document to a runtime in another thread, which sends back what it got.
double send_and_receive(const Settings& settings) {
  use_all_cores();
  OuroSide here;
  const Document document = load_document(settings.document);
  DocumentBuilder builder(here, document);
  const ouro::Ref<> root = builder.build<Parents::kNone>();
  const ouro::Channel there;
  const ouro::Channel back;
  std::thread echo([&] {
    ouro::Runtime runtime;
    for (int i = 0; i <= kMessages; ++i) {
      const ouro::Ref<> message = there.receive(runtime);
      back.send(runtime, *message);
    }
  });
  const auto round_trip = [&] {
    there.send(here.runtime(), *root);
    return back.receive(here.runtime());
  };
  static_cast<void>(round_trip());
  const double begin = wall_seconds();
  for (int i = 0; i < kMessages; ++i) static_cast<void>(round_trip());
  const double elapsed = wall_seconds() - begin;
  here.runtime().gil().drop();
  echo.join();
  here.runtime().gil().take();
  return elapsed * 1e6 / kMessages;
}

std::vector<Side> sides(Measure ouro, [[maybe_unused]] int copies) {
  std::vector<Side> sides{{kOuroName, Role::kOuro, std::move(ouro)}};
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, [copies](const Settings& settings) {
                     CPythonSide side;
                     return pickle_nanoseconds(side, settings, copies * kMessages) / kMessages / 1e3;
                   }});
#endif
  return sides;
}

}  // namespace

void add_thread_message_cases(Cases& cases) {
  cases.push_back({"threads/message_copy", "us/document",
                   "copying the document into another runtime; the peer: pickle.dumps and loads", sides(copy_here, 1)});
  cases.push_back({"threads/message", "us/round trip",
                   "sending it through a channel to another runtime and back; the peer: pickle.dumps and loads, twice",
                   sides(send_and_receive, 2)});
}

}  // namespace bench
