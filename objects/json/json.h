// JSON text into objects and back (CPython: the module json).
//
//   Ref<> document = json::load(builtins, R"({"a": [1, 2.5, null]})");
//   Ref<Str> text = json::dump(*document, {.indent = 2, .sort_keys = true});
//
//   json::Stream stream(builtins);                 the text in pieces, as they come
//   while (read(piece)) stream.feed(piece);
//   Ref<> document = stream.finish();
//
// Grammar, layout and errors are those of Python's json: NaN and Infinity are read, the last of equal keys counts, ints have
// any size, floats are the nearest double and written as `repr` writes them. Equal keys of a document are one str. One thing
// differs: a str holds no surrogates (law valid-utf8), so an escape of half a pair is refused, "Lone surrogate".
#pragma once

#include <ouro/base/error_kinds.h>
#include <ouro/base/owned.h>
#include <ouro/base/standard/function.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace ouro {
struct Str;
}

namespace ouro::json {

/// What a text that is no JSON raises. The object has `msg`, `doc`, `pos`, `lineno` and `colno`, which count characters; its
/// text is "Expecting value: line 1 column 1 (char 0)".
inline constexpr ErrorType kDecodeError =
    added_error("json.decoder", "JSONDecodeError", error_type(ErrorKind::kValueError), "Subclass of ValueError");

// ---- Reading ----

/// The name of a file, as load_file and dump_file take it: a std::filesystem::path, which is known by its parts so that its
/// header is not needed here, or text.
class FileName {
 public:
  template <class T>
  requires std::convertible_to<const T&, std::string_view> FileName(const T& text) : text_(std::string_view(text)) {}
  template <class T>
  requires requires(const T& path) {
    { path.native() } -> std::same_as<const std::string&>;
  }
  FileName(const T& path) : text_(path.native()) {}

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// How a text is read. Hooks are callables; an empty one is none.
struct LoadOptions {
  Ref<> object_hook{};        ///< called with the dict of each object, gives what stands in its place
  Ref<> object_pairs_hook{};  ///< the same with a list of (key, value); comes before `object_hook`
  Ref<> parse_float{};        ///< called with the text of each number with a fraction or an exponent
  Ref<> parse_int{};          ///< the same for other numbers
  Ref<> parse_constant{};     ///< the same for 'NaN', 'Infinity', '-Infinity'
  /// How deep containers may be nested; 0: as deep as calls, by the runtime's recursion limit. Each level takes under 700
  /// bytes of the thread's stack.
  std::size_t max_depth = 0;
};

/// `json.loads(text)`. Linear. json.decoder.JSONDecodeError; UnicodeDecodeError; ValueError for an int of more than 4300
/// digits; RecursionError "maximum recursion depth exceeded while decoding a JSON array from a unicode string"; what hooks
/// throw; MemoryError.
[[nodiscard]] Ref<> load(Builtins& builtins, std::string_view text, const LoadOptions& options = {});
/// The same of what a file contains. FileNotFoundError and its like.
[[nodiscard]] Ref<> load_file(Builtins& builtins, const FileName& file, const LoadOptions& options = {});

/// A text that comes in pieces, which may end anywhere. Objects are made as it comes. The text is kept, for errors show it
/// and constants that are not JSON's are read from it.
class Stream {
 public:
  explicit Stream(Builtins& builtins, LoadOptions options = {});
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// Throws what `load` throws, as soon as it is certain; after that the stream is to be dropped. Hooks are called by
  /// `finish`.
  void feed(std::string_view piece);
  /// The object of the whole text. The stream is at its beginning again then.
  [[nodiscard]] Ref<> finish();
  /// Values read so far of this text, or of the one that was finished last: containers and atoms, keys not counted.
  [[nodiscard]] std::size_t values() const noexcept;

 private:
  struct State;
  Owned<State> state_;
};

// ---- Writing ----

/// What each level is moved in by: `.indent = 2`, `.indent = "\t"`.
class Indent {
 public:
  Indent() noexcept = default;
  Indent(int blanks);
  Indent(std::string text) noexcept : text_(std::move(text)), is_set_(true) {}
  Indent(const char* text) : Indent(std::string(text)) {}

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] bool is_set() const noexcept { return is_set_; }

 private:
  std::string text_;
  bool is_set_ = false;
};

/// What stands between items, and behind keys: `.separators = {",", ":"}`.
class Separators {
 public:
  Separators() noexcept = default;
  Separators(std::string item, std::string key) noexcept : item_(std::move(item)), key_(std::move(key)), is_set_(true) {}

  [[nodiscard]] const std::string& item() const noexcept { return item_; }
  [[nodiscard]] const std::string& key() const noexcept { return key_; }
  [[nodiscard]] bool is_set() const noexcept { return is_set_; }

 private:
  std::string item_, key_;
  bool is_set_ = false;
};

/// How objects are written. The names are Python's.
struct DumpOptions {
  Indent indent{};          ///< none: all in one line
  Separators separators{};  ///< none: ", " and ": ", in lines "," and ": "
  bool sort_keys = false;
  bool ensure_ascii = true;    ///< other characters are escaped
  bool allow_nan = true;       ///< false: ValueError "Out of range float values are not JSON compliant"
  bool skipkeys = false;       ///< leaves out keys that JSON has not, instead of TypeError
  bool check_circular = true;  ///< false: RecursionError instead of ValueError
  Ref<> default_hook{};        ///< called with an object that JSON has not, gives one to write in its place
};

/// `json.dumps(object)`. Linear. TypeError "Object of type Foo is not JSON serializable", "keys must be str, int, float,
/// bool or None, not tuple"; ValueError "Circular reference detected"; RecursionError "maximum recursion depth exceeded
/// while encoding a JSON object"; what hooks and code of classes throw; MemoryError.
[[nodiscard]] Ref<Str> dump(Object& object, const DumpOptions& options = {});
/// The same in pieces of some 64 KiB, each given to `write` as soon as it is there.
void dump(Object& object, const std::function<void(std::string_view)>& write, const DumpOptions& options = {});
/// The same into a file, which is replaced. FileNotFoundError and its like. An error leaves what was written before it.
void dump_file(Object& object, const FileName& file, const DumpOptions& options = {});

}  // namespace ouro::json
