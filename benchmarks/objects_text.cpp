// Cases of str: case, iterating, indexes in text that is not ASCII, joining, appending, and formats.
#include "text_sides.h"

namespace bench {
namespace {

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
  add_text_case(cases, "upper_1M", "ns/character", "upper() of 1M ASCII characters", "Some words of text ", kTextBytes, 1.2,
                [](auto& texts) {
                  auto made = texts.side.upper(texts.whole);
                  escape(&made);
                });
  add_text_case(cases, "iterate_1M", "ns/character", "1M ASCII characters iterated over", "Some words of text ", kTextBytes,
                1.0, [](auto& texts) { texts.side.walk(texts.whole); });
  add_text_case(cases, "index_latin_1M", "ns/index", "indexes in Latin text of 1 MB", "F\u00fcnf gr\u00fcne W\u00f6rter ",
                100'000, 1.0, index_all);
  add_text_case(cases, "index_cjk_1M", "ns/index", "indexes in Chinese text of 1 MB", "\u65e5\u672c\u8a9e\u6587\u5b57",
                100'000, 1.0, index_all);
  add_text_case(cases, "join_100k", "ns/item", "100k short str joined by ', '", "word", kTextBytes / 10, 1.2,
                [](auto& texts) {
                  auto made = texts.side.join(texts.space, texts.words());
                  escape(&made);
                });
  add_text_case(cases, "append_20k", "ns/step", "s += x, 20k times, where nobody else has s", "word", 20'000, 1.2,
                append_all);
  add_text_case(cases, "format_float", "ns/call", "format(1234.5678, '.2f')", "word", 10'000, 1.2, [](auto& texts) {
    for (std::size_t i = 0; i < 10'000; ++i) {
      auto made = texts.side.format(texts.real, texts.spec);
      escape(&made);
    }
  });
  add_text_case(cases, "percent_float", "ns/call", "'%.2f|' % 1234.5678", "word", 10'000, 1.2, [](auto& texts) {
    for (std::size_t i = 0; i < 10'000; ++i) {
      auto made = texts.side.remainder(texts.percent, texts.real);
      escape(&made);
    }
  });
}

}  // namespace bench
