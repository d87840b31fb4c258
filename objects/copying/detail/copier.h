// What copy and deepcopy share: which objects are their own copies, and making an object again.
#pragma once

#include <ouro/objects/copying/detail/recipe.h>
#include <ouro/objects/model/ref.h>

namespace ouro::detail {

/// What is done with what an object refers to, while it is copied.
class Copier {
 public:
  virtual ~Copier() = default;
  /// What the copy refers to in place of `object`.
  [[nodiscard]] virtual Ref<> of(Object& object) = 0;
  /// The copy of `object` exists from now on, though it is not finished.
  virtual void remember(Object& object, Object& made) = 0;
  /// False: `of` gives the object itself.
  [[nodiscard]] virtual bool is_deep() const noexcept = 0;
};

/// Objects that both functions give back as they are.
[[nodiscard]] bool is_own_copy(const Object& object) noexcept;

/// A copy of an instance that has nothing but attributes, none of which its class has a say in, and whose `__dict__` nobody
/// has asked for; empty if it is something else.
[[nodiscard]] Ref<> copy_plain_instance(Object& object, Copier& copier);

/// The copy by a recipe (CPython: copy._reconstruct).
[[nodiscard]] Ref<> make_by_recipe(Object& object, const Recipe& recipe, Copier& copier);

}  // namespace ouro::detail
