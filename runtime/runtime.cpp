// How a runtime begins and closes.
#include <ouro/gc/explain/census.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/numbers/int_digits.h>
#include <ouro/objects/weak/finalize.h>
#include <ouro/runtime/detail/memory_choice.h>
#include <ouro/runtime/detail/nested_calls.h>
#include <ouro/runtime/detail/remains.h>
#include <ouro/runtime/runtime.h>
#include <ouro/runtime/thread_dicts.h>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>

namespace ouro {

namespace {

HashKey random_key() {
  std::random_device entropy;
  const auto word = [&] { return (std::uint64_t{entropy()} << 32) | entropy(); };
  return {word(), word()};
}

/// What is ended may begin something new. A few rounds settle every program that does not do so for ever.
constexpr std::size_t kRounds = 8;

/// The options, if a runtime can be made with them.
Options checked(Options options) {
  if (options.memory_limit != 0 && options.memory_limit < Options::kLeastMemoryLimit)
    raise(ErrorKind::kValueError, fmt::format("memory_limit must be 0 or at least {} bytes, not {}",
                                              Options::kLeastMemoryLimit, options.memory_limit));
  return options;
}

}  // namespace

Runtime::Runtime(Options options) : options_(checked(std::move(options))), domain_(make_owned<LockDomain>()) {
  set_switch_interval(options_.switch_interval);
  attachment_ = domain_->threads.attach();
  try {
    heap_ =
        make_owned<Heap>(domain_->gil, alloc::AllocatorOptions{.memory_limit = options_.memory_limit,
                                                               .space = options_.space,
                                                               .debug = detail::wants_debug_memory(options_.debug_memory)});
    if (HandleSites::kAvailable && options_.trace_handles) handle_sites_ = make_owned<HandleSites>(*heap_);
    gc_ = make_owned<GcView>(*heap_, gc::CollectorOptions{.compat = options_.compat,
                                                          .timing = options_.collection_timing,
                                                          .defers_finalizers = options_.deferred_finalizers});
    builtins_ =
        make_owned<Builtins>(*heap_, options_.hash_key ? *options_.hash_key : random_key(), options_.recursion_limit);
    set_int_max_str_digits(*builtins_, options_.int_max_str_digits);
    if constexpr (kChecks >= CheckLevel::kInternal) foreign_code_ = make_owned<ForeignCodeStress>(collector());
    begin_threads();
  } catch (const std::bad_alloc&) {
    domain_->threads.detach(attachment_);
    raise_out_of_memory();
  } catch (...) {
    domain_->threads.detach(attachment_);
    throw;
  }
  gc_->open(*builtins_);
  if constexpr (kChecks >= CheckLevel::kInternal) heap_->foreign_code = foreign_code_.get();
  heap_->set_unraisable(options_.unraisable);
  if (options_.thresholds) collector().set_thresholds(*options_.thresholds);
  collector().set_stress(options_.collect_at_every_allocation);
}

Runtime::~Runtime() {
  if (gil().torn()) {
    leak_all();
    return;
  }
  if (!domain_->threads.may_end_here(attachment_))
    law_broken("maker-ends", "a runtime is destroyed on another thread than its maker's, which still runs", __FILE__,
               __LINE__);
  // A runtime in static storage ends after its thread's records, which gave the lock up.
  std::optional<GilGuard> lock;
  if (!gil().held_by_this_thread()) lock.emplace(*domain_);
  try {
    if (!closed_) close(std::chrono::seconds(10), Remaining::kAreLeftBehind);
  } catch (...) {
    law_broken("closed-alone", "a runtime is destroyed while another thread is inside", __FILE__, __LINE__);
  }
  heap_->set_closed(false);  // destructors of what is left may run anything
  heap_->foreign_code = nullptr;
  gc_.reset();
  handle_sites_.reset();
  domain_->switched = nullptr;
  try {
    auto remains = make_owned<detail::Remains>(*heap_);
    builtins_.reset();
    detail::Remains::settle(std::move(remains), std::move(heap_));
  } catch (const std::bad_alloc&) {
    // No memory even to list what is left: leak it rather than let a handle dangle.
    static_cast<void>(builtins_.release());
    static_cast<void>(heap_.release());
  }
  domain_->lock_for_forks_too(nullptr);
  domain_->threads.detach_last(attachment_);
  if (domain_->left_behind) static_cast<void>(domain_.release());  // daemons may come for the lock at any time
}

LeakReport Runtime::close(std::chrono::milliseconds patience) { return close(patience, Remaining::kAreWaitedFor); }

// Another thread was in the middle of its objects when the process was forked.
void Runtime::leak_all() noexcept {
  static_cast<void>(gc_.release());
  static_cast<void>(handle_sites_.release());
  static_cast<void>(builtins_.release());
  static_cast<void>(heap_.release());
  static_cast<void>(nested_calls_.release());
  static_cast<void>(domain_.release());
  static_cast<void>(thread_dicts_.release());
  static_cast<void>(new (std::nothrow) Shared<detail::GlobalHome>(std::move(globals_)));
}

LeakReport Runtime::close(std::chrono::milliseconds patience, Remaining remaining) {
  if (closed_) return {};
  if (gil().torn()) raise(ErrorKind::kRuntimeError, "the process was forked while another thread was inside the runtime");
  if (!domain_->threads.may_end_here(attachment_))
    raise(ErrorKind::kRuntimeError, "a runtime is closed by the thread that made it");
  attention().set_budget({});
  if (!domain_->close(std::chrono::steady_clock::now() + patience, remaining))
    raise(ErrorKind::kRuntimeError, "a thread is still attached to the runtime");
  closed_ = true;
  end_threads();
  collector().set_stress(false);
  gc_->disable();
  run_exit_finalizers(*builtins_);
  gc_->unfreeze();
  collect_all();
  gc_->close();
  collect_all();
  LeakReport report = report_leaks(*heap_);
  if (!report.empty()) tell(report);
  heap_->set_closed(true);
  return report;
}

Ref<Dict> Runtime::thread_dict() {
  domain_->assert_locked("Runtime::thread_dict");
  heap_->assert_open("Runtime::thread_dict");
  ThreadState* const state = threads().current();
  if (state == nullptr) raise(ErrorKind::kRuntimeError, "the thread is not attached to the runtime");
  state->set_has_data(true);
  return thread_dicts_->get(builtins(), state->id());
}

void Runtime::tell_handler(const LeakReport& report) const noexcept {
  try {
    options_.leak_handler(report);
  } catch (...) {
    heap_->report_unraisable("leak handler", builtins_->none());
  }
}

void Runtime::tell(const LeakReport& report) const {
  if (options_.leak_handler) {
    tell_handler(report);
  } else if (!options_.abort_on_leak) {
    std::fprintf(stderr, "ouro: %s\n", report.summary().c_str());
  }
  if (!options_.abort_on_leak) return;
  std::fprintf(stderr, "ouro: %s", report.to_text().c_str());
  std::abort();
}

namespace {

/// What an Error carries of a runtime's objects: it may be dropped on any thread, and outlive the runtime.
class GlobalException final : public detail::KeptException {
 public:
  GlobalException(Runtime& runtime, const Ref<>& object)
      : KeptException(*object), home_(detail::global_home(runtime)), object_(runtime, object) {}
  [[nodiscard]] Ref<> get() const noexcept override { return object_.get(); }
  [[nodiscard]] bool may_ask() const noexcept override {
    const std::lock_guard locked(home_->mutex);
    return home_->gil != nullptr && home_->gil->held_by_this_thread();
  }

