// Containers whose items run code in whatever is done to them, and attacks on those containers from within that code.
#pragma once

#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/text/str_methods.h>
#include <support/fixture.h>
#include <support/hostile.h>

#include <functional>
#include <string>

namespace ouro::test {

/// What an attack does to everything in the scene, before a collection.
enum class Attack : std::uint8_t {
  kClear,    ///< empties it
  kReplace,  ///< empties it and fills it with other items, where the old ones lay
  kGrow,     ///< adds so much that every buffer moves
  kUndefine  ///< empties it and takes all methods from the class of the items
};

/// Five items each, all with the same hash and each equal to itself only.
struct Scene {
  explicit Scene(Runtime& runtime);

  void attack(Attack how);

  Runtime& rt;
  Ref<Class> type;
  Ref<List> list;
  Ref<List> pairs;  ///< tuples of two items
  Ref<Dict> dict;
  Ref<Dict> counts;  ///< of str keys, with items as values
  Ref<Instance> instance;
  Ref<WeakKeys> weak_keys;
  Ref<WeakValues> weak_values;
  Ref<List> functions;

 private:
  void define_methods();
  void fill();
  void clear();
};

/// Another item, which no container of the scene holds.
[[nodiscard]] inline Ref<> other(const Scene& scene) { return scene.type(); }

/// Does `operation` to new scenes, attacked in each way and at each entry into foreign code. Errors are welcome; the runtime
/// must be whole afterwards. Returns the number of attacks.
std::size_t attack_everywhere(Fixture& fixture, const std::function<void(Scene&)>& operation);

}  // namespace ouro::test
