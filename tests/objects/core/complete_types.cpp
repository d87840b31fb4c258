// Every name that CPython's built-in types have as attributes, ours have too, but for those that docs/types.md lists.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/protocol.h>
#include <support/python.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <objects/world.h>

#ifndef OURO_TYPES_PAGE
#error "tests/CMakeLists.txt says where docs/types.md is"
#endif

namespace ouro::test {

namespace {

using Names = std::set<std::string>;

/// What CPython calls the types whose names are no names of its builtins.
constexpr const char* kScript = R"(
import sys, types, weakref
lines = open(sys.argv[1], encoding='utf-8').read().split('\n')
def empty(): yield
others = [type(None), type(NotImplemented), type(...), type(iter([])), type(iter(())), type(iter('\u0100')), type(iter('a')),
          type(iter({})), type(iter({}.values())), type(iter({}.items())), type({}.keys()), type({}.values()),
          type({}.items()), type(reversed([])), type(reversed({})), type(reversed({}.values())), type(reversed({}.items())),
          type(iter(range(1))), type(iter(range(2 ** 70))), type(iter(b'')), type(iter(bytearray())), type(iter(set())),
          type(iter(int, 1)), type(empty()), types.MappingProxyType, types.ModuleType, types.SimpleNamespace, types.CellType,
          types.GenericAlias, types.TracebackType, weakref.ref, weakref.WeakSet, weakref.WeakMethod, weakref.ProxyType,
          weakref.CallableProxyType, weakref.WeakKeyDictionary, weakref.WeakValueDictionary, weakref.finalize,
          type(int.__add__), type((1).__add__), type(str.join), type(dict.__dict__['fromkeys']), type([].append),
          type(int.real), type(range.start), type(len)]
types_ = {t.__name__: t for t in others}
import builtins
for name, value in vars(builtins).items():
    if isinstance(value, type): types_.setdefault(value.__name__, value)
for name in lines[:-1]:
    print(' '.join(dir(types_[name])) if name in types_ else '-')
)";

std::string last_part(std::string_view name) { return std::string(name.substr(name.rfind('.') + 1)); }

/// The rows of the page: | `type` | `name`, `name` | why |.
std::map<std::string, Names> listed() {
  std::ifstream page(OURO_TYPES_PAGE);
  REQUIRE(page.good());
  std::map<std::string, Names> rows;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    std::stringstream cells(line);
    std::string skipped, type, names;
    std::getline(cells, skipped, '|'), std::getline(cells, type, '|'), std::getline(cells, names, '|');
    Names& row = rows[type.substr(2, type.size() - 4)];
    for (std::size_t at = names.find('`'); at != std::string::npos;) {
      const std::size_t end = names.find('`', at + 1);
      row.insert(names.substr(at + 1, end - at - 1));
      at = names.find('`', end + 1);
    }
  }
  return rows;
}

Names names_of(Type& type) {
  Names names;
  const Ref<List> all = dir(type);
  for (Object* const name : all->view()) names.emplace(text(static_cast<Str&>(*name)));
  return names;
}

std::string joined(const Names& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "`" : ", `") + name + "`";
  return all;
}

/// By type, what CPython's has and ours lacks.
std::map<std::string, Names> missing_names(const std::map<std::string, Type*>& types,
                                           const std::vector<std::string>& theirs) {
  std::map<std::string, Names> missing;
  std::size_t row = 0;
  for (const auto& [name, type] : types) {
    std::stringstream all(theirs[row++]);
    const Names ours = names_of(*type);
    Names& names = missing[name];
    for (std::string each; all >> each;)
      if (each != "-" && ours.count(each) == 0) names.insert(each);
  }
  return missing;
}

}  // namespace

TEST_CASE("a built-in type has every attribute that CPython's has, but for those that docs/types.md lists", "[claim-O2]") {
  if (!have_python_or_skip()) return;
  World world;
  std::map<std::string, Type*> types;
  for_each_immortal_type(*world.builtins.immortals, [&](const Type& type) {
    if (type.slots != nullptr) types.emplace(last_part(type.name), const_cast<Type*>(&type));
  });
  std::string program;
  for (const auto& [name, type] : types) program += name + "\n";
  const std::vector<std::string> theirs = python_says(kScript, program);
  REQUIRE(theirs.size() == types.size());
  const std::map<std::string, Names> page = listed();
  std::map<std::string, Names> missing = missing_names(types, theirs);
  const Names everywhere = missing["object"];  // said once
  for (auto& [name, names] : missing)
    if (name != "object")
      for (const std::string& each : everywhere) names.erase(each);
  for (const auto& [name, names] : missing) {
    const auto row = page.find(name);
    const std::string said = row == page.end() ? "" : joined(row->second);
    INFO("| `" << name << "` | " << joined(names) << " |");
    CHECK(joined(names) == said);
  }
  for (const auto& [name, names] : page) CHECK(missing.count(name) == 1);
}

}  // namespace ouro::test
