#include <ouro/runtime/runtime.h>
#include <ouro/runtime/thread_dict.h>

#include <new>
#include <string>
#include <utility>

namespace ouro {

namespace detail {

Ref<Dict> ThreadDicts::get(Builtins& builtins, std::uint64_t thread) {
  if (const auto known = dicts_.find(thread); known != dicts_.end()) return known->second;
  const Ref<Dict> dict = make_dict(builtins);
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

void ThreadDicts::clear() noexcept {
  while (!dicts_.empty()) drop(dicts_.begin()->first);
}

void ThreadDicts::forget(Object& key) noexcept {
  std::vector<Ref<>> values;  // die after the walk: what they run may make another thread's dict
  for (const auto& [thread, dict] : dicts_) {
    try {
      if (Object* const value = dict->find(key)) {
        values.push_back(share(*value));
        dict->remove(key);
      }
    } catch (const std::exception&) {  // no memory for the list: the value ends with its thread
    }
  }
}

void NestedCalls::switch_threads(const void* from, const void* to) noexcept {
  if (builtins_.recursion_depth != 0 || !builtins_.being_shown.empty()) {
    // Without memory for the note the threads share one depth, as they would with no note at all.
    try {
      Depth& depth = away_[from];
      depth.recursion = std::exchange(builtins_.recursion_depth, 0);
      depth.being_shown = std::exchange(builtins_.being_shown, {});
    } catch (const std::bad_alloc&) {
      return;
    }
  }
  if (away_.empty()) return;
  const auto mine = away_.find(to);
  if (mine == away_.end()) return;
  builtins_.recursion_depth = mine->second.recursion;
  builtins_.being_shown = std::move(mine->second.being_shown);
  away_.erase(mine);
}

}  // namespace detail

ThreadLocal::ThreadLocal(Runtime& runtime)
    : runtime_(runtime),
      key_(runtime.str("<thread local " + std::to_string(runtime.thread_dicts().next_variable()) + ">")) {}

ThreadLocal::~ThreadLocal() { runtime_.thread_dicts().forget(*key_); }

Ref<> ThreadLocal::find() const {
  Object* const value = runtime_.thread_dict()->find(*key_);
  return Ref<>::share(value);
}

Ref<> ThreadLocal::get() const {
  Ref<> value = find();
  if (!value) raise(ErrorKind::kAttributeError, "this thread has no value of the variable");
  return value;
}

void ThreadLocal::set(Object& value) { runtime_.thread_dict()->set(*key_, value); }
void ThreadLocal::erase() {
  if (runtime_.thread_dict()->contains(*key_)) runtime_.thread_dict()->remove(*key_);
}

}  // namespace ouro
