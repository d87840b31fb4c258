// The modules that show parts of the runtime: gc, weakref, time, operator, copy, pprint, types.
#include <ouro/objects/classes/abc.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/cpp/convert.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/operations/operator_functions.h>
#include <ouro/objects/text/pprint.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/weak_proxy.h>
#include <ouro/script/compiler/compiler.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/function.h>
#include <ouro/script/modules/modules.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <thread>
#include <vector>

namespace ouro::script {

namespace {

Runtime& runtime_of(const Object& module) noexcept { return interpreter_of(module).runtime(); }

// ---- gc ----

constexpr char kGcName[] = "gc";

std::optional<std::int64_t> number_or_none(Object* given) {
  return given != nullptr ? std::optional(to_index(*given)) : std::nullopt;
}

std::size_t collect(Object& module, Object* generation) {
  const std::int64_t wanted = generation != nullptr ? to_index(*generation) : 2;
  if (wanted < 0 || wanted > 2) raise(ErrorKind::kValueError, "invalid generation");
  return runtime_of(module).gc().collect(static_cast<int>(wanted));
}

Ref<List> objects_of(Object& module, Object* generation) {
  const bool is_given = generation != nullptr && !is_none(*generation);
  return runtime_of(module).gc().get_objects(is_given ? std::optional(static_cast<int>(to_index(*generation)))
                                                      : std::nullopt);
}

/// As CPython's, which passes over what its collector does not watch.
Ref<List> referrers(Object& module, const Arguments& given) {
  Runtime& rt = runtime_of(module);
  const std::vector<const Object*> targets(given.positional.begin(), given.positional.end());
  const Ref<List> exact = rt.gc().get_referrers(std::span<const Object* const>(targets));
  Ref<List> seen = make_list(rt.builtins());
  for (Object* const holder : exact->view())
    if (rt.gc().is_tracked(*holder)) seen->append(*holder);
  return seen;
}

Ref<List> referents(Object& module, const Arguments& given) {
  const std::vector<const Object*> objects(given.positional.begin(), given.positional.end());
  return runtime_of(module).gc().get_referents(std::span<const Object* const>(objects));
}

constexpr Attribute kGcFunctions[] = {
    function(
        "enable()", [](Object& module) { runtime_of(module).gc().enable(); }, "Enable automatic garbage collection."),
    function(
        "disable()", [](Object& module) { runtime_of(module).gc().disable(); }, "Disable automatic garbage collection."),
    function(
        "isenabled()", [](Object& module) { return runtime_of(module).gc().is_enabled(); },
        "Returns true if automatic garbage collection is enabled."),
    function(
        "collect(generation=2)", [](Object& module, Object* generation) { return collect(module, generation); },
        "Run the garbage collector."),
    function(
        "get_count()", [](Object& module) { return runtime_of(module).gc().get_count(); },
        "Return a three-tuple of the current collection counts."),
    function(
        "get_threshold()", [](Object& module) { return runtime_of(module).gc().get_threshold(); },
        "Return the current collection thresholds."),
    function(
        "set_threshold(threshold0[, threshold1[, threshold2]])",
        [](Object& module, Object& young, Object* middle, Object* old) {
          runtime_of(module).gc().set_threshold(to_index(young), number_or_none(middle), number_or_none(old));
        },
        "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\nSets the collection thresholds."),
    function(
        "get_stats()", [](Object& module) { return runtime_of(module).gc().get_stats(); },
        "Return a list of dictionaries containing per-generation statistics."),
    function(
        "get_objects(generation=None)", [](Object& module, Object* generation) { return objects_of(module, generation); },
        "Return a list of objects tracked by the collector (excluding the list returned)."),
    function(
        "get_referrers(*args, **kwargs)", [](Object& module, const Arguments& given) { return referrers(module, given); },
        "get_referrers(*objs) -> list\nReturn the list of objects that directly refer to any of objs."),
    function(
        "get_referents(*args, **kwargs)", [](Object& module, const Arguments& given) { return referents(module, given); },
        "get_referents(*objs) -> list\nReturn the list of objects that are directly referred to by objs."),
    function(
        "is_tracked(obj, /)", [](Object& module, Object& object) { return runtime_of(module).gc().is_tracked(object); },
        "Returns true if the object is tracked by the garbage collector."),
    function(
        "is_finalized(obj, /)", [](Object&, Object& object) { return GcView::is_finalized(object); },
        "Returns true if the object has been already finalized by the GC."),
    function(
        "freeze()", [](Object& module) { runtime_of(module).gc().freeze(); }, "Freeze all current tracked objects."),
    function(
        "unfreeze()", [](Object& module) { runtime_of(module).gc().unfreeze(); },
        "Unfreeze all objects in the permanent generation."),
    function(
        "get_freeze_count()", [](Object& module) { return runtime_of(module).gc().get_freeze_count(); },
        "Return the number of objects in the permanent generation."),
    function(
        "get_debug()", [](Object& module) { return runtime_of(module).gc().get_debug(); },
        "Get the garbage collection debugging flags."),
    function(
        "set_debug(flags, /)",
        [](Object& module, Object& flags) { runtime_of(module).gc().set_debug(static_cast<unsigned>(to_index(flags))); },
        "Set the garbage collection debugging flags."),
};

// ---- weakref ----

constexpr char kWeakrefName[] = "weakref";

constexpr Attribute kWeakrefFunctions[] = {
    function(
        "getweakrefcount(object, /)", [](Object&, Object& object) { return weakref_count(object); },
        "Return the number of weak references to 'object'."),
    function(
        "getweakrefs(object, /)", [](Object&, Object& object) { return weakrefs_of(object); },
        "Return a list of all weak reference objects pointing to 'object'."),
    function(
        "proxy(object, callback=None, /)",
        [](Object&, Object& object, Object* callback) { return make_weak_proxy(object, callback); },
        "Create a proxy object that weakly references 'object'."),
};

// ---- time ----

constexpr char kTimeName[] = "time";

template <class Clock>
double seconds_of() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

template <class Clock>
std::int64_t nanoseconds_of() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

std::int64_t processor_nanoseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

double processor_seconds(clockid_t clock) { return static_cast<double>(processor_nanoseconds(clock)) * 1e-9; }

void sleep_for(Object& module, Object& seconds) {
  const auto wanted = from_object<double>(seconds);
  if (wanted < 0) raise(ErrorKind::kValueError, "sleep length must be non-negative");
  Runtime& rt = runtime_of(module);
  // In pieces, so that an interrupt is seen.
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(wanted));
  do {
    const auto left = end - std::chrono::steady_clock::now();
    const auto piece = std::min<std::chrono::nanoseconds>(left, std::chrono::milliseconds(50));
    const GilRelease outside(rt);
    if (piece.count() > 0) {
      std::this_thread::sleep_for(piece);
    } else {
      std::this_thread::yield();
    }
  } while ((rt.safepoint(), std::chrono::steady_clock::now() < end));
}

constexpr Attribute kTimeFunctions[] = {
    function(
        "time()", [](Object&) { return seconds_of<std::chrono::system_clock>(); },
        "time() -> floating point number\n\nReturn the current time in seconds since the Epoch."),
    function(
        "time_ns()", [](Object&) { return nanoseconds_of<std::chrono::system_clock>(); }, "time_ns() -> int"),
    function(
        "monotonic()", [](Object&) { return seconds_of<std::chrono::steady_clock>(); }, "monotonic() -> float"),
    function(
        "monotonic_ns()", [](Object&) { return nanoseconds_of<std::chrono::steady_clock>(); }, "monotonic_ns -> int"),
    function(
        "perf_counter()", [](Object&) { return seconds_of<std::chrono::steady_clock>(); }, "perf_counter() -> float"),
    function(
        "perf_counter_ns()", [](Object&) { return nanoseconds_of<std::chrono::steady_clock>(); },
        "perf_counter_ns() -> int"),
    function(
        "process_time()", [](Object&) { return processor_seconds(CLOCK_PROCESS_CPUTIME_ID); }, "process_time() -> float"),
    function(
        "process_time_ns()", [](Object&) { return processor_nanoseconds(CLOCK_PROCESS_CPUTIME_ID); },
        "process_time() -> int"),
    function(
        "thread_time()", [](Object&) { return processor_seconds(CLOCK_THREAD_CPUTIME_ID); }, "thread_time() -> float"),
    function(
        "thread_time_ns()", [](Object&) { return processor_nanoseconds(CLOCK_THREAD_CPUTIME_ID); }, "thread_time() -> int"),
    function(
        "sleep(seconds, /)", [](Object& module, Object& seconds) { sleep_for(module, seconds); },
        "sleep(seconds)\n\nDelay execution for a given number of seconds."),
};

// ---- copy, pprint ----

constexpr char kCopyName[] = "copy";
constexpr Attribute kCopyFunctions[] = {
    function(
        "copy(x)", [](Object&, Object& object) { return copy(object); },
        "Shallow copy operation on arbitrary Python objects."),
    function(
        "deepcopy(x, memo=None)",
        [](Object&, Object& object, Object* memo) {
          return deepcopy(object, memo != nullptr && is<Dict>(*memo) ? static_cast<Dict*>(memo) : nullptr);
        },
        "Deep copy operation on arbitrary Python objects."),
};

constexpr char kPprintName[] = "_pprint";

/// `options`: indent, width, depth, compact, sort_dicts, underscore_numbers.
Ref<Str> pretty(Object& object, Object& given) {
  if (!is<Tuple>(given) || static_cast<Tuple&>(given).size != 6)
    raise(ErrorKind::kTypeError, "a tuple of options is expected");
  const Ref<Tuple> options = share(static_cast<Tuple&>(given));
  PrintOptions wanted;
  wanted.indent = to_index(*options->items[0]);
  wanted.width = to_index(*options->items[1]);
  if (!is_none(*options->items[2])) wanted.depth = to_index(*options->items[2]);
  wanted.compact = truth(*options->items[3]);
  wanted.sort_dicts = truth(*options->items[4]);
  wanted.underscore_numbers = truth(*options->items[5]);
  return pformat(object, wanted);
}

constexpr Attribute kPprintFunctions[] = {
    function(
        "format(object, options, /)", [](Object&, Object& object, Object& options) { return pretty(object, options); },
        "Format a Python object into a pretty-printed representation."),
};

Type& type_of(Interpreter& interpreter, Kind kind) { return interpreter.builtins().type(kind); }

}  // namespace

