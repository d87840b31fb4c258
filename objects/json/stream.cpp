// json::Stream: a text in pieces.
#include <ouro/base/error.h>
#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/json/detail/grammar.h>
#include <ouro/objects/json/detail/reading.h>
#include <ouro/objects/text/detail/utf8.h>

#include <algorithm>
#include <new>
#include <string>

namespace ouro::json {

namespace {

using Text = std::basic_string<char, std::char_traits<char>, ouro::detail::HeapAllocator<char>>;

/// How many bytes at the end of `text` are the beginning of a character (boostorg/json#876: a parser before 1.82 loses its
/// count there).
std::size_t unfinished(std::string_view text) noexcept {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const char byte = text[text.size() - back];
    if (ouro::detail::is_continuation(byte)) continue;
    return ouro::detail::sequence_length(byte) > back ? back : 0;
  }
  return 0;
}

}  // namespace

struct Stream::State {
  State(Builtins& of, LoadOptions how)
      : builtins(of), options(std::move(how)), text(ouro::detail::HeapAllocator<char>(of.heap)) {}

  Builtins& builtins;
  LoadOptions options;
  Text text;                       ///< all that came
  std::size_t fed = 0;             ///< bytes that the parser has
  Owned<detail::Reading> reading;  ///< null: the text is read at its end
  bool refused = false;            ///< the parser does not go on
  std::size_t finished = 0;        ///< values of the text that was finished last
  std::size_t looked_at = 0;       ///< bytes that the grammar was asked about, since

  [[nodiscard]] std::string_view whole() const noexcept {
    return std::string_view(text).substr(0, text.size() - unfinished(text));
  }
  void begin() {
    text.clear();
    fed = looked_at = 0;
    refused = false;
    reading = detail::has_hooks(options) ? nullptr : detail::Reading::make(builtins, options);
  }
  /// False if the parser refuses what came, now or before.
  bool parse() {
    const std::string_view next = whole().substr(std::min(fed, whole().size()));
    fed = std::max(fed, whole().size());
    refused = refused || !(next.empty() || reading->read(next, false));
    return !refused;
  }
  /// Throws what is wrong with the text so far, if no more text can make it right.
  void judge() {
    if (text.size() < 2 * looked_at) return;  // so that it costs as much as reading, however short the pieces are
    looked_at = text.size();
    const std::string_view known = whole();
    if (ouro::detail::check_utf8(known).fault == ouro::detail::Utf8Fault::kNone) {
      const detail::Grammar grammar(builtins.heap, known);
      if (grammar.is_valid() || grammar.may_go_on()) return;
    }
    static_cast<void>(detail::load_by_grammar(builtins, known, options, finished));
  }
};

Stream::Stream(Builtins& builtins, LoadOptions options) {
  try {
    state_ = make_owned<State>(builtins, std::move(options));
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  state_->begin();
}

Stream::~Stream() = default;

void Stream::feed(std::string_view piece) {
  state_->text.append(piece);
  if (state_->reading && !state_->parse()) state_->judge();
}

Ref<> Stream::finish() {
  State& state = *state_;
  const std::string_view rest = std::string_view(state.text).substr(state.fed);
  const bool is_read = state.reading && !state.refused && state.reading->read(rest, true);
  Ref<> result =
      is_read ? state.reading->take() : detail::load_by_grammar(state.builtins, state.text, state.options, state.finished);
  if (is_read) state.finished = state.reading->values();
  state.begin();
  return result;
}

std::size_t Stream::values() const noexcept {
  return state_->text.empty() || !state_->reading ? state_->finished : state_->reading->values();
}

}  // namespace ouro::json
