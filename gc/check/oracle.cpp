// Finds the unreachable objects in the simplest way, and compares a collection with that.
#include <ouro/gc/check/oracle.h>
#include <ouro/gc/detail/collection.h>

#include <cstdio>
#include <unordered_map>
#include <unordered_set>

namespace ouro::gc {

namespace {

[[noreturn]] void disagree(const Object& object, const char* verdict) {
  char text[160];
  std::snprintf(text, sizeof text, "%.*s at %p with count %u is %s to the oracle",
                static_cast<int>(object.type->name.size()), object.type->name.data(), static_cast<const void*>(&object),
                object.refcount, verdict);
  law_broken("sound", text, __FILE__, __LINE__);
}

}  // namespace

std::vector<Object*> unreachable_by_oracle(const std::vector<Object*>& candidates) {
  std::unordered_map<const Object*, std::uint64_t> references;
  for (const Object* const object : candidates) references.emplace(object, 0);
  for (const Object* const object : candidates)
    for_each_edge(*object, [&](const Object& target) {
      if (const auto found = references.find(&target); found != references.end()) ++found->second;
    });

  std::unordered_set<const Object*> alive;
  std::vector<const Object*> todo;
  const auto reach = [&](const Object& object) {
    if (references.contains(&object) && alive.insert(&object).second) todo.push_back(&object);
  };
  for (const Object* const object : candidates)
    if (object->refcount > references.at(object)) reach(*object);
  while (!todo.empty()) {
    const Object* const object = todo.back();
    todo.pop_back();
    for_each_edge(*object, reach);
  }

  std::vector<Object*> unreachable;
  for (Object* const object : candidates)
    if (!alive.contains(object)) unreachable.push_back(object);
  return unreachable;
}

void compare_with_oracle(detail::Collection& run) {
  std::vector<Object*> candidates;
  std::unordered_set<const Object*> freed;
  detail::with_candidates(run, [&](const auto& all) {
    detail::for_each_granule(all, [&](std::size_t granule) {
      Object& object = run.tracking.object_at(granule);
      candidates.push_back(&object);
      if (GcRefs::is_unreached(run.refs[granule])) freed.insert(&object);
    });
  });
  const std::vector<Object*> dead = unreachable_by_oracle(candidates);
  for (const Object* const object : dead)
    if (!freed.erase(object)) disagree(*object, "dead but alive to the collector, and dead");
  for (const Object* const object : freed) disagree(*object, "alive but dead to the collector, and alive");
}

}  // namespace ouro::gc