Ref<Module> make_gc_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module = make_builtin_module(interpreter, kGcName,
                                           "This module provides access to the garbage collector for "
                                           "reference cycles.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kGcFunctions, kGcName>);
  module->set("callbacks", interpreter.runtime().gc().callbacks());
  module->set("garbage", interpreter.runtime().gc().garbage());
  constexpr std::pair<std::string_view, int> kFlags[] = {
      {"DEBUG_STATS", 1}, {"DEBUG_COLLECTABLE", 2}, {"DEBUG_UNCOLLECTABLE", 4}, {"DEBUG_SAVEALL", 32}, {"DEBUG_LEAK", 38}};
  for (const auto& [name, value] : kFlags) module->set(name, *make_int(builtins, value));
  return module;
}

Ref<Module> make_weakref_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kWeakrefName, "Weak reference support for Python.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kWeakrefFunctions, kWeakrefName>);
  constexpr std::pair<std::string_view, Kind> kTypes[] = {
      {"ref", Kind::kWeakRef},           {"ReferenceType", Kind::kWeakRef},      {"WeakSet", Kind::kWeakSet},
      {"WeakMethod", Kind::kWeakMethod}, {"WeakKeyDictionary", Kind::kWeakKeys}, {"WeakValueDictionary", Kind::kWeakValues},
      {"finalize", Kind::kFinalize},     {"ProxyType", Kind::kWeakProxy}};
  for (const auto& [name, kind] : kTypes) module->set(name, type_of(interpreter, kind));
  module->set("CallableProxyType", interpreter.builtins().immortals->type(Variant::kWeakCallableProxy));
  return module;
}

