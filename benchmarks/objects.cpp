// Cases of single objects: what it costs to make one of each type and to drop it again, beside a thousand that live on.
//
// Automatic collection is off on both sides, so that making and dropping is all that is measured.
#include <fmt/core.h>

#include <array>
#include <optional>
#include <vector>

#include "object_makers.h"

namespace bench {
namespace {

constexpr std::size_t kAlive = 1000;
constexpr std::size_t kBurstSize = 64;
constexpr std::size_t kMadePairs = 200'000;
constexpr std::size_t kMadeBursts = 3'000;
constexpr int kMadeRounds = 5;

/// ns of one `step()`, the median of several rounds of `count`; `per_step` objects are made by each.
template <class Step>
double time_steps(std::size_t count, std::size_t per_step, Step step) {
  for (std::size_t i = 0; i < count / 8; ++i) step();
  std::vector<double> rounds;
  for (int round = 0; round < kMadeRounds; ++round) {
    const Stopwatch watch;
    for (std::size_t i = 0; i < count; ++i) step();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(count * per_step));
  }
  return median(std::move(rounds));
}

/// One at a time.
template <class Make>
double make_and_drop(Make& make) {
  return time_steps(kMadePairs, 1, [&] {
    const auto made = make(kAlive);
    escape(made.get());
  });
}

/// kBurstSize made, then kBurstSize dropped, the first made first.
template <class Make>
double make_in_bursts(Make& make) {
  std::array<std::optional<decltype(make(0))>, kBurstSize> burst;
  return time_steps(kMadeBursts, kBurstSize, [&] {
    for (std::size_t i = 0; i < kBurstSize; ++i) burst[i].emplace(make(kAlive + i));
    escape(burst.data());
    for (auto& made : burst) made.reset();
  });
}

/// Measures `pattern` with what `make(maker, index)` makes.
template <class Maker, class Make, class Pattern>
double measure(Make make, Pattern pattern) {
  typename Maker::Side side;
  side.pause_collector();
  Maker maker(side, kAlive + kBurstSize);
  auto make_one = [&](std::size_t index) { return make(maker, index); };
  std::vector<decltype(make_one(0))> live;
  for (std::size_t i = 0; i < kAlive; ++i) live.push_back(make_one(i));
  return pattern(make_one);
}

template <class Make, class Pattern>
std::vector<Side> maker_sides(Make make, Pattern pattern) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return measure<OuroMaker>(make, pattern); }});
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, [=](const Settings&) { return measure<CPythonMaker>(make, pattern); }});
#endif
  return sides;
}

/// Calls `add(name, make)` for each type that is measured.
template <class Add>
void for_each_maker(Add add) {
  add("int", [](auto& maker, std::size_t i) { return maker.integer(i); });
  add("float", [](auto& maker, std::size_t i) { return maker.real(i); });
  add("tuple2", [](auto& maker, std::size_t i) { return maker.tuple2(i); });
  add("list", [](auto& maker, std::size_t i) { return maker.list(i); });
  add("list3", [](auto& maker, std::size_t i) { return maker.list3(i); });
  add("dict", [](auto& maker, std::size_t i) { return maker.dict(i); });
  add("dict3", [](auto& maker, std::size_t i) { return maker.dict3(i); });
  add("bound_method", [](auto& maker, std::size_t i) { return maker.bound_method(i); });
  add("instance", [](auto& maker, std::size_t i) { return maker.instance(i); });
  add("str", [](auto& maker, std::size_t i) { return maker.str(i); });
  add("weakref", [](auto& maker, std::size_t i) { return maker.weakref(i); });
}

/// The same for those that have a bar (dict and set of five: objects_sets.cpp).
template <class Add>
void for_each_barred_maker(Add add) {
  add("int_cached", [](auto& maker, std::size_t i) { return maker.small_integer(i); });
  add("int_large", [](auto& maker, std::size_t i) { return maker.integer(i); });
  add("float", [](auto& maker, std::size_t i) { return maker.real(i); });
  add("str10", [](auto& maker, std::size_t i) { return maker.str10(i); });
  add("tuple3", [](auto& maker, std::size_t i) { return maker.tuple3(i); });
  add("list10", [](auto& maker, std::size_t i) { return maker.list10(i); });
  add("instance1", [](auto& maker, std::size_t i) { return maker.instance1(i); });
}

constexpr std::size_t kDictKeys = 100'000;

/// The i-th key of a pattern: multiples of `stride`, or scattered ones if that is 0.
std::int64_t key_of(std::int64_t stride, std::size_t i) {
  if (stride != 0) return stride * static_cast<std::int64_t>(i);
  return static_cast<std::int64_t>((i + 1) * 0xD1342543DE82EF95ULL >> 3);
}

/// ns a key of filling a dict and finding each key in it. The keys exist before.
template <class Side>
double fill_and_find(std::int64_t stride) {
  Side side;
  side.pause_collector();
  std::vector<typename Side::Handle> keys;
  for (std::size_t i = 0; i < kDictKeys; ++i) keys.push_back(side.integer(key_of(stride, i)));
  const auto once = [&] {
    const auto dict = side.dict();
    for (const auto& key : keys) side.put(dict, key, key);
    for (const auto& key : keys) escape(side.find(dict, key));
  };
  once();
  std::vector<double> rounds;
  for (int round = 0; round < kMadeRounds; ++round) {
    const Stopwatch watch;
    once();
    rounds.push_back(watch.nanoseconds() / static_cast<double>(kDictKeys));
  }
  return median(std::move(rounds));
}

void add_dict_case(Cases& cases, std::string_view name, std::int64_t stride) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return fill_and_find<OuroSide>(stride); }});
#if OURO_BENCH_PYTHON
  sides.push_back({cpython_name(), Role::kPeer, [=](const Settings&) { return fill_and_find<CPythonSide>(stride); }});
#endif
  cases.push_back({fmt::format("objects/dict_strides/{}", name), "ns/key",
                   "a dict of 100,000 int keys filled, and each key found again", std::move(sides)});
}

}  // namespace

void add_object_cases(Cases& cases) {
  for_each_maker([&](const char* type, auto make) {
    cases.push_back({fmt::format("objects/make_drop/{}", type), "ns/object",
                     fmt::format("one {} made and dropped at once, a thousand alive", type),
                     maker_sides(make, [](auto& make_one) { return make_and_drop(make_one); })});
  });
  for_each_barred_maker([&](const char* type, auto make) {
    cases.push_back({fmt::format("objects/create_drop/{}", type),
                     "ns/object",
                     fmt::format("one {} made and dropped at once, a thousand alive", type),
                     maker_sides(make, [](auto& make_one) { return make_and_drop(make_one); }),
                     {peer_over("cpython", 1.5)}});
  });
  for_each_maker([&](const char* type, auto make) {
    cases.push_back({fmt::format("objects/burst/{}", type), "ns/object",
                     fmt::format("64 times {} made, then 64 dropped, a thousand alive", type),
                     maker_sides(make, [](auto& make_one) { return make_in_bursts(make_one); })});
  });
  // Multiples of Fibonacci numbers and of powers of two are what simple mixers of hashes fail at.
  for (const std::int64_t stride : {1, 8, 1'000, 4'096, 15'456, 75'025, 196'418, 1 << 20})
    add_dict_case(cases, fmt::format("{}", stride), stride);
  add_dict_case(cases, "random", 0);
}

}  // namespace bench
