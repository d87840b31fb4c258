// Overridable: lets virtual functions of a native class reach methods of classes made at run time that derive from it.
//
//   struct ShapeObject : Shape, ouro::Overridable {
//     double area() const override {
//       if (const Ref<> method = find_override("area")) return from_object<double>(method());
//       return Shape::area();
//     }
//     static constexpr std::tuple<> edges{};
//   };
//   auto shape = rt.class_<ShapeObject, Shape>("Shape").init<>().def(
//       "area", [](const ShapeObject& s) { return s.Shape::area(); });
//   const Ref<Class> square = rt.new_class("Square", {shape.type().get()});      with a method `area` of its own
//
// The method bound to the class calls the C++ function by its qualified name: by the virtual one it would come back to the
// override that called it.
#pragma once

#include <ouro/objects/model/ref.h>

#include <string_view>

namespace ouro {

/// A base of the struct of a native class. Knows the object around it, borrowed; a copy belongs to another object, or none.
class Overridable {
 public:
  Overridable() noexcept = default;
  Overridable(const Overridable&) noexcept {}
  Overridable& operator=(const Overridable&) noexcept { return *this; }

  /// The object that the struct lies in; null for a struct that lies elsewhere, and while its constructor or its destructor
  /// runs: an override would be given an object that is not whole.
  [[nodiscard]] Object* object() const noexcept { return object_; }
  /// The method `name`, bound, of a class made at run time that derives from the native one; empty if there is none. What
  /// binding it throws passes on. Linear in the classes between.
  [[nodiscard]] Ref<> find_override(std::string_view name) const;

  // ---- For native_life.h ----

  void set_object(Object* object) noexcept { object_ = object; }

 protected:
  ~Overridable() = default;

 private:
  Object* object_ = nullptr;
};

}  // namespace ouro
