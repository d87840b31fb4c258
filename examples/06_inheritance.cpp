// Inheritance: C++ bases, classes made at run time that derive from them, and virtual functions that reach their methods.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <memory>
#include <string>

using namespace ouro;

namespace {

struct Shape {
  virtual ~Shape() = default;
  virtual double area() const { return 0; }
};
struct Circle : Shape {
  double radius;
  explicit Circle(double r) : radius(r) {}
  double area() const override { return 3 * radius * radius; }
  static constexpr std::tuple<> edges{};
};
/// A Shape that may be overridden at run time.
struct ShapeObject : Shape, Overridable {
  double area() const override {
    if (const Ref<> method = find_override("area")) return from_object<double>(method());
    return Shape::area();
  }
  static constexpr std::tuple<> edges{};
};

}  // namespace

int main() {
  Runtime rt;
  const auto shape = rt.class_<ShapeObject, Shape>("Shape").init<>().def(
      "area", [](const ShapeObject& self) { return self.Shape::area(); });
  const auto circle = rt.class_<Circle, Shape>("Circle").init<double>("(radius)").def("area", &Circle::area);
  const auto total =
      make_function(rt.builtins(), "total(a, b)", [](const Shape& a, const Shape& b) { return a.area() + b.area(); });

  const Ref<Class> square = rt.new_class("Square", {shape.type().get()});
  square.attr("area") = make_function(rt.builtins(), "area(self)", [](Object& self) {
    const Ref<> side = share(self).attr("side");
    return side * side;
  });
  const Ref<> nine = square();
  nine.attr("side") = 3;
  fmt::print("{}\n", total(nine, circle(2)));
  fmt::print("{}\n", total(shape(), nine));

  const auto make =
      make_function(rt.builtins(), "make()", []() -> std::unique_ptr<Shape> { return std::make_unique<Circle>(1); });
  fmt::print("{} of area {}\n", make().attr("__class__"), make().attr("area")());
}

// prints:
//   21.0
//   9.0
//   <class 'Circle'> of area 3.0
