// Cases of str: case, iterating, indexes in text that is not ASCII, joining, appending, and formats.
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"

namespace bench {
namespace {

constexpr int kRounds = 5;
constexpr std::size_t kCharacters = 1'000'000;

/// What the cases need of a runtime beside an ObjectSide.
class OuroTexts : public OuroSide {
 public:
  [[nodiscard]] Handle upper(const Handle& text) { return ouro::upper(str(text)); }
  [[nodiscard]] Handle join(const Handle& separator, const Handle& list) { return ouro::join(str(separator), *list); }
  [[nodiscard]] Handle character(const Handle& text, const Handle& index) { return ouro::get_item(*text, *index); }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) { return ouro::format(*value, str(spec)); }
  [[nodiscard]] Handle remainder(const Handle& pattern, const Handle& value) {
    return ouro::apply(ouro::Operator::kRemainder, *pattern, *value);
  }
  void extend(Handle& text, const Handle& tail) { ouro::append_if_str(text, *tail); }
  void walk(const Handle& text) {
    const ouro::Ref<> iterator = ouro::iterate(*text);
    while (const ouro::Ref<> character = ouro::next(*iterator)) escape(character.get());
  }

 private:
  [[nodiscard]] static ouro::Str& str(const Handle& text) { return static_cast<ouro::Str&>(*text); }
};

#if OURO_BENCH_PYTHON
class CPythonTexts : public CPythonSide {
 public:
  [[nodiscard]] Handle upper(const Handle& text) const { return Handle(PyObject_CallMethod(text.get(), "upper", nullptr)); }
  [[nodiscard]] Handle join(const Handle& separator, const Handle& list) const {
    return Handle(PyUnicode_Join(separator.get(), list.get()));
  }
  [[nodiscard]] Handle character(const Handle& text, const Handle& index) const {
    return Handle(PyObject_GetItem(text.get(), index.get()));
  }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) const {
    return Handle(PyObject_Format(value.get(), spec.get()));
  }
  [[nodiscard]] Handle remainder(const Handle& pattern, const Handle& value) const {
    return Handle(PyNumber_Remainder(pattern.get(), value.get()));
  }
  void extend(Handle& text, const Handle& tail) const {
    PyObject* grown = Py_NewRef(text.get());
    text = Handle(Py_NewRef(Py_None));
    PyUnicode_Append(&grown, tail.get());
    text = Handle(grown);
  }
  void walk(const Handle& text) const {
    const Handle iterator(PyObject_GetIter(text.get()));
    while (PyObject* const character = PyIter_Next(iterator.get())) {
      escape(character);
      Py_DECREF(character);
    }
  }
};
#endif

/// What the work is done with. All of it exists before.
template <class S>
struct Texts {
  explicit Texts(std::string_view piece) {
    side.pause_collector();
    std::string all;
    while (all.size() < kCharacters) all += piece;
    whole = side.text(all);
    words = side.list();
    for (std::size_t i = 0; i < kCharacters / 10; ++i) side.append(words, side.text(fmt::format("{}{}", piece, i)));
    for (std::int64_t i = 0; i < 1000; ++i) indexes.push_back(side.integer(300 * i + i % 97));
  }

  S side;
  typename S::Handle whole, words, space = side.text(", "), spec = side.text(".2f"), percent = side.text("%.2f|"),
                                   real = side.real(1234.5678), empty = side.text("");
  std::vector<typename S::Handle> indexes;
};

/// ns for each of `count` steps of `work(texts)`.
template <class S, class Work>
double time_steps(std::string_view piece, std::size_t count, Work work) {
  Texts<S> texts(piece);
  work(texts);
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    work(texts);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(count));
  }
  return median(std::move(rounds));
}

template <class Work>
void add_case(Cases& cases, const char* name, const char* unit, const char* what, const char* piece, std::size_t count,
              double limit, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_steps<OuroTexts>(piece, count, work); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_steps<CPythonTexts>(piece, count, work); }});
#endif
  cases.push_back({fmt::format("objects/str/{}", name), unit, what, std::move(sides), {peer_over("cpython", limit)}});
}

constexpr auto index_all = [](auto& texts) {
  for (std::size_t round = 0; round < 100; ++round)
    for (const auto& index : texts.indexes) {
      auto character = texts.side.character(texts.whole, index);
      escape(&character);
    }
};

constexpr auto append_all = [](auto& texts) {
  auto grown = texts.side.text("");
  for (std::size_t i = 0; i < 20'000; ++i) texts.side.extend(grown, texts.space);
  escape(&grown);
};

}  // namespace

void add_text_cases(Cases& cases) {
  add_case(cases, "upper_1M", "ns/character", "upper() of 1M ASCII characters", "Some words of text ", kCharacters, 1.2,
           [](auto& texts) {
             auto made = texts.side.upper(texts.whole);
             escape(&made);
           });
  add_case(cases, "iterate_1M", "ns/character", "1M ASCII characters iterated over", "Some words of text ", kCharacters, 1.0,
           [](auto& texts) { texts.side.walk(texts.whole); });
  add_case(cases, "index_latin_1M", "ns/index", "indexes in Latin text of 1 MB", "F\u00fcnf gr\u00fcne W\u00f6rter ",
           100'000, 1.0, index_all);
  add_case(cases, "index_cjk_1M", "ns/index", "indexes in Chinese text of 1 MB", "\u65e5\u672c\u8a9e\u6587\u5b57", 100'000,
           1.0, index_all);
  add_case(cases, "join_100k", "ns/item", "100k short str joined by ', '", "word", kCharacters / 10, 1.2, [](auto& texts) {
    auto made = texts.side.join(texts.space, texts.words);
    escape(&made);
  });
  add_case(cases, "append_20k", "ns/step", "s += x, 20k times, where nobody else has s", "word", 20'000, 1.2, append_all);
  add_case(cases, "format_float", "ns/call", "format(1234.5678, '.2f')", "word", 10'000, 1.2, [](auto& texts) {
    for (std::size_t i = 0; i < 10'000; ++i) {
      auto made = texts.side.format(texts.real, texts.spec);
      escape(&made);
    }
  });
  add_case(cases, "percent_float", "ns/call", "'%.2f|' % 1234.5678", "word", 10'000, 1.2, [](auto& texts) {
    for (std::size_t i = 0; i < 10'000; ++i) {
      auto made = texts.side.remainder(texts.percent, texts.real);
      escape(&made);
    }
  });
}

}  // namespace bench
