// A small world in C++ whose creatures are scripts: classes that they subclass, reloading while it runs, limits.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/script/engine/engine.h>

#include <string>
#include <vector>

using namespace ouro;

namespace {

/// The ground: so much grass grows on each field, and again a little every day.
struct Ground {
  std::vector<int> grass = {1, 3, 2, 0, 9, 4};

  int grass_at(std::size_t field) const { return field < grass.size() ? grass[field] : 0; }
  int eat(std::size_t field) { return field < grass.size() ? std::exchange(grass[field], 0) : 0; }
  void grow() {
    for (int& blades : grass) ++blades;
  }
  static constexpr std::tuple<> edges{};
};

/// What lives on it. Scripts derive from it and write `live`.
struct Creature : Overridable {
  std::string name;
  std::size_t field = 0;
  int energy = 5;

  explicit Creature(std::string called) : name(std::move(called)) {}
  virtual ~Creature() = default;
  virtual void live(Object& ground) {
    if (const Ref<> method = find_override("live")) static_cast<void>(method(ground));
  }
  static constexpr std::tuple<> edges{};
};

constexpr const char* kFirstScript = R"(
class Sheep(Creature):
    """Eats where it stands, and goes on to the right."""
    def live(self, ground):
        self.energy += ground.eat(self.field)
        self.field += 1

class Wolf(Creature):
    def live(self, ground):
        while True:             # thinks for ever
            pass

class Magpie(Creature):
    nest = []
    def live(self, ground):
        while True:             # takes all it can get
            self.nest.append("shiny" * 1000)

class Fox(Creature):
    def live(self, ground):
        open("/etc/passwd")     # curious
)";

constexpr const char* kSecondScript = R"(
class Sheep(Creature):
    """Looks where most grass is."""
    def live(self, ground):
        self.field = max(range(6), key=ground.grass_at)
        self.energy += ground.eat(self.field)
)";

/// A world: a runtime, the scripts in it, and who lives there.
class World {
 public:
  World() : ground_class_(runtime_.class_<Ground>("Ground")), creature_class_(runtime_.class_<Creature>("Creature")) {
    ground_class_.init<>().def("grass_at(self, field)", &Ground::grass_at).def("eat(self, field)", &Ground::eat);
    creature_class_.init<std::string>("(name)")
        .prop("name", &Creature::name)
        .prop("field", &Creature::field)
        .prop("energy", &Creature::energy)
        .def("live(self, ground)", [](Creature&, Object&) {});
    engine_.globals()["Creature"] = creature_class_.type();
    ground_ = ground_class_();
  }

  /// Runs the scripts' text. Who lives already gets the new class of the same name, and stays who he is.
  void load(const char* text) {
    engine_.run(text, "creatures.py");
    for (const Ref<>& creature : creatures_) {
      const auto kind = from_object<std::string>(creature.attr("__class__").attr("__name__"));
      creature.attr("__class__") = engine_.globals()[kind];
    }
  }

  void add(const char* kind, const char* name) { creatures_.push_back(engine_.globals()[kind](name)); }

  /// Everybody lives for a day. Who breaks a rule is told so, and leaves.
  void day() {
    fmt::print("a day\n");
    for (std::size_t i = 0; i < creatures_.size();) i = live(creatures_[i]) ? i + 1 : remove(i);
    from_object<Ground&>(*ground_).grow();
  }

 private:
  bool live(const Ref<>& creature) {
    auto& living = from_object<Creature&>(*creature);
    runtime_.attention().set_budget({.safepoints = 20'000});
    std::string wrong;
    try {
      living.live(*ground_);
    } catch (const Error& error) {
      wrong = error.what();
    }
    runtime_.attention().set_budget({});
    fmt::print("  {} is on field {} with energy {}{}\n", living.name, living.field, living.energy,
               wrong.empty() ? "" : ", and leaves: " + wrong);
    return wrong.empty();
  }

  std::size_t remove(std::size_t i) {
    creatures_.erase(creatures_.begin() + static_cast<std::ptrdiff_t>(i));
    return i;
  }

  Runtime runtime_{Options{.memory_limit = std::size_t{16} << 20}};
  script::Engine engine_{runtime_};  // no files, nothing of the process
  NativeClass<Ground> ground_class_;
  NativeClass<Creature> creature_class_;
  Ref<> ground_;
  std::vector<Ref<>> creatures_;
};

}  // namespace

int main() {
  World world;
  world.load(kFirstScript);
  world.add("Sheep", "Dolly");
  world.add("Wolf", "Isegrim");
  world.add("Magpie", "Elster");
  world.add("Fox", "Reynard");
  world.day();
  world.day();
  fmt::print("the script is changed\n");
  world.load(kSecondScript);
  world.day();
}

// prints:
