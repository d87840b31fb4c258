// What a Thread object of scripts is made of: its handle, and the table of those that run. See thread_class.h.
#pragma once

#include <ouro/runtime/runtime.h>
#include <ouro/runtime/sync/lock.h>
#include <ouro/runtime/threads/thread.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ouro::sync::detail {

/// An argument that may be missing or None.
using Maybe = std::optional<Ref<>>;

/// The threads of one runtime that have objects.
struct ThreadTable {
  static constexpr std::uint64_t kMain = 1;  ///< the thread that made the runtime

  Untraced<Runtime*> runtime;
  Ref<Class> thread_class;
  Ref<Class> main_class;
  Ref<Class> dummy_class;
  Ref<> handle_class;
  Ref<Dict> active;  ///< by ident

  static constexpr std::tuple edges{&ThreadTable::thread_class, &ThreadTable::main_class, &ThreadTable::dummy_class,
                                    &ThreadTable::handle_class, &ThreadTable::active};
};

/// What the body of a thread begins with. Empty before it is started, and afterwards.
struct ThreadStart {
  Global<> self;
  Global<> table;
};

/// The C++ side of one Thread object.
struct ThreadHandle {
  Untraced<LockDomain*> domain;
  Untraced<std::optional<Thread>> thread{};  ///< empty: it was not started through a Thread object
  Untraced<std::shared_ptr<ThreadStart>> start{};
  Untraced<WaitQueue> starters{};  ///< those who wait until it has begun
  std::uint64_t ident = 0;         ///< of one without `thread`
  bool started = false;
  bool begun = false;

  [[nodiscard]] bool is_alive() const;
  [[nodiscard]] bool is_daemon() const;
  void set_daemon(bool daemon);
  [[nodiscard]] std::optional<std::uint64_t> number() const;
  [[nodiscard]] std::string title() const;
  void set_title(std::string title);

  static constexpr std::tuple edges{};
};

/// A handle and the object that it lies in.
class HeldHandle {
 public:
  explicit HeldHandle(Ref<> object) noexcept : object_(std::move(object)) {}
  [[nodiscard]] ThreadHandle* operator->() const noexcept { return native_cast<ThreadHandle>(*object_); }

 private:
  Ref<> object_;
};

/// The handle of a Thread object. RuntimeError `otherwise` if its class did not call Thread.__init__.
[[nodiscard]] HeldHandle handle_of(Object& self, std::string_view otherwise);

[[nodiscard]] Ref<> make_table(Runtime& runtime, const Ref<Class>& thread_class);
/// The handle of a thread to be started.
[[nodiscard]] Ref<> new_thread(ThreadTable& table, const Maybe& target, const Maybe& name, std::optional<bool> daemon);
/// Starts it, and waits until it is inside.
void start_thread(ThreadTable& table, Object& self);
/// The object of the thread with that number; of one that has none, a new one.
[[nodiscard]] Ref<> thread_object(ThreadTable& table, std::uint64_t ident);
[[nodiscard]] std::uint64_t ident_here(ThreadTable& table);
/// The objects of the threads that are alive, the main thread and the running one among them.
[[nodiscard]] Ref<List> alive_threads(ThreadTable& table);
/// `callee(*args, **kwargs)`.
Ref<> call_spread(Object& callee, Object& args, Object& kwargs);

}  // namespace ouro::sync::detail
