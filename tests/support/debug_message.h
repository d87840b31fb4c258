// Messages of the debug mode, made comparable: addresses, frames and line numbers differ from run to run.
#pragma once

#include <support/broken_law.h>

#include <regex>

namespace ouro::test {

/// The text with ADDRESS for every address, one line FRAMES for the frames of a call, and no line number.
inline std::string without_addresses(const std::string& text) {
  std::string plain = std::regex_replace(text, std::regex("(    [^\n]*\\+0x[0-9a-f]+[^\n]*\n)+"), "    FRAMES\n");
  plain = std::regex_replace(plain, std::regex("0x[0-9a-f]{6,}"), "ADDRESS");
  return std::regex_replace(plain, std::regex(" \\([^ ()]*allocator/debug/debug_report.cpp:[0-9]+\\)"), "");
}

/// What the debug mode says before it aborts, made comparable.
template <typename Action>
std::string debug_message_of(Action action) {
  return without_addresses(broken_law_of(action));
}

}  // namespace ouro::test
