// Step: what the iterators of module itertools are made from: a few references, a few numbers, and the function that gives
// the next item. The classes (itertools.chain ...) are written in Python, and inherit `next` from its type.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/edges.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>
#include <ouro/script/machine/kinds.h>

#include <cstdint>

namespace ouro::script {

inline constexpr Kind kStepKind = outside_kind(kOutsideTypes - 8);

/// The object of an iterator of itertools. What the parts mean stands beside each function.
struct Step : Object {
  static constexpr Kind kKind = kStepKind;
  static constexpr Home kHome = Home::kContainers;
  static constexpr std::size_t kParts = 5;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), kParts);

  using Next = Ref<> (*)(Step& step);

  Object* parts[kParts];  ///< owned; may be null
  std::int64_t numbers[3];
  std::int64_t* places;  ///< of items in a pool, owned; may be null
  std::uint64_t place_count;
  Next next;
};

/// Functions that give the next item; the object is held meanwhile. Empty: exhausted, unless it failed.
namespace steps {
Ref<> count(Step& step);
Ref<> cycle(Step& step);
Ref<> repeat(Step& step);
Ref<> chain(Step& step);
Ref<> compress(Step& step);
Ref<> drop_while(Step& step);
Ref<> take_while(Step& step);
Ref<> filter_false(Step& step);
Ref<> star_map(Step& step);
Ref<> slice(Step& step);
Ref<> accumulate(Step& step);
Ref<> pairwise(Step& step);
Ref<> zip_longest(Step& step);
Ref<> product(Step& step);
Ref<> permutations(Step& step);
Ref<> combinations(Step& step);
Ref<> combinations_again(Step& step);
Ref<> group_by(Step& step);
Ref<> group(Step& step);
Ref<> tee(Step& step);
}  // namespace steps

}  // namespace ouro::script