 private:
  Shared<detail::GlobalHome> home_;
  Global<> object_;
};

Owned<ErrorObject> keep_for_error(void* runtime, Ref<> object) {
  return make_owned<GlobalException>(*static_cast<Runtime*>(runtime), object);
}

}  // namespace

void Runtime::begin_threads() {
  thread_dicts_ = make_owned<detail::ThreadDicts>();
  nested_calls_ = make_owned<detail::NestedCalls>(*builtins_);
  globals_ = make_counted<detail::GlobalHome>(*heap_, domain_->attention);
  const auto switched = [](void* calls, const void* from, const void* to) noexcept {
    static_cast<detail::NestedCalls*>(calls)->switch_threads(from, to);
  };
  domain_->builtins = builtins_.get();
  builtins_->keep_for_error = keep_for_error;
  builtins_->keep_context = this;
  domain_->switched_context = nested_calls_.get();
  domain_->switched = switched;
  domain_->lock_for_forks_too(&globals_->mutex);
  domain_->gil.set_min_run(options_.min_run);
  domain_->attention.set_maintenance([this] {
    globals_->free_dead();
    domain_->drop_data_of_ended();
  });
  heap_->set_request_keeper([this](const Error& error) { return domain_->attention.keep(error); });
  domain_->thread_ended = [this](std::uint64_t id) { thread_dicts_->drop(id); };
  domain_->thread_list.set_hook(options_.thread_hook);
  if (options_.schedule_seed) domain_->gil.set_schedule(*options_.schedule_seed);
}

// What waits for a safepoint is done now, for there will be none; what it throws nobody can catch. A call that asks for
// itself again is forgotten after a few rounds, as in CPython.
void Runtime::end_threads() noexcept {
  heap_->set_request_keeper({});
  std::size_t rounds = domain_->attention.waiting() + kRounds;  // each makes one call at least
  do {
    try {
      domain_->attention.attend_last();
    } catch (...) {
      heap_->report_unraisable("pending call", builtins_->none());
    }
  } while (domain_->attention.waiting() > 0 && --rounds > 0);
  domain_->attention.forget_calls();
  domain_->attention.set_maintenance({});
  domain_->thread_ended = nullptr;
  thread_dicts_->clear();
  builtins_->exports->clear();
  builtins_->translations.reset();
  domain_->builtins = nullptr;
  while (heap_->failures.count() != 0) static_cast<void>(heap_->failures.take());  // of C++ code that did not ask
  globals_->end();
}

const Shared<detail::GlobalHome>& detail::global_home(Runtime& runtime) noexcept { return runtime.globals_; }

// A finalizer may make new garbage.
void Runtime::collect_all() noexcept {
  for (std::size_t round = 0; round < kRounds; ++round) {
    const std::size_t collected = gc_->collect();
    const std::size_t resurrected = collector().last_report().resurrected;
    if (gc_->run_deferred_finalizers() == 0 && collected == 0 && resurrected == 0) return;
  }
}

void Runtime::set_switch_interval(std::chrono::microseconds interval) {
  if (interval.count() <= 0) raise(ErrorKind::kValueError, "switch interval must be strictly positive");
  gil().set_switch_interval(interval);
}

}  // namespace ouro
