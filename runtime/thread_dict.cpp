// What belongs to one thread in one runtime: its dict, its nested calls and failures, thread-local variables.
#include <ouro/runtime/detail/nested_calls.h>
#include <ouro/runtime/runtime.h>
#include <ouro/runtime/thread_dict.h>
#include <ouro/runtime/thread_dicts.h>

#include <new>
#include <string>
#include <utility>

namespace ouro {

namespace detail {

Ref<Dict> ThreadDicts::get(Builtins& builtins, std::uint64_t thread) {
  if (const auto known = dicts_.find(thread); known != dicts_.end()) return known->second;
  const Ref<Dict> dict = make_dict(builtins);  // may collect, and so run what asks for the same dict
  try {
    return dicts_.try_emplace(thread, dict).first->second;  // law made-once
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

// The dict leaves the table before it dies: what its values run may ask for it again.
void ThreadDicts::drop(std::uint64_t thread) noexcept {
  const auto known = dicts_.find(thread);
  if (known == dicts_.end()) return;
  const Ref<Dict> dict = std::move(known->second);
  dicts_.erase(known);
}

// What values run may ask for new dicts; those that still come after a few rounds stay, and are reported as leaks.
void ThreadDicts::clear() noexcept {
  constexpr std::size_t kRounds = 8;
  for (std::size_t rounds = dicts_.size() + kRounds; rounds > 0 && !dicts_.empty(); --rounds) drop(dicts_.begin()->first);
}

// Looking a key up may run anything, so nothing here walks over a table that may change meanwhile.
void ThreadDicts::forget(Object& key) {
  std::vector<Ref<Dict>> dicts;
  dicts.reserve(dicts_.size());
  for (const auto& [thread, dict] : dicts_) dicts.push_back(dict);
  for (const Ref<Dict>& dict : dicts)
    if (dict->contains(key)) dict->remove(key);
}

void NestedCalls::switch_threads(const void* from, const void* to) noexcept {
  Failures& failures = builtins_.heap.failures;
  if (builtins_.recursion_depth != 0 || !builtins_.being_shown.empty() || failures.count() != 0) {
    // Without memory for the note the threads share one depth, as they would with no note at all.
    try {
      Depth& depth = away_[from];
      depth.recursion = std::exchange(builtins_.recursion_depth, 0);
      depth.being_shown = std::exchange(builtins_.being_shown, {});
      depth.failures = std::exchange(failures, {});
    } catch (const std::bad_alloc&) {
      return;
    }
  }
  if (away_.empty()) return;
  const auto mine = away_.find(to);
  if (mine == away_.end()) return;
  builtins_.recursion_depth = mine->second.recursion;
  builtins_.being_shown = std::move(mine->second.being_shown);
  failures = std::move(mine->second.failures);
  away_.erase(mine);
}

}  // namespace detail

ThreadLocal::ThreadLocal(Runtime& runtime)
    : runtime_(runtime),
      key_(runtime.str("<thread local " + std::to_string(runtime.thread_dicts().next_variable()) + ">")) {}

// What fails here, for want of memory or in a key's __eq__, leaves values that end with their threads.
ThreadLocal::~ThreadLocal() {
  try {
    runtime_.thread_dicts().forget(*key_);
  } catch (...) {
    runtime_.heap().report_unraisable("thread local", *key_);
  }
}

Ref<> ThreadLocal::find() const {
  const Ref<Dict> dict = runtime_.thread_dict();
  return Ref<>::share(dict->find(*key_));
}

Ref<> ThreadLocal::get() const {
  Ref<> value = find();
  if (!value) raise(ErrorKind::kAttributeError, "this thread has no value of the variable");
  return value;
}

void ThreadLocal::set(Object& value) {
  const Ref<Dict> dict = runtime_.thread_dict();
  dict->set(*key_, value);
}
void ThreadLocal::erase() {
  const Ref<Dict> dict = runtime_.thread_dict();
  if (dict->contains(*key_)) dict->remove(*key_);
}

}  // namespace ouro
