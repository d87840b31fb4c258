// The list of living finalize objects, and their calls at a death and at the end of the runtime.
#include <ouro/base/detail/ring.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/weak/finalize.h>
#include <ouro/objects/weak/weakref.h>

#include <fmt/format.h>

#include <utility>

namespace ouro {

namespace {

const WeakRef& reference_of(const Finalize& finalize) noexcept { return static_cast<const WeakRef&>(*finalize.reference); }

// The registry is a ring, newest first, that owns a count of each of its members.
using Registry = detail::Ring<Finalize, &Finalize::older, &Finalize::newer>;

void enter(Finalize& finalize) noexcept {
  Registry::push_front(builtins_of(finalize).newest_finalize, finalize);
  increment(finalize);
}

Ref<Finalize> leave(Finalize& finalize) noexcept {
  Registry::remove(builtins_of(finalize).newest_finalize, finalize);
  return Ref<Finalize>::adopt(&finalize);
}

/// Makes a living one dead. Its count is the caller's.
Finalize::Subject make_dead(Finalize& finalize) noexcept {
  const Ref<Finalize> registered = leave(finalize);
  const Ref<> reference = Ref<>::adopt(std::exchange(finalize.reference, nullptr));
  return {target_of(static_cast<const WeakRef&>(*reference)), Ref<>::adopt(std::exchange(finalize.function, nullptr)),
          Ref<Tuple>::adopt(static_cast<Tuple*>(std::exchange(finalize.arguments, nullptr))),
          Ref<Dict>::adopt(static_cast<Dict*>(std::exchange(finalize.keywords, nullptr)))};
}

/// The living ones whose `at_exit` is set, newest first. Each is passed once, unless a new one is registered meanwhile: then
/// the walk begins anew (CPython: finalize._exitfunc and its `_dirty`).
class AtExit {
 public:
  explicit AtExit(const Builtins& builtins) noexcept : builtins_(builtins) { begin(); }

  /// The next one, or empty.
  [[nodiscard]] Ref<Finalize> next() noexcept {
    const bool stands = newest_ == builtins_.newest_finalize && (!next_ || next_->is_alive());
    if (!stands) begin();
    skip();
    if (!next_) {  // one may have come unseen, where the newest had lain
      begin();
      skip();
    }
    Ref<Finalize> found = next_;
    if (!found) return found;
    go_on();
    if (newest_ == found.get()) newest_ = next_.get();  // it is about to leave
    return found;
  }

 private:
  void begin() noexcept {
    newest_ = builtins_.newest_finalize;
    next_ = Ref<Finalize>::share(builtins_.newest_finalize);
  }
  void go_on() noexcept { next_ = Ref<Finalize>::share(Registry::after(builtins_.newest_finalize, *next_)); }
  void skip() noexcept {
    while (next_ && next_->at_exit == 0) go_on();
  }

