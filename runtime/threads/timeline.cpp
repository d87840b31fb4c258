// Notes when each thread held the lock, and writes it as JSON for a trace viewer.
#include <ouro/base/error.h>
#include <ouro/base/json_writer.h>
#include <ouro/runtime/threads/timeline.h>

#include <chrono>

namespace ouro {

namespace {

Nanoseconds now() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void write_name(JsonWriter& json, std::uint64_t thread, std::string_view name) {
  json.open(nullptr, '{');
  json.string("ph", "M");
  json.string("name", "thread_name");
  json.number("pid", 1);
  json.number("tid", thread);
  json.open("args", '{');
  json.string("name", name);
  json.close('}');
  json.close('}');
}

void write_run(JsonWriter& json, const Timeline::Run& run, Nanoseconds origin) {
  json.open(nullptr, '{');
  json.string("ph", "X");
  json.string("name", "holds the lock");
  json.number("pid", 1);
  json.number("tid", run.thread);
  json.number("ts", static_cast<double>(run.times.began - origin) / 1e3);
  json.number("dur", static_cast<double>(run.times.ended - run.times.began) / 1e3);
  json.open("args", '{');
  json.string("gave up", run.times.on_request ? "asked" : "done");
  json.close('}');
  json.close('}');
}

}  // namespace

Timeline::Timeline(LockDomain& domain, std::size_t most) : domain_(domain), began_(now()) {
  try {
    runs_.reserve(most);
  } catch (const std::exception&) {
    raise_out_of_memory();
  }
  domain.gil.set_observer(this);
}

Timeline::~Timeline() { domain_.gil.set_observer(nullptr); }

void Timeline::run_ended(const GilRun& run) noexcept {
  if (runs_.size() == runs_.capacity()) {
    ++left_out_;
    return;
  }
  const ThreadState* const state = domain_.threads.current();
  runs_.push_back({state == nullptr ? 0 : state->id(), run});
}

std::string Timeline::to_json() const {
  JsonWriter json;
  json.open(nullptr, '{');
  json.string("displayTimeUnit", "ms");
  json.open("traceEvents", '[');
  for (const ThreadInfo& thread : domain_.threads.threads()) write_name(json, thread.id, thread.name);
  for (const Run& run : runs_) write_run(json, run, began_);
  json.close(']');
  json.close('}');
  return json.take();
}

}  // namespace ouro
