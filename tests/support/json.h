// JSON as a test reads it: Boost.JSON, compiled once (json.cpp).
#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace ouro::test {

/// The value that the text is. Throws if it is not JSON, or if anything follows it.
[[nodiscard]] boost::json::value parse_json(const std::string& text);

/// The number at `path`, "containers/classes/0/pools": keys of objects and indices of arrays. Throws if nothing is there.
[[nodiscard]] std::size_t number_at(const boost::json::value& value, std::string_view path);

}  // namespace ouro::test
