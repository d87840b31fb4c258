// Coding lines are found as CPython's tokenizer finds them. Encodings other than UTF-8, ASCII and Latin-1 are left to iconv.
#include <ouro/script/syntax/encoding.h>
#include <ouro/script/syntax/unicode.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include <iconv.h>

namespace ouro::script {

namespace {

bool is_name_character(char c) { return is_xid_continue(static_cast<unsigned char>(c)) || c == '-' || c == '.'; }

/// CPython's get_normal_name: two encodings have many spellings.
std::string normal_name(std::string_view name) {
  std::string lowered(name.substr(0, 12));
  for (char& c : lowered) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const auto is = [&lowered](std::string_view wanted) {
    return lowered == wanted || (lowered.starts_with(wanted) && lowered[wanted.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return std::string(name);
}

/// The encoding that a comment line names, or empty.
std::string encoding_in(std::string_view line) {
  const std::size_t hash = line.find_first_not_of(" \t\f");
  if (hash == std::string_view::npos || line[hash] != '#') return {};
  for (std::size_t at = hash; (at = line.find("coding", at)) != std::string_view::npos; ++at) {
    std::size_t begin = at + 6;
    if (begin >= line.size() || (line[begin] != ':' && line[begin] != '=')) continue;
    do {
      ++begin;
    } while (begin < line.size() && (line[begin] == ' ' || line[begin] == '\t'));
    const auto* const end = std::find_if_not(line.begin() + begin, line.end(), is_name_character);
    if (end != line.begin() + begin)
      return normal_name(line.substr(begin, static_cast<std::size_t>(end - line.begin()) - begin));
  }
  return {};
}

/// `name` with other spellings of the encodings that are known here.
std::string canonical(std::string_view name) {
  std::string lowered(name);
  for (char& c : lowered) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  static constexpr std::array<std::string_view, 6> kUtf8{"utf8", "u8", "utf", "utf8-ucs2", "utf-8-sig", "cp65001"};
  static constexpr std::array<std::string_view, 8> kLatin1{"latin1", "latin",     "l1",      "8859",
                                                           "cp819",  "iso8859-1", "iso8859", "latin-1"};
  static constexpr std::array<std::string_view, 3> kAscii{"us-ascii", "646", "ansi-x3.4-1968"};
  if (std::find(kUtf8.begin(), kUtf8.end(), lowered) != kUtf8.end()) return "utf-8";
  if (std::find(kLatin1.begin(), kLatin1.end(), lowered) != kLatin1.end()) return "iso-8859-1";
  if (std::find(kAscii.begin(), kAscii.end(), lowered) != kAscii.end()) return "ascii";
  return lowered;
}

std::string decode_latin1(std::string_view bytes) {
  std::string result;
  for (const char c : bytes) append_utf8(result, static_cast<unsigned char>(c));
  return result;
}

std::string cannot_decode(std::string_view encoding, std::string_view bytes, std::size_t at, std::string_view reason) {
  return fmt::format("'{}' codec can't decode byte {:#04x} in position {}: {}", encoding,
                     static_cast<unsigned char>(bytes[at]), at, reason);
}

std::string decode_ascii(std::string_view bytes) {
  const auto* const bad =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (bad == bytes.end()) return std::string(bytes);
  throw cannot_decode("ascii", bytes, static_cast<std::size_t>(bad - bytes.begin()), "ordinal not in range(128)");
}

/// An open conversion to UTF-8.
class Converter {
 public:
  explicit Converter(const std::string& encoding) : handle_(iconv_open("UTF-8", encoding.c_str())) {}
  ~Converter() {
    if (*this) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  explicit operator bool() const noexcept { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes, const std::string& encoding) {
    std::string result;
    std::array<char, 4096> buffer;
    char* input = const_cast<char*>(bytes.data());  // iconv's parameter is older than const
    std::size_t left = bytes.size();
    while (left > 0) {
      char* output = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t done = iconv(handle_, &input, &left, &output, &room);
      result.append(buffer.data(), output);
      if (done == static_cast<std::size_t>(-1) && errno != E2BIG) {
        throw cannot_decode(encoding, bytes, bytes.size() - left, "illegal multibyte sequence");
      }
    }
    return result;
  }

 private:
  iconv_t handle_;
};

}  // namespace

std::string declared_encoding(std::string_view bytes) {
  for (int line = 0; line < 2; ++line) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view text = bytes.substr(0, end);
    if (std::string found = encoding_in(text); !found.empty()) return found;
    const std::size_t first = text.find_first_not_of(" \t\f");
    if (first != std::string_view::npos && text[first] != '#') break;
    std::size_t next = end;
    if (next < bytes.size()) next += bytes.substr(next).starts_with("\r\n") ? 2 : 1;
    bytes.remove_prefix(next);
  }
  return {};
}

std::string malformed_utf8_message(std::string_view bytes, std::size_t at) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  if (first < 0xC2 || first > 0xF4) return cannot_decode("utf-8", bytes, at, "invalid start byte");
  const std::size_t wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  std::size_t good = 1;  // what the replacing decoder swallows
  while (good < wanted && at + good < bytes.size() && count_characters(bytes.substr(at, good + 1)) == 1) ++good;
  const bool is_cut = at + good == bytes.size();
  const std::string_view reason = is_cut ? "unexpected end of data" : "invalid continuation byte";
  if (good == 1) return cannot_decode("utf-8", bytes, at, reason);
  return fmt::format("'utf-8' codec can't decode bytes in position {}-{}: {}", at, at + good - 1, reason);
}

std::string decode_as(std::string_view bytes, const std::string& encoding) {
  const std::string name = canonical(encoding);
  if (name == "utf-8") {
    const std::size_t bad = find_malformed_utf8(bytes);
    if (bad != std::string_view::npos) throw malformed_utf8_message(bytes, bad);
    return std::string(bytes);
  }
  if (name == "iso-8859-1") return decode_latin1(bytes);
  if (name == "ascii") return decode_ascii(bytes);
  Converter converter(name);
  if (!converter) throw fmt::format("unknown encoding: {}", encoding);
  return converter.convert(bytes, name);
}

}  // namespace ouro::script
