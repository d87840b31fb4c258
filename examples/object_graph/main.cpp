// object_graph: the life and death of a real document.
//
// Loads a JSON document into objects, ties every container to its parent so that the whole graph is one tangle of cycles,
// and tells what happens when it is dropped: counting alone frees nothing, the collector frees everything, and the
// operating system gets its memory back. Exit status: 0, or 2 if the document cannot be loaded, or 1 if anything was left
// over or could not be written.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstring>

#include "graph.h"
#include "loader.h"
#include "narrator.h"
#include "reader.h"

namespace object_graph {

namespace {

/// The graph is dropped and collected. The reader has stopped: this thread is alone with it.
void drop(ouro::Runtime& runtime, Narrator& narrator, ouro::Ref<> root) {
  narrator.chapter("4. Dropping the root");
  const std::size_t before = runtime.count_objects();
  const bool cyclic = runtime.heap().memory.is_container(root.get());
  root.reset();
  const std::size_t freed = before - runtime.count_objects();
  narrator.say(fmt::format("{} objects before, {} freed by counting alone{}", grouped(before),
                           freed == 0 ? "none" : grouped(freed),
                           freed == 0 && cyclic ? ": each is still referred to by its children" : ""));
}

void collect(ouro::Runtime& runtime, Narrator& narrator) {
  const ouro::alloc::AllocatorStats before = runtime.heap().memory.stats();
  runtime.gc().collect();
  narrator.collection(runtime.collector().last_report());
  narrator.say(fmt::format("alive afterwards: {} objects", grouped(runtime.count_objects())));
  runtime.trim();
  narrator.given_back(before, runtime.heap().memory.stats());
}

int tell(const std::filesystem::path& file) {
  ouro::LeakReport leaks;
  Narrator narrator;
  {
    ouro::Options options;
    options.leak_handler = [](const ouro::LeakReport&) {};
    options.switch_interval = std::chrono::microseconds(500);  // a small document is told in a few milliseconds
    ouro::Runtime runtime(std::move(options));
    Document document = load(runtime, file);
    Reader reader(runtime, *document.root);
    const Links links = link_parents(runtime, *document.root);
    narrator.document(file, document, links);
    narrator.census(runtime.heap());
    narrator.memory(runtime.heap());
    narrator.board("containers", runtime.heap().memory.containers());
    const auto& gc = runtime.collector();
    narrator.say(fmt::format("automatic collections so far: {} young, {} middle, {} full", grouped(gc.stats(0).collections),
                             grouped(gc.stats(1).collections), grouped(gc.stats(2).collections)));
    reader.stop();
    narrator.say(fmt::format("meanwhile a second thread read {} objects on {} walks; the lock changed hands {} times",
                             grouped(reader.objects()), grouped(reader.walks()), grouped(runtime.gil().stats().switches)));
    drop(runtime, narrator, std::move(document.root));
    collect(runtime, narrator);
    leaks = runtime.close();
  }
  narrator.chapter("7. Leaks");
  narrator.say(leaks.summary());
  return leaks.empty() ? 0 : 1;
}

/// `status`, or 1 if what was said did not reach standard output.
int check_output(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  std::fputs("object_graph: cannot write to standard output\n", stderr);
  return 1;
}

int run(int argc, char** argv) {
  if (argc == 2 && (std::strcmp(argv[1], "--help") == 0 || std::strcmp(argv[1], "-h") == 0)) {
    std::fputs("usage: object_graph FILE.json\nThe life and death of a JSON document as a graph of objects.\n", stdout);
    return check_output(0);
  }
  if (argc != 2) {
    std::fputs("usage: object_graph FILE.json\n", stderr);
    return 2;
  }
  try {
    return check_output(tell(argv[1]));
  } catch (const LoadError& error) {
    std::fputs(fmt::format("object_graph: {}\n", error.what()).c_str(), stderr);
  } catch (const ouro::Error& error) {
    std::fputs(fmt::format("object_graph: {}: {}\n", shown(argv[1]), error.what()).c_str(), stderr);
  }
  return 2;
}

}  // namespace

}  // namespace object_graph

int main(int argc, char** argv) { return object_graph::run(argc, argv); }
