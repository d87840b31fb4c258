// What the collector tells the floors above: that a collection starts and stops, and what it could not free.
#pragma once

#include <ouro/gc/phases.h>
#include <ouro/objects/model/object.h>

namespace ouro::gc {

/// Gets the events of every collection, explicit and automatic. Called with the lock held; may run code that makes objects,
/// and a collection asked for meanwhile does nothing.
class CollectionListener {
 public:
  virtual ~CollectionListener() = default;
  /// `report` has its generation, the rest is zero.
  virtual void collection_starts(const CollectionReport& report) noexcept = 0;
  virtual void collection_stops(const CollectionReport& report) noexcept = 0;
  /// Keeps an object alive that the collector found but must not free (`gc.garbage`). Adds a reference of its own.
  virtual void keep_garbage(Object& object) noexcept = 0;
  /// The collection's observer has thrown what is being handled right now. Nobody can catch it.
  virtual void observer_failed() noexcept = 0;
};

}  // namespace ouro::gc
