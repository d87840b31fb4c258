// The options of the program ouro: limits, reports, mistakes, exit codes, and the manual page that has them all.
#include <ouro/base/config.h>
#include <support/catch.h>
#include <support/python.h>
#include <support/skip.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <set>

#include <script/engine/programs.h>

namespace ouro::test {

namespace {

bool told(const std::string& arguments, const std::string& wanted) {
  const std::string all = run_by_ouro(arguments);
  INFO(all);
  const bool is_told = all.find(wanted) != std::string::npos;
  CHECK(is_told);
  return is_told;
}

bool is_part_of_option(char c) { return c == '-' || std::islower(static_cast<unsigned char>(c)) != 0 || c == 'V'; }

/// The options that a help text has: the words that begin with a dash.
std::set<std::string> options_in(const std::string& help) {
  std::set<std::string> found;
  for (std::size_t at = help.find(" -"); at != std::string::npos; at = help.find(" -", at + 1)) {
    const auto begin = help.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    const std::string option(begin, std::find_if_not(begin, help.end(), is_part_of_option));
    if (option.size() > 1) found.insert(option);
  }
  return found;
}

std::string manual_page() {
  std::ifstream file(script_programs() + "/../../../script/program/ouro.1");
  std::string text(std::istreambuf_iterator<char>(file), {});
  std::erase(text, '\\');
  return text;
}

}  // namespace

TEST_CASE("The manual page has every option of --help", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  const std::set<std::string> options = options_in(run_by_ouro("--help"));
  CHECK(options.size() >= 14);
  const std::string page = manual_page();
  for (const std::string& option : options) {
    INFO(option);
    CHECK((page.find(option + "\n") != std::string::npos || page.find(option + "\"") != std::string::npos ||
           page.find(option + " ") != std::string::npos));
  }
}

TEST_CASE("A mistake on the command line is named, and its exit code is 2", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  told("--memory-limit much -c 1",
       "--memory-limit: SIZE is a number of bytes, or one with K, M or G, as in 64M, not much\n");
  told("--memory-limit -5 -c 1", "not -5\n");
  told("--memory-limit 1K -c 1", "a program needs at least 2M, not 1K\n");
  told("--time-limit 0 -c 1", "--time-limit: SECONDS is a number above 0, not 0\n");
  told("--compat py27 -c 1", "--compat: py27 not in {");
  for (const char* const wrong :
       {"--bogus", "--seed x -c 1", "-c", "-m", "--dis -m x", "nosuch.py", "--memory-limit 1K -c 1"})
    told(wrong, "exit 2\n");
}

TEST_CASE("What stands behind the program is its own", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  const std::string show = "import sys; print(sys.argv)";
  CHECK(run_by_ouro("-c '" + show + "' -i --seed") == "['-c', '-i', '--seed']\nexit 0\n");
  CHECK(run_by_ouro("--seed 3 '-c" + show + "' --help") == "['-c', '--help']\nexit 0\n");
  CHECK(run_by_ouro("", show) == "['']\nexit 0\n");
  CHECK(run_by_ouro("--seed=3 - a -c", show) == "['-', 'a', '-c']\nexit 0\n");
}

TEST_CASE("Option -m runs modules, packages and what is part of the program", "[script][command-line]") {
  if (!have_program_or_skip() || !have_python_or_skip()) return;
  for (const char* const arguments : {"-m pack a -b", "-m pack.alone", "-m pack.inner.nothing a 2>&1 | wc -l", "-m exiting"})
    CHECK(run_by_ouro(arguments) == run_by_python(arguments));
  CHECK(run_by_ouro("-m nothing") == "ouro: No module named nothing\nexit 1\n");
  told("-m unittest tested.Numbers.test_sum", "Ran 1 test in ");
  told("-m unittest tested.py", "FAILED (failures=1)\nexit 1\n");
}

TEST_CASE("A time limit ends what would run for ever, handlers and finalizers included", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  CHECK(run_by_ouro("--time-limit 0.1 -c 'while True: pass'") ==
        "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nouro.BudgetUsedUp: the budget is "
        "used up\n"
        "ouro: the time limit of 0.1 s was reached\nexit 124\n");
  told("--time-limit 0.1 -c 'while True:\n  try:\n    while True: pass\n  except BaseException: pass'", "exit 124\n");
  told("--time-limit 0.1 -c 'class A:\n  def __del__(self):\n    while True: pass\na = A()'", "exit 124\n");
  CHECK(run_by_ouro("--time-limit 60 -c 'print(1)'") == "1\nexit 0\n");
}

TEST_CASE("A memory limit is a MemoryError that the program may catch", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  const std::string hoard = "x = []\ntry:\n  while True: x.append(\"a\" * 1000)\nexcept MemoryError: print(\"full\")\n";
  CHECK(run_by_ouro("--memory-limit 8M -c '" + hoard + "'") == "full\nexit 0\n");
  told("--memory-limit 8M -c 'x = []\nwhile True: x.append(\"a\" * 1000)'", "MemoryError\nexit 1\n");
}

TEST_CASE("Option --gc-stats tells what the collector did", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  const std::string cycles = "import gc\ngc.disable()\nfor i in range(10): x = []; x.append(x)\ndel x\ngc.collect()";
  told("--gc-stats -c '" + cycles + "'", "\n           2            1         10              0 ");
  told("--gc-stats -c 'class Kept: pass\nkept = [Kept() for i in range(20_000)]'", "\n  Kept                        20000 ");
  told("--gc-stats -c '1'", "\n  held at most ");
}

TEST_CASE("Option --leaks tells who holds the instances of the program's classes", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  const std::string begin = "instances of the program's classes that are alive at its end, and what holds them:\n";
  CHECK(run_by_ouro("--leaks -c 'class Node: pass\nkept = {\"a\": [Node()]}'") ==
        begin + "  1 Node: held by globals of __main__ ['kept'] -> dict ['a'] -> list [0] -> Node\nexit 0\n");
  CHECK(run_by_ouro("--leaks -c 'class Node: pass\nnode = Node(); node.me = node; del node'") ==
        begin + "  1 Node: unreachable, and waits for a collection, in the cycle Node .me -> Node\nexit 0\n");
  CHECK(run_by_ouro("--leaks -c 'class Node: pass\nNode()'") ==
        "no instances of the program's classes are alive at its end\nexit 0\n");
}

TEST_CASE("Under --stress programs print the same", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  if (kChecks == CheckLevel::kHeap)
    return skip("a collection at every allocation, and the whole heap checked at each, takes hours");
  for (const char* const program : {"calls",          "classes",          "coroutines",  "counts",
                                    "deaths",         "exceptions",       "generators",  "groups",
                                    "matching",       "operands",         "scopes",      "starred",
                                    "threads",        "uncaught",         "evaluation",  "module_collections",
                                    "module_io",      "module_functools", "module_json", "module_itertools",
                                    "with_statements"})
    CHECK(run_by_ouro(fmt::format("--stress {}.py", program)) == run_by_ouro(fmt::format("{}.py", program)));
}

TEST_CASE("Under --compat py38 two threads lose updates, the same ones by a seed", "[script][command-line][claim-L4]") {
  if (!have_program_or_skip()) return;
  check_program("lost_update");
  CHECK(run_by_ouro("--seed 7 lost_update.py") == "lost: 0\nexit 0\n");
  const std::string lost = run_by_ouro("--compat py38 --seed 7 lost_update.py");
  CHECK(lost.starts_with("lost: "));
  CHECK(lost != "lost: 0\nexit 0\n");
  CHECK(run_by_ouro("--compat py38 --seed 7 lost_update.py") == lost);
  CHECK(run_by_ouro("--compat py38 --seed 8 lost_update.py") != lost);
}

TEST_CASE("Under --compat py38 programs print the same", "[script][command-line]") {
  if (!have_program_or_skip()) return;
  for (const char* const program : {"calls", "classes", "coroutines", "counts", "deaths", "exceptions", "expressions",
                                    "generators", "groups", "matching", "operands", "scopes", "uncaught", "with_statements"})
    CHECK(run_by_ouro(fmt::format("--compat py38 {}.py", program)) == run_by_ouro(fmt::format("{}.py", program)));
}

TEST_CASE("An exception that nobody catches, a signal and a full disk end the program as in CPython",
          "[script][command-line]") {
  if (!have_program_or_skip() || !have_python_or_skip()) return;
  for (const char* const program :
       {"raise KeyboardInterrupt", "import sys; sys.exit(\"text\")", "import sys; sys.exit(300)", "raise SystemExit",
        "import sys\ndef hook(*given): print(given[:2])\nsys.excepthook = hook\n1/0",
        "import sys\ndef hook(*given): 1/0\nsys.excepthook = hook\n{}[1]", "import sys\ndel sys.excepthook\n1/0"}) {
    const std::string arguments = fmt::format("-c '{}'", program);
    CHECK(run_by_ouro(arguments) == run_by_python(arguments));
  }
  told("-c 'print(1)' > /dev/full", "standard output: No space left on device\nexit 120\n");
}

}  // namespace ouro::test