Ref<Module> make_time_module(Interpreter& interpreter) {
  Ref<Module> module =
      make_builtin_module(interpreter, kTimeName, "This module provides various functions to manipulate time values.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kTimeFunctions, kTimeName>);
  return module;
}

Ref<Module> make_operator_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, "operator", "Operator interface.");
  module->attributes()->update(*operator_functions(interpreter.builtins(), module.get()));
  return module;
}

Ref<Module> make_abc_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, "abc", "Abstract Base Classes (ABCs) according to PEP 3119.");
  module->attributes()->update(*abc_functions(interpreter.builtins()));
  return module;
}

Ref<Module> make_copy_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kCopyName, "Generic (shallow and deep) copying operations.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kCopyFunctions, kCopyName>);
  module->set("Error", interpreter.builtins().type(kCopyError));
  module->set("error", interpreter.builtins().type(kCopyError));
  return module;
}

Ref<Module> make_pprint_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, kPprintName,
                                           "Support to pretty-print lists, tuples, & dictionaries "
                                           "recursively.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kPprintFunctions, kPprintName>);
  return module;
}

Ref<Module> make_types_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, "types",
                                           "Define names for built-in types that aren't directly "
                                           "accessible as a builtin.");
  const std::pair<std::string_view, Kind> types[] = {{"FunctionType", kFunctionKind},
                                                     {"LambdaType", kFunctionKind},
                                                     {"CodeType", Code::kKind},
                                                     {"FrameType", kFrameKind},
                                                     {"CoroutineType", kCoroutineKind},
                                                     {"AsyncGeneratorType", kAsyncGeneratorKind},
                                                     {"GeneratorType", Kind::kGenerator},
                                                     {"MethodType", Kind::kMethod},
                                                     {"BuiltinFunctionType", Kind::kBuiltinMethod},
                                                     {"BuiltinMethodType", Kind::kBuiltinMethod},
                                                     {"ModuleType", Kind::kModule},
                                                     {"TracebackType", Kind::kTraceback},
                                                     {"CellType", Kind::kCell},
                                                     {"SimpleNamespace", Kind::kSimpleNamespace},
                                                     {"MappingProxyType", Kind::kMappingProxy},
                                                     {"GenericAlias", Kind::kGenericAlias},
                                                     {"UnionType", Kind::kUnionType},
                                                     {"NoneType", Kind::kNone},
                                                     {"NotImplementedType", Kind::kNotImplemented},
                                                     {"EllipsisType", Kind::kEllipsis},
                                                     {"MethodDescriptorType", Kind::kDescriptor}};
  for (const auto& [name, kind] : types) module->set(name, type_of(interpreter, kind));
  return module;
}

