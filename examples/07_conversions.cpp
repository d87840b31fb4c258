// Conversions: containers, times, enums and a type of your own, and errors that say where.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

struct Rgb {
  int r, g, b;
};
enum class Size { kSmall, kLarge };

template <>
struct ouro::Conversion<Rgb> {
  static Rgb from_object(Object& object) {
    const auto [r, g, b] = ouro::from_object<std::array<int, 3>>(object);
    return {r, g, b};
  }
  static Ref<> to_object(Builtins& builtins, const Rgb& c) { return ouro::to_object(builtins, std::tuple(c.r, c.g, c.b)); }
};
template <>
struct ouro::EnumNames<Size> {
  static constexpr std::pair<Size, std::string_view> names[]{{Size::kSmall, "small"}, {Size::kLarge, "large"}};
};

using namespace ouro;
using namespace std::chrono_literals;

int main() {
  Runtime rt;
  fmt::print("{}\n", rt.from(std::map<std::string, std::vector<Rgb>>{{"red", {{255, 0, 0}}}}));
  fmt::print("{} {}\n", rt.from(Size::kLarge), rt.from(1500ms));
  fmt::print("{}\n", from_object<Rgb>(rt.list(1, 2, 3)).b);
  fmt::print("{}\n", from_object<std::chrono::milliseconds>(rt.from(0.25)).count());

  const auto paint = make_function(rt.builtins(), "paint(shape, colours)",
                                   [](Size, const std::vector<Rgb>& colours) { return colours.size(); });
  fmt::print("{}\n", paint("small", rt.list(rt.tuple(1, 2, 3))));
  const auto refusal = [](const Outcome<Ref<>>& outcome) { return std::string(outcome.failure().error().what()); };
  fmt::print("{}\n", refusal(try_call(paint, "small", rt.list(rt.tuple(1, 2, 3), rt.tuple(1, 2, "x")))));
  fmt::print("{}\n", refusal(try_call(paint, "tiny", rt.list())));
}

// prints:
//   {'red': [(255, 0, 0)]}
//   large 1.5
//   3
//   250
//   1
//   TypeError: paint() argument 2 'colours': [1][2]: 'str' object cannot be interpreted as an integer
//   ValueError: paint() argument 1 'shape': 'tiny' is not a valid Size
