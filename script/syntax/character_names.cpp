// Names made by rule (Hangul syllables of their letters, ideographs of their numbers), and a table of the others.
#include <ouro/script/syntax/character_names.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <string>

namespace ouro::script {

namespace {

// clang-format off
constexpr std::array<std::string_view, 19> kInitials{
    "G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
constexpr std::array<std::string_view, 21> kMedials{
    "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI",
    "I"};
constexpr std::array<std::string_view, 28> kFinals{
    "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS",
    "NG", "J", "C", "K", "T", "P", "H"};
// clang-format on
constexpr char32_t kFirstSyllable = 0xAC00;

/// Takes the longest of `letters` that `text` begins with. Negative: none.
template <std::size_t kCount>
int take_letter(const std::array<std::string_view, kCount>& letters, std::string_view& text) {
  int best = -1;
  for (std::size_t k = 0; k < kCount; ++k) {
    if (text.starts_with(letters[k]) && (best < 0 || letters[k].size() > letters[static_cast<std::size_t>(best)].size()))
      best = static_cast<int>(k);
  }
  if (best >= 0) text.remove_prefix(letters[static_cast<std::size_t>(best)].size());
  return best;
}

std::optional<char32_t> find_syllable(std::string_view letters) {
  const int initial = take_letter(kInitials, letters);
  const int medial = take_letter(kMedials, letters);
  const int final = take_letter(kFinals, letters);
  if (initial < 0 || medial < 0 || final < 0 || !letters.empty()) return {};
  return kFirstSyllable + static_cast<char32_t>((initial * 21 + medial) * 28 + final);
}

/// Sorted: 43 bits of the FNV-1a hash of a name, 21 of its character. That a wrong name has the hash of a right one is as
/// likely as one in 250 million.
constexpr std::uint64_t kNames[] = {
#include <ouro/script/syntax/detail/character_names.inc>
};
constexpr int kCharacterBits = 21;

std::optional<char32_t> find_in_table(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  hash >>= kCharacterBits;
  const std::uint64_t* const found = std::lower_bound(std::begin(kNames), std::end(kNames), hash << kCharacterBits);
  if (found == std::end(kNames) || *found >> kCharacterBits != hash) return {};
  return static_cast<char32_t>(*found & ((1U << kCharacterBits) - 1));
}

struct Range {
  char32_t first, last;
};
/// The unified ideographs of Unicode 14.
constexpr std::array<Range, 8> kIdeographs{{{0x3400, 0x4DBF},
                                            {0x4E00, 0x9FFF},
                                            {0x20000, 0x2A6DF},
                                            {0x2A700, 0x2B738},
                                            {0x2B740, 0x2B81D},
                                            {0x2B820, 0x2CEA1},
                                            {0x2CEB0, 0x2EBE0},
                                            {0x30000, 0x3134A}}};

std::optional<char32_t> find_ideograph(std::string_view number) {
  if (number.size() != 4 && number.size() != 5) return {};
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code, 16);
  if (error != std::errc() || end != number.data() + number.size()) return {};
  const auto holds = [code](const Range& range) { return code >= range.first && code <= range.last; };
  if (std::none_of(kIdeographs.begin(), kIdeographs.end(), holds)) return {};
  return code;
}

}  // namespace

std::optional<char32_t> find_character(std::string_view name) {
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  const std::string_view text = upper;
  constexpr std::string_view kSyllable = "HANGUL SYLLABLE ", kIdeograph = "CJK UNIFIED IDEOGRAPH-";
  if (text.starts_with(kSyllable)) return find_syllable(text.substr(kSyllable.size()));
  if (text.starts_with(kIdeograph)) return find_ideograph(text.substr(kIdeograph.size()));
  return find_in_table(text);
}

}  // namespace ouro::script