  const Builtins& builtins_;
  const Finalize* newest_ = nullptr;
  Ref<Finalize> next_;
};

}  // namespace

Ref<Finalize> make_finalize(Object& object, Object& function, const Ref<Tuple>& arguments, const Ref<Dict>& keywords) {
  Builtins& builtins = builtins_of(object);
  const Ref<> held = share(object);  // making a container may collect
  Ref<> called = share(function);
  Ref<Tuple> passed = arguments;
  Ref<Dict> named = keywords;
  Ref<Finalize> made = make<Finalize>(builtins.type(Kind::kFinalize), sizeof(Finalize), [](Finalize& finalize) noexcept {
    finalize.reference = finalize.function = finalize.arguments = finalize.keywords = nullptr;
    finalize.newer = finalize.older = nullptr;
    finalize.at_exit = 1;
  });
  Ref<WeakRef> reference = make_weakref(object, made.get());
  if (builtins.finalizes_closed) return made;
  made->reference = reference.release();
  made->function = called.release();
  made->arguments = passed.release();
  made->keywords = named.release();
  enter(*made);
  return made;
}

Ref<> Finalize::call() {
  if (!is_alive()) return make_none(builtins_of(*this));
  const Ref<Finalize> self = share(*this);
  const Subject subject = make_dead(*this);
  detail::SmallVector<Object*, 4> names(heap_of(*this)), values(heap_of(*this));
  if (subject.keywords)
    for (const auto [name, value] : *subject.keywords) names.push_back(&name), values.push_back(&value);
  return ouro::call(*subject.function,
                    Arguments{subject.arguments->view(), {names.data(), names.size()}, {values.data(), values.size()}});
}

std::optional<Finalize::Subject> Finalize::detach() {
  if (!is_alive() || reference_of(*this).target == nullptr) return {};
  const Ref<Finalize> self = share(*this);
  return make_dead(*this);
}

std::optional<Finalize::Subject> Finalize::peek() const {
  if (!is_alive() || reference_of(*this).target == nullptr) return {};
  return Subject{target_of(reference_of(*this)), share(*function), Ref<Tuple>::share(static_cast<Tuple*>(arguments)),
                 Ref<Dict>::share(static_cast<Dict*>(keywords))};
}

void run_exit_finalizers(Builtins& builtins) noexcept {
  AtExit at_exit(builtins);
  while (const Ref<Finalize> finalize = at_exit.next()) {
    try {
      static_cast<void>(finalize->call());
    } catch (...) {
      builtins.heap.report_unraisable("finalize at exit", *finalize);
    }
  }
  builtins.finalizes_closed = true;
  while (builtins.newest_finalize != nullptr) {
    const Ref<Finalize> forgotten = share(*builtins.newest_finalize);
    static_cast<void>(make_dead(*forgotten));
  }
}

std::size_t finalize_count(const Builtins& builtins) noexcept {
  std::size_t count = 0;
  const Finalize* const newest = builtins.newest_finalize;
  for (const Finalize* finalize = newest; finalize != nullptr; finalize = Registry::after(newest, *finalize)) ++count;
  return count;
}

namespace detail {

namespace {

Finalize& finalize_of(Object& object) noexcept { return static_cast<Finalize&>(object); }

// A living one belongs to the registry and is no garbage; a dead one refers to nothing.
void clear_finalize(Object&) noexcept {}

std::string name_of_edge(const Object&, std::size_t number) {
  return number == 0 ? ".weakref" : number == 1 ? ".func" : number == 2 ? ".args" : ".kwargs";
}

Ref<> repr_finalize(Object& object) {
  Builtins& builtins = builtins_of(object);
  const void* const self = &object;
  const auto subject = finalize_of(object).peek();
  if (!subject) return make_str(builtins, fmt::format("<finalize object at {}; dead>", self));
  return make_str(builtins, fmt::format("<finalize object at {}; for '{}' at {}>", self, subject->object->type->name,
                                        static_cast<const void*>(subject->object.get())));
}

// As the callback of its weak reference it is given that; by hand it is given nothing.
Ref<> call_finalize(Object& callee, const Arguments& arguments) {
  if (arguments.positional.size() > 1 || !arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("finalize.__call__() takes from 1 to 2 positional arguments but {} were given",
                                             arguments.positional.size() + 1));
  return finalize_of(callee).call();
}

/// `(object, function, arguments, keywords)`; None if it is dead.
Ref<> subject_as_tuple(Builtins& builtins, const std::optional<Finalize::Subject>& subject) {
  if (!subject) return make_none(builtins);
  const Ref<Dict> keywords = subject->keywords ? subject->keywords : make_dict(builtins);
  return make_tuple(builtins, subject->object, subject->function, subject->arguments, keywords);
}

void set_at_exit(Finalize& finalize, Object* value) {
  if (value == nullptr) raise(ErrorKind::kAttributeError, "property 'atexit' of 'finalize' object has no deleter");
  finalize.at_exit = truth(*value) ? 1 : 0;
}

/// `finalize(obj, func, /, *args, **kwargs)`.
Ref<> construct_finalize(Type& type, const Arguments& given) {
  Builtins& builtins = *type.heap->builtins;
  const std::size_t count = given.positional.size();
  if (count < 2)
    raise(ErrorKind::kTypeError, count == 0 ? "finalize.__init__() missing 2 required positional arguments: 'obj' and 'func'"
                                            : "finalize.__init__() missing 1 required positional argument: 'func'");
  const Ref<Tuple> arguments = make_tuple(builtins, given.positional.subspan(2));
  Ref<Dict> keywords;
  if (!given.keyword_names.empty()) keywords = make_dict(builtins);
  for (std::size_t i = 0; i < given.keyword_names.size(); ++i)
    keywords->set(*given.keyword_names[i], *given.keyword_values[i]);
  return make_finalize(*given.positional[0], *given.positional[1], arguments, keywords);
}

constexpr Attribute kFinalizeAttributes[] = {
    method(
        "detach()", [](Finalize& self) { return subject_as_tuple(builtins_of(self), self.detach()); },
        "If alive then mark as dead and return (obj, func, args, kwargs); otherwise return None"),
    method(
        "peek()", [](Finalize& self) { return subject_as_tuple(builtins_of(self), self.peek()); },
        "If alive then return (obj, func, args, kwargs); otherwise return None"),
    property(
        "alive", [](Finalize& self) { return self.is_alive(); }, "Whether finalizer is alive"),
    property(
        "atexit", [](Finalize& self) { return self.is_alive() && self.at_exit != 0; },
        [](Finalize& self, Object* value) { set_at_exit(self, value); }, "Whether finalizer should be called at exit"),
};

}  // namespace

const TypeSlots kFinalizeSlots{
    .name = "finalize",
    .kind = Kind::kFinalize,
    .flags = kContainerType | kBorrowerType,  // its neighbours in the registry
    .size = sizeof(Finalize),
    .edges = Finalize::kEdges,
    .dismantle = dismantle_as<Finalize>,
    .clear = clear_finalize,
    .edge_name = name_of_edge,
    .repr = repr_finalize,
    .hash = default_hash,
    .call = call_finalize,
    .construct = construct_finalize,
    .attributes = &kAttributeTable<kFinalizeAttributes>,
};

}  // namespace detail

}  // namespace ouro
