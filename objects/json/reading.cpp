// Boost.JSON's parser as a reading.
#include <ouro/objects/json/detail/object_builder.h>
#include <ouro/objects/json/detail/reading.h>

#include <new>

namespace ouro::json::detail {

namespace {

class ParserReading final : public Reading {
 public:
  ParserReading(Builtins& builtins, const LoadOptions& options) : parser_(parse_options(), builtins, options) {}

  bool read(std::string_view piece, bool is_last) override {
    boost_json::error_code error;
    try {
      const std::size_t used = parser_.write_some(!is_last, piece.data(), piece.size(), error);
      return !error && used == piece.size();
    } catch (const std::bad_alloc&) {
      raise_out_of_memory();
    }
  }
  bool read_odd_value(std::string_view value) override {
    parser_.handler().expect_odd_value(value);
    return read("null", false);
  }
  std::size_t values() const noexcept override { return parser_.handler().values(); }
  Ref<> take() noexcept override { return parser_.handler().take_root(); }

 private:
  static boost_json::parse_options parse_options() noexcept {
    boost_json::parse_options options;
    options.max_depth = static_cast<std::size_t>(-1);  // the handler counts
    return options;
  }

  boost_json::basic_parser<ObjectBuilder> parser_;
};

}  // namespace

Owned<Reading> Reading::make(Builtins& builtins, const LoadOptions& options) {
  try {
    return make_owned<ParserReading>(builtins, options);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

}  // namespace ouro::json::detail
