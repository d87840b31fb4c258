// The parts of a Thread object: its handle, the body that runs it, and the table of those that run.
#include <ouro/objects/classes/instance.h>
#include <ouro/runtime/sync/detail/thread_object.h>

#include <boost/container/small_vector.hpp>

namespace ouro::sync::detail {

// ---- ThreadHandle ----

bool ThreadHandle::is_alive() const { return *thread ? (*thread)->is_alive() : (*domain)->threads.knows(ident); }

bool ThreadHandle::is_daemon() const { return *thread ? (*thread)->daemon() : ident != ThreadTable::kMain; }

void ThreadHandle::set_daemon(bool daemon) {
  if (!*thread) raise(ErrorKind::kRuntimeError, "cannot set daemon status of active thread");
  (*thread)->set_daemon(daemon);
}

std::optional<std::uint64_t> ThreadHandle::number() const { return *thread ? (*thread)->ident() : std::optional(ident); }

std::string ThreadHandle::title() const {
  if (*thread) return (*thread)->name();
  std::string name = "Dummy-" + std::to_string(ident);
  (*domain)->threads.with_record(ident, [&](const ThreadState& state) { name = state.name(); });
  return name;
}

void ThreadHandle::set_title(std::string title) {
  if (*thread) return (*thread)->set_name(std::move(title));
  (*domain)->threads.with_record(ident, [&](ThreadState& state) { state.set_name(title); });
}

HeldHandle handle_of(Object& self, std::string_view otherwise) {
  Ref<> found = find_attribute(self, *intern(builtins_of(self), "_handle"));
  if (!found || native_cast<ThreadHandle>(*found) == nullptr) raise(ErrorKind::kRuntimeError, otherwise);
  return HeldHandle(std::move(found));
}

// ---- ThreadTable ----

namespace {

[[nodiscard]] Ref<> make_handle(ThreadTable& table) {
  auto& type = static_cast<Class&>(*table.handle_class);
  return make<Object>(type, sizeof(Object) + sizeof(ThreadHandle), [&](Object& object) {
    new (&ouro::detail::native_value<ThreadHandle>(object))
        ThreadHandle{.domain = {&static_cast<LockDomain&>(**table.runtime)}};
    object.flags |= kStorageFlag;
  });
}

[[nodiscard]] Ref<> key_of(ThreadTable& table, std::uint64_t ident) { return (*table.runtime)->from(ident); }

/// "Thread-3 (function)", or what the caller wants.
[[nodiscard]] std::string name_for(LockDomain& domain, const Maybe& target, const Maybe& name) {
  if (name && truth(**name)) return std::string(text(*str(**name)));
  std::string made = domain.thread_list.next_name();
  if (!target) return made;
  const Ref<> function = find_attribute(**target, *intern(builtins_of(**target), "__name__"));
  return function ? made.append(" (").append(text(*str(*function))).append(")") : made;
}

/// What a new thread inherits.
[[nodiscard]] bool is_daemon_here(ThreadTable& table) {
  const std::uint64_t ident = ident_here(table);
  Object* const known = table.active->find(*key_of(table, ident));
  return known != nullptr ? handle_of(*share(*known), "")->is_daemon() : ident != ThreadTable::kMain;
}

/// The body of a thread.
void run_thread_object(ThreadStart& start) {
  const Ref<> self = std::exchange(start.self, {}).get();
  const Ref<> table_object = std::exchange(start.table, {}).get();
  if (!self || !table_object) return;
  auto& table = *native_cast<ThreadTable>(*table_object);
  struct Active {
    ThreadTable& table;
    Ref<> key;
    ~Active() {
      try {
        table.active->discard(*key);
      } catch (const Error&) {  // what is left is found dead by whoever looks
      }
    }
  };
  const Active active{table, key_of(table, ident_here(table))};
  table.active->set(*active.key, *self);
  {
    const HeldHandle handle = handle_of(*self, "thread.__init__() not called");
    handle->begun = true;
    handle->starters->wake_all(**handle->domain);
  }
  static_cast<void>(get_attribute(*self, *intern(builtins_of(*self), "run"))());
}

}  // namespace

Ref<> make_table(Runtime& runtime, const Ref<Class>& thread_class) {
  const NativeClass<ThreadTable> type(runtime.builtins(), "_ThreadTable");
  const NativeClass<ThreadHandle> handles(runtime.builtins(), "_ThreadHandle");
  return type.make(Untraced<Runtime*>{&runtime}, thread_class, runtime.new_class("_MainThread", {thread_class.get()}),
                   runtime.new_class("_DummyThread", {thread_class.get()}), Ref<>(handles), runtime.dict());
}

Ref<> new_thread(ThreadTable& table, const Maybe& target, const Maybe& name, std::optional<bool> daemon) {
  LockDomain& domain = **table.runtime;
  Ref<> object = make_handle(table);
  auto& handle = *native_cast<ThreadHandle>(*object);
  const auto start = std::make_shared<ThreadStart>();
  handle.start = {start};
  handle.thread = {Thread(domain, [start] { run_thread_object(*start); },
                          {.name = name_for(domain, target, name), .daemon = daemon ? *daemon : is_daemon_here(table)})};
  return object;
}

void start_thread(ThreadTable& table, Object& self) {
  const HeldHandle handle = handle_of(self, "thread.__init__() not called");
  if (handle->started || !*handle->thread) raise(ErrorKind::kRuntimeError, "threads can only be started once");
  Runtime& rt = **table.runtime;
  **handle->start = {Global<>(rt, share(self)), Global<>(rt, share(ouro::detail::object_of(table)))};
  handle->started = true;
  try {
    (*handle->thread)->start();
  } catch (const Error&) {
    handle->started = false;
    **handle->start = {};
    throw;
  }
  // A thread that the runtime does not let in wakes nobody: it has to be looked for.
  while (!handle->begun && handle->is_alive()) handle->starters->wait(rt, Patience(std::chrono::milliseconds(100)));
}

std::uint64_t ident_here(ThreadTable& table) { return (*table.runtime)->threads().current()->id(); }

Ref<> thread_object(ThreadTable& table, std::uint64_t ident) {
  const Ref<> key = key_of(table, ident);
  if (Object* const known = table.active->find(*key)) return share(*known);
  const bool is_main = ident == ThreadTable::kMain;
  Ref<> handle_object = make_handle(table);
  auto& handle = *native_cast<ThreadHandle>(*handle_object);
  handle.ident = ident;
  handle.started = handle.begun = true;
  const Ref<Instance> made = make_instance(is_main ? *table.main_class : *table.dummy_class);
  set_attribute(*made, *intern(builtins_of(*made), "_handle"), *handle_object);
  // Making it may have collected, and a finalizer may have asked for the same thread.
  return share(table.active->set_default(*key, *made));
}

Ref<List> alive_threads(ThreadTable& table) {
  static_cast<void>(thread_object(table, ThreadTable::kMain));
  static_cast<void>(thread_object(table, ident_here(table)));
  Ref<List> alive = make_list(builtins_of(*table.active));
  const Ref<Dict> all = table.active->copy();
  for (auto [key, value] : all) {
    if (handle_of(value, "")->is_alive()) {
      alive->append(value);
    } else {
      table.active->discard(key);
    }
  }
  return alive;
}

Ref<> call_spread(Object& callee, Object& args, Object& kwargs) {
  const Ref<Tuple> positional = tuple_from(args);
  const Ref<Dict> named = dict_from(kwargs);  // a copy that nobody changes
  boost::container::small_vector<Object*, 8> names;
  boost::container::small_vector<Object*, 8> values;
  for (auto [key, value] : named) {
    if (!is<Str>(key)) raise(ErrorKind::kTypeError, "keywords must be strings");
    names.push_back(&key);
    values.push_back(&value);
  }
  return call(callee, Arguments{positional->view(), names, values});
}

}  // namespace ouro::sync::detail