Ref<Module> make_future_module(Interpreter& interpreter) {
  Ref<Module> module = make_builtin_module(interpreter, "__future__", "Record of phased-in incompatible language changes.");
  for (const std::string_view feature : kFutureFeatures) module->set(feature, *make_namespace(interpreter.builtins()));
  return module;
}

void furnish(Interpreter& interpreter) {
  interpreter.set_builtins_module(make_builtins_module(interpreter));
  add_native_modules(interpreter);
  interpreter.set_sys(make_sys_module(interpreter));
  add_site_names(interpreter);
}

void add_native_modules(Interpreter& interpreter) {
  const std::pair<std::string_view, Interpreter::ModuleMaker> makers[] = {{"gc", make_gc_module},
                                                                          {"weakref", make_weakref_module},
                                                                          {"time", make_time_module},
                                                                          {"threading", make_threading_module},
                                                                          {"queue", make_queue_module},
                                                                          {"operator", make_operator_module},
                                                                          {"_operator", make_operator_module},
                                                                          {"copy", make_copy_module},
                                                                          {"_pprint", make_pprint_module},
                                                                          {"_types", make_types_module},
                                                                          {"__future__", make_future_module},
                                                                          {"math", make_math_module},
                                                                          {"_json", make_json_module},
                                                                          {"_traceback", make_traceback_module},
                                                                          {"abc", make_abc_module},
                                                                          {"_random", make_random_module},
                                                                          {"_struct", make_struct_module},
                                                                          {"_array", make_array_module},
                                                                          {"_itertools", make_itertools_module},
                                                                          {"_collections", make_collections_module}};
  for (const auto& [name, make] : makers) interpreter.add_native_module(name, make);
  if (interpreter.permissions().files && interpreter.permissions().process)
    interpreter.add_native_module("posix", make_posix_module);
}

}  // namespace ouro::script
