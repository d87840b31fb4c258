// CPython's standard library, file by file.
#include <ouro/script/syntax/dump.h>
#include <support/catch.h>
#include <support/python.h>

#include <boost/crc.hpp>
#include <fmt/format.h>

#include <cstdlib>

#include <script/syntax/programs.h>

namespace ouro::test {

namespace {

using namespace script;

/// Prints the path of every STEPth file of the standard library with the length and the check sum of its dump.
constexpr const char* kFiles = R"python(
import ast, os, sys, sysconfig, warnings, zlib
warnings.simplefilter('ignore')
sys.setrecursionlimit(20000)
root = sysconfig.get_paths()['stdlib']
files = sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names
               if name.endswith('.py') and 'site-packages' not in folder and 'dist-packages' not in folder)
for path in files[STEP // 2::STEP]:
    with open(path, 'rb') as file:
        source = file.read()
    try:
        text = ast.dump(ast.parse(source), include_attributes=True).encode('utf-8', 'surrogatepass')
    except SyntaxError as e:
        print(path, 'error', e.msg, sep='\t')
    else:
        print(path, len(text), zlib.crc32(text), sep='\t')
)python";

/// "length\tcheck sum" of the dump of a file, or "error\tmessage".
std::string outcome_of_file(const std::string& path) {
  try {
    const std::string text = dump(parse(read_file(path)).root(), {.include_attributes = true});
    boost::crc_32_type sum;
    sum.process_bytes(text.data(), text.size());
    return fmt::format("{}\t{}", text.size(), sum.checksum());
  } catch (const SyntaxError& error) {
    return "error\t" + error.message;
  }
}

/// Every how manyth file: all take a minute with CPython alone. OURO_SYNTAX_FILES=1 asks for all.
std::string step() {
  const char* const wanted = std::getenv("OURO_SYNTAX_FILES");
  if (wanted != nullptr) return wanted;
  return OURO_CHECKS == 0 ? "4" : "30";
}

}  // namespace

TEST_CASE("files of CPython's standard library have CPython's trees", "[script][differential]") {
  if (!have_python_or_skip()) return;
  const std::vector<std::string> lines = python_says("STEP = " + step() + kFiles, "");
  CHECK(lines.size() >= 10);
  for (const std::string& line : lines) {
    const std::size_t tab = line.find('\t');
    INFO(line.substr(0, tab));
    CHECK(outcome_of_file(line.substr(0, tab)) == line.substr(tab + 1));
  }
}

}  // namespace ouro::test
