// A syntax tree as text, equal to CPython's ast.dump.
#pragma once

#include <ouro/script/syntax/node.h>

#include <optional>
#include <string>
#include <string_view>

namespace ouro::script {

struct DumpOptions {
  bool include_attributes = false;  ///< places too
  std::optional<int> indent{};      ///< one field a line, so many spaces deeper than its node
};

/// Needs no stack for the depth of the tree.
[[nodiscard]] std::string dump(const ast::Node& node, const DumpOptions& options = {});

/// repr of what a literal says: "'text'", "b'\\x00'", "1e+16", "Ellipsis".
[[nodiscard]] std::string repr_of(const ast::Value& value);
/// repr of a str, which may have surrogates.
[[nodiscard]] std::string repr_of(std::string_view text);

}  // namespace ouro::script
