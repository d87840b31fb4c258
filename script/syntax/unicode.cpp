// Unicode 14, which is CPython 3.11's, by utf8proc 2.8, which has Unicode 15: what that adds is taken out again.
#include <ouro/script/syntax/unicode.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include <utf8proc.h>

namespace ouro::script {

namespace {

constexpr bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0) == 0x80; }

struct Sequence {
  char32_t character;
  std::size_t length;  ///< if malformed: the bytes that CPython replaces by one U+FFFD
};

/// How many bytes begin a character with `first`, and which second bytes it may have; 0 for none.
struct Lead {
  std::size_t length;
  unsigned char lowest, highest;
};
constexpr Lead lead_of(unsigned char first) noexcept {
  if (first < 0xC2 || first > 0xF4) return {0, 0, 0};
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first < 0xF0) {
    return {3, static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF)};
  }
  return {4, static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80),
          static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF)};
}

Sequence read_sequence(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[at + k]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const Lead lead = lead_of(first);
  if (lead.length == 0) return {kNoCharacter, 1};
  if (at + 1 >= text.size() || byte(1) < lead.lowest || byte(1) > lead.highest) return {kNoCharacter, 1};
  char32_t character = first & (0x7F >> lead.length);
  for (std::size_t k = 1; k < lead.length; ++k) {
    if (at + k >= text.size() || !is_continuation(byte(k))) return {kNoCharacter, k};
    character = character << 6 | (byte(k) & 0x3F);
  }
  return {character, lead.length};
}

/// Other_ID_Start, Other_ID_Continue, and what the normal form takes out of the sets (DerivedCoreProperties.txt).
constexpr std::array<char32_t, 6> kOtherStart{0x1885, 0x1886, 0x2118, 0x212E, 0x309B, 0x309C};
constexpr std::array<char32_t, 12> kOtherContinue{0x00B7, 0x0387, 0x1369, 0x136A, 0x136B, 0x136C,
                                                  0x136D, 0x136E, 0x136F, 0x1370, 0x1371, 0x19DA};
constexpr std::array<char32_t, 24> kNoStart{0x037A, 0x0E33, 0x0EB3, 0x2E2F, 0x309B, 0x309C, 0xFC5E, 0xFC5F,
                                            0xFC60, 0xFC61, 0xFC62, 0xFC63, 0xFDFA, 0xFDFB, 0xFE70, 0xFE72,
                                            0xFE74, 0xFE76, 0xFE78, 0xFE7A, 0xFE7C, 0xFE7E, 0xFF9E, 0xFF9F};
constexpr std::array<char32_t, 20> kNoContinue{0x037A, 0x2E2F, 0x309B, 0x309C, 0xFC5E, 0xFC5F, 0xFC60,
                                               0xFC61, 0xFC62, 0xFC63, 0xFDFA, 0xFDFB, 0xFE70, 0xFE72,
                                               0xFE74, 0xFE76, 0xFE78, 0xFE7A, 0xFE7C, 0xFE7E};

struct Range {
  char32_t first, last;
};
/// The characters that Unicode 15 added.
constexpr std::array<Range, 32> kAddedLater{
    {{0x0CF3, 0x0CF3},   {0x0ECE, 0x0ECE},   {0x10EFD, 0x10EFF}, {0x1123F, 0x11241}, {0x11B00, 0x11B09}, {0x11F00, 0x11F10},
     {0x11F12, 0x11F3A}, {0x11F3E, 0x11F59}, {0x1342F, 0x1342F}, {0x13440, 0x13455}, {0x1B132, 0x1B132}, {0x1B155, 0x1B155},
     {0x1D2C0, 0x1D2D3}, {0x1DF25, 0x1DF2A}, {0x1E030, 0x1E06D}, {0x1E08F, 0x1E08F}, {0x1E4D0, 0x1E4F9}, {0x1F6DC, 0x1F6DC},
     {0x1F774, 0x1F776}, {0x1F77B, 0x1F77F}, {0x1F7D9, 0x1F7D9}, {0x1FA75, 0x1FA77}, {0x1FA87, 0x1FA88}, {0x1FAAD, 0x1FAAF},
     {0x1FABB, 0x1FABD}, {0x1FABF, 0x1FABF}, {0x1FACE, 0x1FACF}, {0x1FADA, 0x1FADB}, {0x1FAE8, 0x1FAE8}, {0x1FAF7, 0x1FAF8},
     {0x2B739, 0x2B739}, {0x31350, 0x323AF}}};

template <class Set>
bool contains(const Set& set, char32_t character) noexcept {
  return std::find(set.begin(), set.end(), character) != set.end();
}

utf8proc_category_t category_of(char32_t character) noexcept {
  const auto* const range = std::lower_bound(kAddedLater.begin(), kAddedLater.end(), character,
                                             [](const Range& known, char32_t c) { return known.last < c; });
  if (range != kAddedLater.end() && character >= range->first) return UTF8PROC_CATEGORY_CN;
  return utf8proc_category(static_cast<utf8proc_int32_t>(character));
}
bool is_letter(utf8proc_category_t category) noexcept {
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_NL;
}
bool is_mark(utf8proc_category_t category) noexcept {
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ND ||
         category == UTF8PROC_CATEGORY_PC;
}

}  // namespace

char32_t decode_utf8(std::string_view text, std::size_t& at) noexcept {
  const Sequence sequence = read_sequence(text, at);
  if (sequence.character != kNoCharacter) at += sequence.length;
  return sequence.character;
}

void append_utf8(std::string& text, char32_t character) {
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (character < 0x80) return put(character);
  if (character < 0x800) {
    put(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      put(0xE0 | character >> 12);
    } else {
      put(0xF0 | character >> 18);
      put(0x80 | (character >> 12 & 0x3F));
    }
    put(0x80 | (character >> 6 & 0x3F));
  }
  put(0x80 | (character & 0x3F));
}

std::size_t find_malformed_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Sequence sequence = read_sequence(text, at);
    if (sequence.character == kNoCharacter) return at;
    at += sequence.length;
  }
  return std::string_view::npos;
}

std::size_t count_characters(std::string_view bytes) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++count) at += read_sequence(bytes, at).length;
  return count;
}

std::string replace_malformed(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Sequence sequence = read_sequence(bytes, at);
    append_utf8(result, sequence.character == kNoCharacter ? 0xFFFD : sequence.character);
    at += sequence.length;
  }
  return result;
}

bool is_xid_start(char32_t character) noexcept {
  if (character < 0x80) return (character | 32) - 'a' < 26 || character == '_';
  if (contains(kNoStart, character)) return false;
  return is_letter(category_of(character)) || contains(kOtherStart, character);
}

bool is_xid_continue(char32_t character) noexcept {
  if (character < 0x80) return is_xid_start(character) || character - '0' < 10;
  if (contains(kNoContinue, character)) return false;
  if (is_xid_start(character) || contains(kOtherContinue, character)) return true;
  const utf8proc_category_t category = category_of(character);
  return is_letter(category) || is_mark(category);
}

bool is_printable(char32_t character) noexcept {
  if (character < 0x7F) return character >= ' ';
  switch (category_of(character)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return false;
    default:
      return true;
  }
}

std::string normalize_nfkc(std::string_view text) {
  utf8proc_uint8_t* normal = nullptr;
  constexpr auto kOptions = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &normal, kOptions);
  if (length < 0) throw std::bad_alloc();  // the text is well-formed UTF-8
  std::string result(reinterpret_cast<const char*>(normal), static_cast<std::size_t>(length));
  std::free(normal);
  return result;
}

}  // namespace ouro::script
