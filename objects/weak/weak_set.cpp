// WeakSet: its elements, and how dead ones are removed (CPython: Lib/_weakrefset.py).
#include <ouro/base/error.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/sets/detail/set_parts.h>
#include <ouro/objects/weak/weak_set.h>
#include <ouro/objects/weak/weakref.h>

#include <algorithm>
#include <utility>

namespace ouro {

namespace {

/// Called by the weak reference to an element.
void element_died(WeakRef& self, WeakRef& dead) {
  const Ref<> held = target_of(self);
  if (!held) return;
  auto& set = static_cast<WeakSet&>(*held);
  if (set.loops != 0) return set.waiting().append(dead);
  set.references().discard(dead);
}

/// The set of the weak references to what an iterable gives: as arguments of the set operations of `data`.
Ref<Set> references_to(Object& iterable, Object* callback) {
  const Ref<> held[] = {share(iterable), Ref<>::share(callback)};
  Ref<Set> made = make_set(builtins_of(iterable));
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> element = next(*iterator)) made->add(*make_weakref(*element, callback));
  return made;
}

/// A set in use: held, and what waits taken out.
class InUse {
 public:
  explicit InUse(WeakSet& set) : held_(share(set)) {
    set.settle();
    references = share(set.references());
  }

 private:
  Ref<WeakSet> held_;

 public:
  Ref<Set> references;
};

}  // namespace

void WeakSet::settle() {
  if (waiting().size == 0) return;
  const Ref<WeakSet> held = share(*this);
  while (waiting().size != 0) {
    const Ref<> last = waiting().pop();
    references().discard(*last);
  }
}

void WeakSet::add(Object& element) {
  const Ref<> held = share(element);
  const InUse used(*this);
  used.references->add(*make_weakref(element, removal));
}

bool WeakSet::contains(Object& element) const {
  const Ref<> held = share(element);
  if (!element.type->has(kWeakableType)) return false;
  const Ref<Set> searched = share(references());
  return ouro::contains(*searched, *make_weakref(element));
}

bool WeakSet::discard(Object& element) {
  const Ref<> held = share(element);
  const InUse used(*this);
  return used.references->discard(*make_weakref(element));
}

Ref<> WeakSet::pop() {
  const InUse used(*this);
  while (used.references->size != 0) {
    const Ref<> reference = used.references->pop();
    if (Ref<> element = target_of(static_cast<WeakRef&>(*reference))) return element;
  }
  raise(ErrorKind::kKeyError, "'pop from empty WeakSet'");
}

void WeakSet::clear() {
  const InUse used(*this);
  used.references->clear();
}

std::size_t WeakSet::length() const noexcept { return references().size - std::min(references().size, waiting().size); }

Ref<List> WeakSet::living() {
  const Ref<WeakSet> held = share(*this);
  Ref<List> found = make_list(builtins_of(*this));
  WeakSetLoop loop(*this);
  while (Ref<> element = loop.next()) found->append(std::move(element));
  return found;
}

void WeakSet::update(Object& iterable) {
  const Ref<> held = share(iterable);
  const InUse used(*this);
  const Ref<> iterator = iterate(iterable);
  while (const Ref<> element = next(*iterator)) add(*element);
}

void WeakSet::intersection_update(Object& iterable) {
  const InUse used(*this);
  used.references->intersection_update(*references_to(iterable, nullptr));
}

void WeakSet::difference_update(Object& iterable) {
  const InUse used(*this);
  if (this == &iterable) return used.references->clear();
  used.references->difference_update(*references_to(iterable, nullptr));
}

void WeakSet::symmetric_difference_update(Object& iterable) {
  const InUse used(*this);
  if (this == &iterable) return used.references->clear();
  used.references->symmetric_difference_update(*references_to(iterable, removal));
}

// ---- Loops ----

WeakSetLoop::WeakSetLoop(WeakSet& set) : set_(share(set)), iterator_(make_set_iterator(set.references())) { ++set_->loops; }

WeakSetLoop::~WeakSetLoop() {
  if (!set_ || --set_->loops != 0) return;
  try {
    set_->settle();
  } catch (...) {
    heap_of(*set_).report_unraisable("removal from a weak set", *set_);
  }
}

Ref<> WeakSetLoop::next() {
  if (!set_) return {};  // the collector cleared it
  const Ref<SetIterator> held = iterator_;
  while (const Ref<> reference = next_of(*held))
    if (Ref<> element = target_of(static_cast<WeakRef&>(*reference))) return element;
  return {};
}

// ---- Making ----

Ref<WeakSet> make_weak_set(Builtins& builtins) {
  Ref<Set> data = make_set(builtins);
  Ref<List> pending = make_list(builtins);
  Ref<WeakSet> made = make<WeakSet>(builtins.type(Kind::kWeakSet), sizeof(WeakSet), [&](WeakSet& set) noexcept {
    set.data = data.release();
    set.pending = pending.release();
    set.removal = nullptr;
    set.loops = 0;
  });
  made->removal = make_function(builtins, "_remove", element_died, make_weakref(*made)).release();
  return made;
}

Ref<WeakSet> weak_set_from(Object& iterable) {
  const Ref<> held = share(iterable);
  Ref<WeakSet> made = make_weak_set(builtins_of(iterable));
  made->update(iterable);
  return made;
}

}  // namespace ouro
