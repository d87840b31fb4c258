// json::load and json::Stream beside a small parser, and json::dump read again.
#include <ouro/objects/json/json.h>

#include <cstdlib>
#include <limits>
#include <string>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

/// Reads one document by RFC 8259, and the constants that Python adds, into what `repr` shows of it. Throws int where there
/// is none.
class Reference {
 public:
  Reference(Runtime& rt, std::string_view text) : rt_(rt), text_(text) {}

  Ref<> read() {
    Ref<> value = read_value(0);
    blank();
    expect(at_ == text_.size());
    return value;
  }

 private:
  static void expect(bool holds) {
    if (!holds) throw 0;
  }
  [[nodiscard]] char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void blank() {
    while (at_ < text_.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
  }
  bool word(std::string_view wanted) {
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }

  Ref<> read_value(int depth) {
    blank();
    if (peek() == '{' || peek() == '[') expect(depth < 1500);
    if (take('{')) return read_object(depth);
    if (take('[')) return read_array(depth);
    if (peek() == '"') return rt_.str(read_text());
    if (word("null")) return rt_.none();
    if (word("true")) return rt_.from(true);
    if (word("false")) return rt_.from(false);
    if (word("NaN")) return rt_.from(std::numeric_limits<double>::quiet_NaN());
    if (word("Infinity")) return rt_.from(std::numeric_limits<double>::infinity());
    if (word("-Infinity")) return rt_.from(-std::numeric_limits<double>::infinity());
    return read_number();
  }
  Ref<> read_object(int depth) {
    Ref<Dict> dict = rt_.dict();
    blank();
    if (take('}')) return dict;
    do {
      blank();
      expect(peek() == '"');
      const Ref<Str> key = rt_.str(read_text());
      blank();
      expect(take(':'));
      dict->set(*key, *read_value(depth + 1));
      blank();
    } while (take(','));
    expect(take('}'));
    return dict;
  }
  Ref<> read_array(int depth) {
    Ref<List> list = rt_.list();
    blank();
    if (take(']')) return list;
    do {
      list->append(read_value(depth + 1));
      blank();
    } while (take(','));
    expect(take(']'));
    return list;
  }
  std::size_t digits() {
    const std::size_t first = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ - first;
  }
  Ref<> read_number() {
    const std::size_t first = at_;
    take('-');
    if (!take('0')) expect(digits() > 0);
    bool whole = true;
    if (take('.')) {
      expect(digits() > 0);
      whole = false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      expect(digits() > 0);
      whole = false;
    }
    const std::string number(text_.substr(first, at_ - first));
    return whole ? Ref<>(int_from_text(rt_.builtins(), number)) : rt_.from(std::strtod(number.c_str(), nullptr));
  }
  std::uint32_t hexadecimal() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      expect((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
      value = value * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
      ++at_;
    }
    return value;
  }
  std::string read_text() {
    std::string result;
    expect(take('"'));
    while (!take('"')) {
      expect(at_ < text_.size() && static_cast<unsigned char>(peek()) >= 0x20);
      if (!take('\\')) {
        result.push_back(text_[at_++]);
        continue;
      }
      static constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
      if (const std::size_t which = kEscapes.find(peek()); peek() != '\0' && which != std::string_view::npos) {
        result.push_back(kMeant[which]);
        ++at_;
        continue;
      }
      expect(take('u'));
      std::uint32_t code = hexadecimal();
      if (code >= 0xD800 && code < 0xDC00) {
        expect(take('\\') && take('u'));
        const std::uint32_t low = hexadecimal();
        expect(low >= 0xDC00 && low < 0xE000);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      }
      expect(code < 0xD800 || code >= 0xE000);
      result += text(*make_character(rt_.builtins(), code));
    }
    expect(attempt([&] { static_cast<void>(rt_.str(result)); }));  // UTF-8
    return result;
  }

  Runtime& rt_;
  std::string_view text_;
  std::size_t at_ = 0;
};

constexpr std::size_t kDeepest = 1500;

Ref<> load(Runtime& rt, std::string_view document) {
  try {
    return ouro::json::load(rt.builtins(), document, {.max_depth = kDeepest});
  } catch (const Error&) {}
  return {};
}

/// The same in pieces.
Ref<> stream(Runtime& rt, std::string_view document, std::size_t piece) {
  try {
    ouro::json::Stream stream(rt.builtins(), {.max_depth = kDeepest});
    for (std::size_t at = 0; at < document.size(); at += piece) stream.feed(document.substr(at, piece));
    return stream.finish();
  } catch (const Error&) {}
  return {};
}

std::string shown(const Ref<>& value) {
  std::string shown = value ? "too deep" : "refused";
  if (value) attempt([&] { shown = text(*repr(*value)); });
  return shown;
}

/// Written and read again, it is what it was.
void require_round_trip(Runtime& rt, const Ref<>& value, const ouro::json::DumpOptions& options) {
  if (!value || shown(value) == "too deep") return;
  Ref<Str> written;
  attempt([&] { written = ouro::json::dump(*value, options); });
  if (written) require(shown(load(rt, text(*written))) == shown(value), "a document written and read again");
}

}  // namespace

void json(Bytes bytes) {
  Input input(bytes);
  const std::size_t piece = 1 + input.below(16);
  const bool is_ascii = input.below(2) == 0;
  const std::string_view document = input.rest();
  Stage stage(500);
  {
    Ref<> expected;
    try {
      expected = Reference(stage.rt, document).read();
    } catch (int) {
    } catch (const Error&) {  // an int of too many digits
    }
    const Ref<> loaded = load(stage.rt, document);
    require(shown(loaded) == shown(expected), "a document");
    require(shown(stream(stage.rt, document, piece)) == shown(expected), "a document in pieces");
    ouro::json::DumpOptions options;
    options.ensure_ascii = is_ascii;
    if (piece % 2 == 0) options.indent = static_cast<int>(piece % 4);
    require_round_trip(stage.rt, loaded, options);
  }
  stage.finish();
}

}  // namespace ouro::fuzz
