// Conversions that must not compile, because they would lose or cut a value, recurse for ever or leave a view of nothing,
// and uses of places and callables that would hide something.
// refused.cmake counts the complaints: one for each line of `all`.
#include <ouro/ouro.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Endless {  // a range of itself
  const Endless* begin() const { return this; }
  const Endless* end() const { return this; }
};
enum class Colour { kRed };
struct Colourful {};
struct Plain {
  static constexpr std::tuple<> edges{};
};

using ouro::from_object;

void all(ouro::Runtime& rt, ouro::Object& object) {
  static_cast<void>(rt.from(L"wide"));
  static_cast<void>(rt.from(u"wide"));
  static_cast<void>(rt.from(std::u32string(U"wide")));
  static_cast<void>(rt.from(U'w'));
  static_cast<void>(rt.from(__extension__ static_cast<__int128>(1)));
  static_cast<void>(rt.from(Endless()));
  static_cast<void>(rt.from(Colour::kRed));
  static_cast<void>(rt.from(std::multimap<int, int>()));
  static_cast<void>(from_object<std::vector<std::string_view>>(object));
  static_cast<void>(from_object<std::vector<const char*>>(object));
  static_cast<void>(from_object<std::vector<ouro::Object*>>(object));
  static_cast<void>(from_object<std::map<std::string_view, int>>(object));
  static_cast<void>(from_object<std::pair<int, ouro::List*>>(object));
  static_cast<void>(from_object<std::tuple<std::optional<std::string_view>>>(object));
  static_cast<void>(ouro::Ref<>().attr("x").as<std::optional<std::string_view>>());
  static_cast<void>(([&] {
    auto place = rt.dict()["a"];
    place = 5;
  })());
  static_cast<void>(([&] {
    auto place = rt.dict()["a"];
    return place.get();
  })());
  static_cast<void>(ouro::make_function(rt.builtins(), "f", [text = std::string()] { return text; }));
  static_cast<void>(rt.class_<Plain, Colourful>("Plain"));
  static_cast<void>(ouro::Ref<>()(ouro::kw("a", 1), 2));
}
