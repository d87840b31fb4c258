// class_<T>: C++ bases, overloads, static functions, constructors, operators, results that are structs, and classes made at
// run time whose methods virtual functions reach.
#include <support/fixture.h>

#include <memory>
#include <string>

#include <objects/world.h>

namespace ouro::test {

namespace {

using namespace literals;

struct Shape {
  std::string name;
  explicit Shape(std::string called = "shape") : name(std::move(called)) {}
  virtual ~Shape() = default;
  virtual double area() const { return 0; }
  std::string title() const { return "the " + name; }
  static constexpr std::tuple<> edges{};
};
struct Round {
  int corners = 0;
};
struct Circle : Round, Shape {
  double radius;
  explicit Circle(double r = 1) : Shape("circle"), radius(r) {}
  double area() const override { return 3 * radius * radius; }
  static constexpr std::tuple<> edges{};
};
struct Disc : Circle {
  const int layers = 2;
  static constexpr std::tuple<> edges{};
};

struct Vec {
  int x = 0, y = 0;
  static constexpr std::tuple<> edges{};
};
/// Moves, and does not copy.
struct Owner {
  std::unique_ptr<int> number;
  static constexpr std::tuple<> edges{};
};

auto vec_class(Runtime& rt) {
  return rt.class_<Vec>("Vec")
      .init<>()
      .init<int, int>("(x, y=0)")
      .init("(text)",
            [](std::string_view text) {
              return Vec{static_cast<int>(text.size()), 0};
            })
      .prop("x", &Vec::x)
      .prop("y", &Vec::y)
      .def_static("unit(length=1)",
                  [](int length) {
                    return Vec{length, 0};
                  })
      .value("kDimensions", 2)
      .doc("A vector.")
      .def("__add__",
           [](const Vec& a, Vec& b) {
             return Vec{a.x + b.x, a.y + b.y};
           })
      .def("__eq__", [](const Vec& a, Vec& b) { return a.x == b.x && a.y == b.y; })
      .def("__lt__", [](const Vec& a, Vec& b) { return a.x < b.x; })
      .def("scaled(self, by)",
           [](const Vec& a, int by) {
             return Vec{a.x * by, a.y * by};
           })
      .overload("scaled(self, x, y)",
                [](const Vec& a, int x, int y) {
                  return Vec{a.x * x, a.y * y};
                })
      .overload("scaled(self, by)", [](const Vec& a, Vec& by) {
        return Vec{a.x * by.x, a.y * by.y};
      });
}

/// Virtual functions that reach methods of classes made at run time.
struct ShapeObject : Shape, Overridable {
  using Shape::Shape;
  double area() const override {
    if (const Ref<> method = find_override("area")) return from_object<double>(method());
    return Shape::area();
  }
  static constexpr std::tuple<> edges{};
};

/// Calls a virtual function while it is destroyed.
struct Leaving : Overridable {
  std::int64_t* last = nullptr;
  Leaving() = default;
  ~Leaving() { *last = word(); }
  std::int64_t word() const {
    if (const Ref<> method = find_override("word")) return from_object<std::int64_t>(method());
    return 1;
  }
  static constexpr std::tuple<> edges{};
};

struct Holder {
  Ref<> held;
  static constexpr std::tuple edges{&Holder::held};
};

}  // namespace

TEST_CASE("what takes a C++ base takes a struct that derives from it", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto shape = rt.class_<Shape>("Shape").init<std::string>("(name)").def("area", &Shape::area);
  const auto circle = rt.class_<Circle, Shape, Round>("Circle")
                          .init<double>("(radius=1.0)")
                          .prop("radius", &Circle::radius)
                          .prop("name", &Circle::name)
                          .prop("corners", &Circle::corners)
                          .def("title", &Circle::title);
  const auto area = make_function(rt.builtins(), "area(shape)", [](const Shape& s) { return s.area(); });
  const auto first = make_function(rt.builtins(), "first(shapes)", [](Shape& s) { return s.name; });
  const Ref<> round = circle(2);
  CHECK(is_instance(*round, *shape.type()));
  CHECK(area(round) == 12.0);
  CHECK(area(shape("s")) == 0.0);
  CHECK(first(round) == "circle");
  CHECK(round.attr("area")() == 12.0);
  CHECK(round.attr("title")() == "the circle");
  CHECK(round.attr("corners") == 0);
  round.attr("name") = "ring";
  CHECK(native_cast<Shape>(*round)->name == "ring");
  CHECK(native_cast<Round>(*round) == static_cast<Round*>(native_cast<Circle>(*round)));
  CHECK(native_cast<Circle>(*shape("s")) == nullptr);
  CHECK(error_of([&] { return area(5); }) == "TypeError: area() argument 1 'shape' must be Shape, not int");
  const auto disc = rt.class_<Disc, Circle>("Disc").init<>().prop("layers", &Disc::layers);
  const Ref<> flat = disc();
  CHECK(area(flat) == 3.0);
  CHECK(flat.attr("layers") == 2);
  CHECK(native_cast<Round>(*flat) != nullptr);
  CHECK(error_of([&] {
          flat.attr("layers") = 3;
          return 0;
        }) == "AttributeError: property 'layers' of 'Disc' object has no setter");
}

TEST_CASE("structs that functions return become objects of their class", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  CHECK(error_of([&] { return rt.from(Vec{1, 2}); }) == "TypeError: there is no class_<Vec> in this runtime");
  const auto shape = rt.class_<Shape>("Shape").prop("name", &Shape::name);
  const auto circle = rt.class_<Circle, Shape>("Circle");
  const auto owner = rt.class_<Owner>("Owner").def("number", [](const Owner& o) { return *o.number; });
  {
    const auto vec = vec_class(rt);
    CHECK(rt.from(Vec{1, 2}).attr("y") == 2);
    CHECK(class_of_cpp<Vec>(rt.builtins()).is(vec.type()));
    CHECK(from_object<std::vector<Vec>>(rt.from(std::vector{Vec{1, 2}}))[0].y == 2);
    CHECK(from_object<Vec>(vec(3)).x == 3);
  }
  const auto make = make_function(rt.builtins(), "make(kind)", [](int kind) -> std::unique_ptr<Shape> {
    if (kind == 0) return nullptr;
    if (kind == 1) return std::make_unique<Shape>("plain");
    return std::make_unique<Circle>(5);
  });
  CHECK(make(0).is(rt.none()));
  CHECK(make(1).attr("name") == "plain");
  CHECK(native_cast<Circle>(*make(2))->radius == 5);
  const auto own = make_function(rt.builtins(), "own", [](int n) { return Owner{std::make_unique<int>(n)}; });
  CHECK(own(7).attr("number")() == 7);
  CHECK(rt.from(Owner{std::make_unique<int>(8)}).attr("number")() == 8);
  const Owner one{std::make_unique<int>(1)};
  CHECK(error_of([&] { return rt.from(one); }) == "TypeError: a Owner cannot be copied into an object");
  rt.gc().collect();
  CHECK(error_of([&] { return rt.from(Vec{1, 2}); }) == "TypeError: there is no class_<Vec> in this runtime");
}

TEST_CASE("constructors and methods have overloads, keywords and defaults", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto vec = vec_class(rt);
  CHECK(vec().attr("x") == 0);
  CHECK(vec(1).attr("x") == 1);
  CHECK(vec(1, "y"_a = 2).attr("y") == 2);
  CHECK(vec("four").attr("x") == 4);
  const Ref<> v = vec(2, 3);
  CHECK(v.attr("scaled")(2) == vec(4, 6));
  CHECK(v.attr("scaled")(2, 0) == vec(4, 0));
  CHECK(v.attr("scaled")(v) == vec(4, 9));
  CHECK(v.attr("scaled")("by"_a = 3) == vec(6, 9));
  CHECK(error_of([&] { return v.attr("scaled")("x"); }) ==
        "TypeError: Vec.scaled() has no overload for these arguments: Vec.scaled() argument 1 'by': 'str' object cannot be "
        "interpreted as an integer; Vec.scaled() missing 1 required positional argument: 'y'; Vec.scaled() argument 1 'by' "
        "must be Vec, not str");
  CHECK(error_of([&] { return vec(2.5); }).starts_with("TypeError: Vec() has no overload for these arguments: "));
  CHECK(vec.type().attr("unit")() == vec(1));
  CHECK(vec.type().attr("unit")(5) == vec(5));
  CHECK(v.attr("unit")("length"_a = 6) == vec(6));
  CHECK(v.attr("kDimensions") == 2);
  CHECK(vec.type().attr("__doc__") == "A vector.");
}

TEST_CASE("an operator leaves to the other what it does not know", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto vec = vec_class(rt);
  const Ref<> v = vec(1, 2);
  CHECK(v + v == vec(2, 4));
  CHECK_FALSE(v == 5);
  CHECK(v != "x");
  CHECK(error_of([&] { return v + 5; }) == "TypeError: unsupported operand type(s) for +: 'Vec' and 'int'");
  CHECK(error_of([&] { return v < 5; }) == "TypeError: '<' not supported between instances of 'Vec' and 'int'");
  const auto other = rt.new_class("Other");
  define(other, "__radd__(self, left)", [](Object&, Object&) { return "reflected"; });
  CHECK(v + other() == "reflected");
  Ref<> sum = v;
  sum += v;
  CHECK(sum == vec(2, 4));
}

TEST_CASE("a class made at run time derives from a native one, and has attributes", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto vec = vec_class(rt);
  const Ref<Class> point = rt.new_class("Point", {vec.type().get()});
  define(point, "__repr__(self)", [](Object& self) { return "Point " + shown(share(self).attr("tag")); });
  Ref<> p = point(3, 4);
  CHECK(is_instance(*p, *vec.type()));
  CHECK(p.attr("x") == 3);
  p.attr("tag") = "here";
  CHECK(shown(p) == "Point 'here'");
  CHECK(p + p == vec(6, 8));
  CHECK(native_cast<Vec>(*p)->y == 4);
  CHECK(p.attr("__dict__") == rt.dict({{"tag", "here"}}));
  p.attr("self") = p;
  CHECK(rt.gc().is_tracked(*p));
  const Ref<> watch = make_weakref(*p);
  p.reset();
  CHECK(rt.gc().collect() == 2);
  CHECK(watch().is(rt.none()));
  CHECK(error_of([&] {
          return rt.new_class("Odd", {vec.type().get(), &rt.type<List>()});
        }) == "TypeError: multiple bases have instance lay-out conflict");
}

TEST_CASE("a class made at run time that derives from a native one may name its members", "[face][native][slots]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto vec = vec_class(rt);
  const auto body = rt.dict();
  body["__slots__"] = rt.tuple("tag", "other");
  Object* const bases[] = {vec.type().get()};
  const Ref<Class> point = make_class(rt.builtins(), "Point", bases, static_cast<Dict*>(body.get()));
  Ref<> p = point(3, 4);
  CHECK(error_of([&] { static_cast<void>(get_attribute(*p, *rt.str("tag"))); }) ==
        "AttributeError: 'Point' object has no attribute 'tag'");
  p.attr("tag") = "here";
  CHECK(p.attr("tag") == "here");
  CHECK(p.attr("x") == 3);
  CHECK(error_of([&] { p.attr("free") = 1; }) == "AttributeError: 'Point' object has no attribute 'free'");
  CHECK(error_of([&] { static_cast<void>(get_attribute(*p, *rt.str("__dict__"))); }) ==
        "AttributeError: 'Point' object has no attribute '__dict__'");
  const Ref<Class> below = rt.new_class("Below", {point.get()});
  Ref<> b = below(5, 6);
  b.attr("other") = b;
  b.attr("free") = p;
  CHECK(b.attr("__dict__").get().is(b.attr("__dict__").get()));
  const Ref<> watches[] = {make_weakref(*p), make_weakref(*b)};
  p.reset(), b.reset();
  CHECK(rt.gc().collect() >= 2);
  CHECK(watches[0]().is(rt.none()));
  CHECK(watches[1]().is(rt.none()));

  const Ref<Class> plain = make_class(rt.builtins(), "Plain", {}, static_cast<Dict*>(body.get()));
  CHECK(error_of([&] {
          return rt.new_class("Odd", {vec.type().get(), plain.get()});
        }) == "TypeError: multiple bases have instance lay-out conflict");
}

TEST_CASE("an `__init__` of a class made at run time takes the arguments of an empty constructor", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto holder = rt.class_<Holder>("Holder").init<>().prop("held", &Holder::held);
  CHECK(error_of([&] { return holder(1); }) == "TypeError: Holder() takes 0 positional arguments but 1 was given");
  CHECK(error_of([&] { return holder("x"_a = 1); }) == "TypeError: Holder() got an unexpected keyword argument 'x'");
  const Ref<Class> mine = rt.new_class("Mine", {holder.type().get()});
  CHECK(error_of([&] { return mine(1); }) == "TypeError: Mine() takes 0 positional arguments but 1 was given");
  define(mine, "__init__(self, held, extra)", [](Object& self, Object& held, int extra) {
    share(self).attr("held") = share(held);
    share(self).attr("extra") = extra;
  });
  Ref<> object = mine(rt.list(1), "extra"_a = 5);
  CHECK(object.attr("extra") == 5);
  CHECK(native_cast<Holder>(*object)->held == rt.list(1));
  object.attr("other") = object;
  native_cast<Holder>(*object)->held = object;
  object.reset();
  CHECK(rt.gc().collect() == 2);
}

TEST_CASE("a virtual function reaches the method of a class made at run time", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto shape = rt.class_<ShapeObject, Shape>("Shape").init<>().init<std::string>("(name)").def(
      "area", [](const ShapeObject& s) { return s.Shape::area(); });
  const auto area = make_function(rt.builtins(), "area(shape)", [](const Shape& s) { return s.area(); });
  CHECK(area(shape("plain")) == 0.0);
  const Ref<Class> square = rt.new_class("Square", {shape.type().get()});
  CHECK(area(square("s")) == 0.0);
  define(square, "area(self)", [](Object& self) { return Ref<>(share(self).attr("side")) * share(self).attr("side"); });
  const Ref<> s = square("s");
  s.attr("side") = 3;
  CHECK(area(s) == 9.0);
  CHECK(s.attr("area")() == 9);
  const Ref<Class> cube = rt.new_class("Cube", {square.get()});
  const Ref<> c = cube("c");
  CHECK(error_of([&] { return area(c); }) == "AttributeError: 'Cube' object has no attribute 'side'");
  define(cube, "area(self)", [](Object&) { return "no number"; });
  CHECK(error_of([&] { return area(c); }) == "TypeError: must be real number, not str");
  const ShapeObject elsewhere("elsewhere");
  CHECK(elsewhere.area() == 0);
  CHECK(elsewhere.object() == nullptr);
}

TEST_CASE("a destructor reaches no method of a class made at run time, which would be given a dead object",
          "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto leaving = rt.class_<Leaving>("Leaving").init<>();
  const Ref<Class> loud = rt.new_class("Loud", {leaving.type().get()});
  define(loud, "word(self)", [](Object&) { return 2; });
  Ref<> object = loud();
  std::int64_t last = 0;
  Leaving& value = *native_cast<Leaving>(*object);
  value.last = &last;
  CHECK(value.word() == 2);
  object.reset();
  CHECK(last == 1);
}

TEST_CASE("a callable that captures plain values says so", "[face][function]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const std::string greeting = "a greeting that does not fit into a small string";
  const auto greet =
      make_function(rt.builtins(), "greet(name)",
                    holds_no_refs([greeting](std::string_view name) { return greeting + " " + std::string(name); }));
  CHECK(greet("you") == greeting + " you");
  const auto call =
      make_function(rt.builtins(), "f(x)", holds_no_refs(std::function<int(int)>([](int x) { return x + 1; })));
  CHECK(call("x"_a = 4) == 5);
}

TEST_CASE("an object is kept alive by another", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto holder = rt.class_<Holder>("Holder").init<>();
  Ref<> nurse = holder(), patient = holder();
  const Ref<> watch = make_weakref(*patient);
  keep_alive(*nurse, *patient);
  patient.reset();
  CHECK_FALSE(watch().is(rt.none()));
  nurse.reset();
  CHECK(watch().is(rt.none()));
}

TEST_CASE("native classes survive the failure of every allocation", "[face][native]") {
  Fixture fixture;
  Runtime& rt = fixture.rt;
  const auto vec = vec_class(rt);
  const Ref<Class> point = rt.new_class("Point", {vec.type().get()});
  Ref<> made;
  const auto failures = fail_each_allocation(rt.heap(), [&] {
    made = point(1000, "y"_a = 2000);
    made.attr("tag") = rt.list();
    made = made.attr("scaled")(2);
  });
  CHECK(failures > 3);
  CHECK(made.attr("x") == 2000);
}

}  // namespace ouro::test
