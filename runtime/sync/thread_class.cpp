// The methods of Thread and the functions beside it (CPython: Lib/threading.py).
#include <ouro/runtime/sync/detail/thread_object.h>
#include <ouro/runtime/sync/thread_class.h>

#include <fmt/format.h>

namespace ouro::sync {

namespace {

using detail::handle_of;
using detail::Maybe;
using detail::ThreadHandle;
using detail::ThreadTable;

template <class F, class... Kept>
void define(Class& type, std::string_view signature, F function, const Ref<Kept>&... kept) {
  const std::string full = ouro::detail::qualified(type, signature);
  ouro::detail::set_member(type, signature, *make_function(builtins_of(type), full, function, kept...));
}

/// An attribute that can be read, and written if the callable's last parameter is a Given.
template <class F>
void define_property(Class& type, std::string_view name, F function) {
  ouro::detail::set_member(type, name, *make_property(builtins_of(type), ouro::detail::qualified(type, name), function));
}

void initialise(ThreadTable& table, Object& self, Maybe group, Maybe target, Maybe name, Maybe args, Maybe kwargs,
                std::optional<bool> daemon) {
  if (group) raise(ErrorKind::kValueError, "group argument must be None for now");
  Runtime& rt = **table.runtime;
  const auto set = [&](std::string_view attribute, const Ref<>& value) {
    set_attribute(self, *intern(rt.builtins(), attribute), *value);
  };
  set("_target", target.value_or(rt.none()));
  set("_args", args.value_or(rt.tuple()));
  set("_kwargs", kwargs.value_or(rt.dict()));
  set("_handle", detail::new_thread(table, target, name, daemon));
}

void run(Object& self) {
  Builtins& builtins = builtins_of(self);
  // Taken off the object first: a function that the thread's object is reachable from would close a cycle.
  const auto take = [&](std::string_view attribute) {
    const Ref<Str> name = intern(builtins, attribute);
    Ref<> value = get_attribute(self, *name);
    delete_attribute(self, *name);
    return value;
  };
  const Ref<> target = take("_target");
  const Ref<> args = take("_args");
  const Ref<> kwargs = take("_kwargs");
  if (!is_none(*target)) static_cast<void>(detail::call_spread(*target, *args, *kwargs));
}

void join(Object& self, Seconds timeout) {
  const auto handle = handle_of(self, "Thread.__init__() not called");
  if (!handle->thread->has_value()) raise(ErrorKind::kRuntimeError, "cannot join a thread that was not started here");
  Thread thread = **handle->thread;
  if (!timeout) {
    thread.join();
    return;
  }
  static_cast<void>(patience_of(timeout));  // refuses what no clock holds
  thread.join(std::chrono::nanoseconds(static_cast<std::int64_t>(std::max(*timeout, 0.0) * 1e9)));
}

std::string text_of(Object& self) {
  const auto handle = handle_of(self, "Thread.__init__() was not called");
  std::string status = !handle->begun ? "initial" : handle->is_alive() ? "started" : "stopped";
  if (handle->is_daemon()) status += " daemon";
  if (const auto ident = handle->number()) status += fmt::format(" {}", *ident);
  return fmt::format("<{}({}, {})>", self.type->name, handle->title(), status);
}

void define_methods(Class& type, const Ref<>& table) {
  define(type, "__init__(self, group, target, name, args, kwargs, daemon)", initialise, table);
  define(type, "start(self)", detail::start_thread, table);
  define(type, "run(self)", run);
  define(type, "join(self, timeout)", join);
  define(type, "is_alive(self)", [](Object& self) { return handle_of(self, "Thread.__init__() not called")->is_alive(); });
  define(type, "__repr__(self)", text_of);
  define_property(type, "ident", [](Object& self) { return handle_of(self, "Thread.__init__() not called")->number(); });
  define_property(type, "name", [](Object& self, ouro::detail::Given<Ref<>> value) -> Ref<> {
    const auto handle = handle_of(self, "Thread.__init__() not called");
    if (!value) return make_str(builtins_of(self), handle->title());
    handle->set_title(std::string(text(*str(**value))));
    return {};
  });
  define_property(type, "daemon", [](Object& self, ouro::detail::Given<Ref<>> value) -> Ref<> {
    const auto handle = handle_of(self, "Thread.__init__() not called");
    if (!value) return make_bool(builtins_of(self), handle->is_daemon());
    handle->set_daemon(truth(**value));
    return {};
  });
}

Ref<> main_thread(ThreadTable& table) { return detail::thread_object(table, ThreadTable::kMain); }
Ref<> current_thread(ThreadTable& table) { return detail::thread_object(table, detail::ident_here(table)); }
std::size_t active_count(ThreadTable& table) { return detail::alive_threads(table)->size; }

}  // namespace

ThreadClass::ThreadClass(Runtime& runtime) : names_(runtime.dict()) {
  Builtins& builtins = runtime.builtins();
  type_ = make_class(builtins, "Thread", {});
  table_ = detail::make_table(runtime, type_);
  define_methods(*type_, table_);
  names_->set("Thread", *type_);
  const auto add = [&](std::string_view name, auto function) {
    names_->set(name, *make_function(builtins, std::string(name) + "()", function, table_));
  };
  add("current_thread", current_thread);
  add("main_thread", main_thread);
  add("active_count", active_count);
  add("enumerate", detail::alive_threads);
  add("get_ident", detail::ident_here);
}

Ref<> ThreadClass::current() const { return current_thread(*native_cast<ThreadTable>(*table_)); }

}  // namespace ouro::sync
