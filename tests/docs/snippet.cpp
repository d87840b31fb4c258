// Reads what a snippet promises.
#include <docs/snippet.h>

namespace ouro::test {

namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::vector<std::string> promised(std::string_view snippet) {
  std::vector<std::string> found;
  while (!snippet.empty()) {
    const std::size_t end = std::min(snippet.find('\n'), snippet.size());
    const std::string_view line = snippet.substr(0, end);
    const std::size_t comment = line.rfind(" // ");
    if (line.find("show(") != std::string_view::npos && comment != std::string_view::npos)
      found.emplace_back(trimmed(line.substr(comment + 4)));
    snippet.remove_prefix(std::min(end + 1, snippet.size()));
  }
  return found;
}

TEST_CASE("what a snippet promises stands behind its calls of show", "[docs]") {
  CHECK(promised("int x;\n  show(x);   // 3\nf();  // no\nshow(y);\n show(z);// no\nshow(\"//\");  // a // b\n") ==
        std::vector<std::string>{"3", "b"});
}

}  // namespace ouro::test
