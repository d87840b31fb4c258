// Compiles Boost.JSON.
#include <support/json.h>

#include <boost/json/src.hpp>

namespace ouro::test {

boost::json::value parse_json(const std::string& text) { return boost::json::parse(text); }

std::size_t number_at(const boost::json::value& value, std::string_view path) {
  return value.at_pointer("/" + std::string(path)).to_number<std::size_t>();
}

}  // namespace ouro::test
