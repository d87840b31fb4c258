// The table of operations beside what dir() says of each type here and in CPython, and docs/operations.md, which is written
// from it. OURO_WRITE_PAGE=1 in the environment writes the page anew.
#include <ouro/objects/containers/list.h>
#include <support/python.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <objects/operations/operation_scene.h>
#include <objects/operations/operation_table.h>

#ifndef OURO_OPERATION_PAGE
#error "tests/CMakeLists.txt says where docs/operations.md is"
#endif

namespace ouro::test {

namespace {

using AttributeNames = std::set<std::string>;

/// Ends with what is shown of each row, an expression of `found`.
constexpr const char* kNamesScript = R"(
import sys
prelude, lines = open(sys.argv[1], encoding='utf-8').read().split('\n# lines\n')
names = {'__name__': '__main__'}
exec(prelude, names)
builtins = names['builtins']
def functions(of):
    return [n for n in dir(of) if callable(getattr(of, n)) and (not isinstance(getattr(of, n), type) or of is not builtins)
            and n not in ('__loader__', '_abs')]
for line in lines.split('\n')[:-1]:
    found = eval(line, names)
    print(' '.join()";

using OrderedNames = std::vector<std::string>;

OrderedNames words_of(const std::string& line) {
  OrderedNames names;
  std::stringstream words(line);
  for (std::string each; words >> each;) names.push_back(each);
  return names;
}

AttributeNames names_here(Object& object) {
  AttributeNames names;
  const Ref<List> all = dir(object);
  for (Object* const name : all->view()) names.emplace(text(static_cast<const Str&>(*name)));
  return names;
}

/// The names of a row that are there, or those that are not.
AttributeNames names_of_rows(const OperationRows& rows, bool are_missing) {
  AttributeNames names;
  for (const Operation& operation : rows.operations)
    if (operation.missing.empty() != are_missing) names.insert(operation.name);
  return names;
}

std::string joined_names(const AttributeNames& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : " ") + name;
  return all;
}

AttributeNames without(const AttributeNames& from, const AttributeNames& others) {
  AttributeNames left;
  for (const std::string& name : from)
    if (others.count(name) == 0) left.insert(name);
  return left;
}

/// What CPython shows of each row of the table.
std::vector<OrderedNames> shown_by_python(const OperationTable& table, const std::string& shown) {
  std::string program = std::string(kOperationPrelude) + "\n# lines\n";
  for (const OperationRows& rows : table.rows) program += rows.expression + "\n";
  std::vector<OrderedNames> names;
  for (const std::string& line : python_says(kNamesScript + shown + "))\n", program)) names.push_back(words_of(line));
  REQUIRE(names.size() == table.rows.size());
  return names;
}

/// What CPython has of each row of the table: attributes of the type, functions of the module.
std::vector<AttributeNames> names_in_python(const OperationTable& table) {
  std::vector<AttributeNames> names;
  for (const OrderedNames& each : shown_by_python(table, "dir(found) if isinstance(found, type) else functions(found)"))
    names.emplace_back(each.begin(), each.end());
  return names;
}

/// Those of the first that the second has, too, in a line. The None under `__hash__` is set aside: where it stands follows
/// from how CPython writes down that there is no hash.
std::string common_names(const OrderedNames& from, const OrderedNames& others) {
  std::string all;
  for (const std::string& name : from)
    if (name != "__hash__" && std::ranges::find(others, name) != others.end()) all += (all.empty() ? "" : " ") + name;
  return all;
}

OrderedNames own_names_here(Evaluator& evaluator, const std::string& type) {
  const Ref<> all = evaluator.evaluate("list(vars(" + type + "))");
  OrderedNames names;
  for (Object* const name : static_cast<const List&>(*all).view()) names.emplace_back(text(static_cast<const Str&>(*name)));
  return names;
}

std::string page_of(const OperationTable& table) {
  std::string page =
      "# Operations of the built-in types\n\nWhat CPython 3.11 has, type by type, and how it is called where the tests "
      "compare the "
      "answers: words in capitals stand for\narguments of many kinds. A test writes this page from\n"
      "[operations.table](../tests/objects/operations/operations.table), compares it with `dir(type)` here and in CPython, "
      "and "
      "makes\nrandom calls of each form on both sides "
      "([operation_calls.cpp](../tests/objects/operations/operation_calls.cpp)): "
      "20,000 of them\nby default, as many as `OURO_CASES` says. A row with \"-\" is not there, and says why.\n";
  if (!table.known.empty()) {
    page += "\n## Answers that differ\n\n| Call | Why |\n|---|---|\n";
    for (const KnownDifference& known : table.known) page += fmt::format("| `{}` | {} |\n", known.shown, known.reason);
  }
  for (const OperationRows& rows : table.rows) {
    page += fmt::format("\n## {}\n\n| Operation | Calls |\n|---|---|\n", rows.name == "every" ? "What every type has"
                                                                         : rows.is_module     ? "Module " + rows.name
                                                                                              : rows.name);
    for (const Operation& operation : rows.operations) {
      std::string calls;
      for (const std::string& call : operation.calls) calls += (calls.empty() ? "`" : ", `") + call + "`";
      if (!operation.missing.empty()) calls = "- " + operation.missing;
      for (std::size_t at = 0; (at = calls.find('|', at)) != std::string::npos; at += 2) calls.insert(at, "\\");
      page += fmt::format("| `{}` | {} |\n", operation.name, calls);
    }
    for (const std::string& name : rows.also) page += fmt::format("| `{}` | not in CPython: {} |\n", name, rows.why_also);
  }
  return page;
}

std::string text_of_page() {
  std::ifstream file(OURO_OPERATION_PAGE);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the table of operations has every attribute that CPython's types have, and every function", "[operations]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_operation_scene(evaluator, fixture.rt);
  const OperationTable table = read_operation_table(OURO_OPERATION_TABLE);
  const std::vector<AttributeNames> theirs = names_in_python(table);
  const AttributeNames every = theirs[0];
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const OperationRows& rows = table.rows[i];
    const AttributeNames there = names_of_rows(rows, false);
    const AttributeNames missing = names_of_rows(rows, true);
    AttributeNames said = there;
    said.insert(missing.begin(), missing.end());
    INFO(rows.name << ": ours " << joined_names(without(names_here(*evaluator.evaluate(rows.expression)), theirs[i]))
                   << "; CPython's " << joined_names(without(theirs[i], names_here(*evaluator.evaluate(rows.expression)))));
    CHECK(joined_names(without(theirs[i], said)) == (i == 0 || rows.is_module ? "" : joined_names(without(every, said))));
    CHECK(joined_names(without(said, theirs[i])).empty());
    const AttributeNames ours = names_here(*evaluator.evaluate(rows.expression));
    CHECK(joined_names(without(there, ours)).empty());
    CHECK(joined_names(without(missing, without(missing, ours))).empty());
    const AttributeNames also(rows.also.begin(), rows.also.end());
    if (!rows.is_module) CHECK(joined_names(without(ours, theirs[i])) == joined_names(also));
  }
}

TEST_CASE("the mapping of a built-in type has its attributes in CPython's order", "[operations]") {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  name_operation_scene(evaluator, fixture.rt);
  const OperationTable table = read_operation_table(OURO_OPERATION_TABLE);
  const std::vector<OrderedNames> theirs =
      shown_by_python(table, "vars(found) if isinstance(found, type) and not found.__flags__ & 1 << 9 else ()");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::string& name = table.rows[i].name;
    // A module, a class that CPython has in Python, or methods that are made of several tables.
    if (theirs[i].empty() || name == "bytes" || name == "bytearray") continue;
    const OrderedNames ours = own_names_here(evaluator, table.rows[i].expression);
    INFO(name);
    CHECK(common_names(ours, theirs[i]) == common_names(theirs[i], ours));
  }
}

TEST_CASE("docs/operations.md is what the table of operations says", "[operations]") {
  const std::string page = page_of(read_operation_table(OURO_OPERATION_TABLE));
  if (std::getenv("OURO_WRITE_PAGE") != nullptr) std::ofstream(OURO_OPERATION_PAGE) << page;
  CHECK(text_of_page() == page);
}

}  // namespace ouro::test
