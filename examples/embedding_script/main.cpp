// A small world in C++ whose creatures are scripts: classes that they subclass, reloading while it runs, limits.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/script/engine/engine.h>

#include <optional>
#include <string>
#include <utility>
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
    def live(self, ground):
        self.nest = []
        while True:             # takes all it can get; what it had goes with it
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

/// Puts what a changed text says into the classes that there were: who lives already goes on by it.
constexpr const char* kRenewing = R"(
def renew(before):
    names = globals()
    for name, old in before.items():
        new = names[name]
        if new is not old and isinstance(old, type):
            for key, value in vars(new).items():
                if key not in ("__dict__", "__weakref__"):
                    setattr(old, key, value)
            names[name] = old
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
    engine_.run(kRenewing, "renew.py");
    ground_ = ground_class_();
  }

  /// Runs the scripts' text, for the first time or again.
  void load(const char* text) {
    const Ref<> before = engine_.globals().attr("copy")();
    engine_.run(text, "creatures.py");
    static_cast<void>(engine_.globals()["renew"](before));
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
    std::optional<Error> failed;
    try {
      living.live(*ground_);
    } catch (const Error& error) {
      failed = error;
    }
    runtime_.attention().set_budget({});  // the text of the error is a text of the runtime's
    fmt::print("  {} is on field {} with energy {}{}\n", living.name, living.field, living.energy,
               failed ? std::string(", and leaves: ") + failed->what() : "");
    return !failed;
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
//   a day
//     Dolly is on field 1 with energy 6
//     Isegrim is on field 0 with energy 5, and leaves: BudgetUsedUp: the budget is used up
//     Elster is on field 0 with energy 5, and leaves: MemoryError
//     Reynard is on field 0 with energy 5, and leaves: NameError: name 'open' is not defined
//   a day
//     Dolly is on field 2 with energy 10
//   the script is changed
//   a day
//     Dolly is on field 4 with energy 21
