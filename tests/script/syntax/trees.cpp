// Syntax trees are those of CPython's ast.dump.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/visit.h>
#include <support/catch.h>
#include <support/python.h>

#include <fmt/format.h>

#include <algorithm>

#include <script/syntax/programs.h>

namespace ouro::test {

namespace {

using namespace script;

constexpr const char* kDumps = R"python(
for program in programs:
    tree = ast.parse(program)
    print(ast.dump(tree, include_attributes=True))
    print(ast.dump(tree, indent=3).replace('\n', '\x1f'))
)python";

std::string dumped(std::string_view program, const DumpOptions& options = {}, ParseMode mode = ParseMode::kExec) {
  const Tree tree = parse(program, as_text(mode));
  return dump(tree.root(), options);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("every rule of the grammar makes the tree that CPython makes, places included", "[script][differential]") {
  if (!have_python_or_skip()) return;
  const std::string text = programs_file("valid.txt");
  const std::vector<std::string> expected = python_says(std::string(kPythonPrelude) + kDumps, text);
  const std::vector<std::string> programs = split_programs(text);
  REQUIRE(expected.size() == 2 * programs.size());
  for (std::size_t k = 0; k < programs.size(); ++k) {
    INFO(programs[k]);
    CHECK(dumped(programs[k], {.include_attributes = true}) == expected[2 * k]);
    std::string indented = dumped(programs[k], {.indent = 3});
    std::replace(indented.begin(), indented.end(), '\n', '\x1f');
    CHECK(indented == expected[2 * k + 1]);
  }
}

TEST_CASE("a dump shows fields by name and leaves out those that are None", "[script]") {
  CHECK(dumped("x = -1") ==
        "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=UnaryOp(op=USub(), operand=Constant(value=1)))], "
        "type_ignores=[])");
  CHECK(dumped("return", {}, ParseMode::kSingle) == "Interactive(body=[Return()])");
  CHECK(dumped("a[1:]", {}, ParseMode::kEval) ==
        "Expression(body=Subscript(value=Name(id='a', ctx=Load()), slice=Slice(lower=Constant(value=1)), ctx=Load()))");
}

TEST_CASE("a dump with indentation gives each field a line, but keeps short simple nodes on one", "[script]") {
  CHECK(dumped("f(a)", {.indent = 2}, ParseMode::kEval) ==
        "Expression(\n  body=Call(\n    func=Name(id='f', ctx=Load()),\n    args=[\n      Name(id='a', ctx=Load())],\n    "
        "keywords=[]))");
}

TEST_CASE("constants are shown as repr shows them", "[script]") {
  const auto shown = [](std::string_view literal) {
    const std::string text = dumped(literal, {}, ParseMode::kEval);
    constexpr std::string_view kBefore = "Expression(body=Constant(value=";
    REQUIRE(text.starts_with(kBefore));
    return text.substr(kBefore.size(), text.size() - kBefore.size() - 2);
  };
  CHECK(shown("1e16") == "1e+16");
  CHECK(shown("100.0") == "100.0");
  CHECK(shown("1e400") == "inf");
  CHECK(shown("1e-400") == "0.0");
  CHECK(shown("2.50j") == "2.5j");
  CHECK(shown("0xffff_ffff_ffff_ffff_ffff") == "1208925819614629174706175");
  CHECK(shown("0b1" + repeated("0", 70)) == "1180591620717411303424");
  CHECK(shown("0o7_7") == "63");
  CHECK(shown("00_0") == "0");
  CHECK(shown("...") == "Ellipsis");
  CHECK(shown("'it\\'s'") == "\"it's\"");
  CHECK(shown("'\\ud800\\x00é\\u2028'") == "'\\ud800\\x00é\\u2028'");
  CHECK(shown("b'\\377\"\\'\\n'") == "b'\\xff\"\\'\\n'");
  CHECK(shown("u'a'") == "'a', kind='u'");
}

TEST_CASE("names that are equal in normal form are the same bytes", "[script]") {
  const Tree tree = parse("ﬁ = fi\nfi.ﬁ", as_text());
  std::vector<ast::Identifier> names;
  const auto collect = [&names](const auto& self, const ast::Node& node) -> void {
    if (const auto* const name = ast::try_as<ast::Name>(&node)) names.push_back(name->id);
    if (const auto* const attribute = ast::try_as<ast::Attribute>(&node)) names.push_back(attribute->attr);
    ast::for_each_child(node, [&](const ast::Node& child) { self(self, child); });
  };
  collect(collect, tree.root());
  REQUIRE(names.size() == 4);
  for (const ast::Identifier name : names) {
    CHECK(name == "fi");
    CHECK(name.data() == names.front().data());
  }
}

TEST_CASE("a long chain of operators makes a deep tree, which is dumped and destroyed without recursion", "[script]") {
  constexpr std::size_t kTerms = 100'000;
  const std::string program = "a" + repeated("+a", kTerms - 1);
  const std::string text = dumped(program, {}, ParseMode::kEval);
  CHECK(text.starts_with("Expression(body=BinOp(left=BinOp(left="));
  std::size_t adds = 0;
  for (std::size_t at = 0; (at = text.find("Add()", at)) != std::string::npos; ++at) ++adds;
  CHECK(adds == kTerms - 1);
}

TEST_CASE("escapes that mean nothing are warned of, the first of each literal", "[script]") {
  const auto warnings = [](std::string_view program) {
    std::vector<std::string> shown;
    const Tree tree = parse(program, as_text());
    for (const SyntaxWarning& warning : tree.warnings())
      shown.push_back(fmt::format("{} {}", warning.lineno, warning.message));
    return shown;
  };
  CHECK(warnings("'\\n' r'\\d'").empty());
  CHECK(warnings("a = '\\d\\e'\nb = b'\\z'") ==
        std::vector<std::string>{"1 invalid escape sequence '\\d'", "2 invalid escape sequence '\\z'"});
  CHECK(warnings("\nf'\\{a}'") == std::vector<std::string>{"2 invalid escape sequence '\\{'"});
  CHECK(warnings("1if 2else 3") == std::vector<std::string>{"1 invalid decimal literal", "1 invalid decimal literal"});
}

}  // namespace ouro::test
