// bytes, bytearray and the codecs beside CPython: results, reprs, errors.
#include <support/evaluator.h>
#include <support/python.h>
#include <support/tries.h>

#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

using Lines = std::vector<std::string>;

const Lines kTexts{"b''",
                   "b'a'",
                   "b'abc'",
                   "b'hello world'",
                   "b'a,b,,c,'",
                   "b' \\t\\n x y\\r\\nz \\x0b'",
                   "b'\\x00\\xff'",
                   "b'ABC abc Def'",
                   "b'aaaa'",
                   "b'-12'",
                   "b'a\\tbc\\td'",
                   "b\"it's\"",
                   "b'\\xc3\\xa9t'",
                   "b'ab' * 20"};
const Lines kArguments{
    "b''",   "b'a'", "b'ab'",  "b','", "b' '",          "bytearray(b'a')", "97",        "256", "-1", "'a'",
    "None",  "1.5",  "[]",     "True", "(b'a', b'h')",  "(b'z', 'a')",     "0",         "3",   "10", "-3",
    "2**70", "'-'",  "b'\\n'", "()",   "[b'x', b'yz']", "[1, 2]",          "bytes(256)"};
const Lines kMethods{"capitalize", "center",       "count",        "endswith",     "expandtabs", "find",       "fromhex",
                     "hex",        "index",        "isalnum",      "isalpha",      "isascii",    "isdigit",    "islower",
                     "isspace",    "istitle",      "isupper",      "join",         "ljust",      "lower",      "lstrip",
                     "maketrans",  "partition",    "removeprefix", "removesuffix", "replace",    "rfind",      "rindex",
                     "rjust",      "rpartition",   "rsplit",       "rstrip",       "split",      "splitlines", "startswith",
                     "strip",      "swapcase",     "title",        "translate",    "upper",      "zfill",      "__add__",
                     "__mul__",    "__contains__", "__getitem__",  "__eq__",       "__lt__",     "__len__"};

/// Draws with a seed of its own.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t bound) { return random_() % bound; }
  const std::string& any_of(const Lines& from) { return from[below(from.size())]; }
  std::string subject() {
    const std::string& text = any_of(kTexts);
    return below(2) == 0 ? "(" + text + ")" : "bytearray(" + text + ")";
  }
  std::string number() { return std::to_string(static_cast<int>(below(24)) - 8); }
  std::string bound() { return below(3) == 0 ? "" : number(); }
  std::string slice() {
    const std::string steps[] = {"", ":2", ":-1", ":3", ":-2", ":"};
    return "[" + bound() + ":" + bound() + steps[below(6)] + "]";
  }

 private:
  std::mt19937 random_;
};

void compare(const Lines& lines) {
  if (!have_python_or_skip()) return;
  World world;
  Evaluator evaluator(world.builtins);
  compare_lines_with_python(evaluator, lines);
}

}  // namespace

TEST_CASE("methods of bytes and bytearray give and refuse what CPython's do", "[bytes]") {
  Dice dice(1);
  Lines lines;
  for (int i = 0; i < tries(8000); ++i) {
    std::string line = dice.subject() + "." + dice.any_of(kMethods) + "(";
    const std::size_t count = dice.below(4);
    for (std::size_t k = 0; k < count; ++k) line += (k == 0 ? "" : ", ") + dice.any_of(kArguments);
    lines.push_back(line + ")");
  }
  compare(lines);
}

TEST_CASE("bytes are made, joined, compared and cut as in CPython", "[bytes]") {
  Dice dice(2);
  Lines lines;
  for (const char* const name : {"bytes", "bytearray"}) {
    for (const std::string& argument : kArguments) lines.push_back(std::string(name) + "(" + argument + ")");
    for (const std::string rest : {"",
                                   "'a', 'utf-8'",
                                   "'\xc3\xa9', 'ascii'",
                                   "'\xc3\xa9', 'latin-1'",
                                   "'a', 'x'",
                                   "'a', 5",
                                   "'a', 'utf-8', 5",
                                   "b'a', 'utf-8'",
                                   "'a'",
                                   "'a', errors='strict'",
                                   "encoding='utf-8'",
                                   "errors='x'",
                                   "source=b'a'",
                                   "5, 'utf-8'",
                                   "object()",
                                   "range(3)",
                                   "range(255, 257)",
                                   "['a']",
                                   "[1.5]",
                                   "{1: 2}",
                                   "iter([1, 2])",
                                   "1, 2, 3, 4",
                                   "x=3",
                                   "source='\xc3\xa9', encoding='ascii', errors='replace'",
                                   "'a\\x00', 'utf-8\\x00'",
                                   "bytearray(b'ab')"})
      lines.push_back(std::string(name) + "(" + rest + ")");
  }
  const Lines operators{" + ", " == ", " != ", " < ", " <= ", " > ", " >= ", " in ", " * ", " not in ", " is "};
  for (int i = 0; i < tries(3000); ++i) {
    const std::string right = dice.below(2) == 0 ? dice.subject() : dice.any_of(kArguments);
    const std::string& sign = dice.any_of(operators);
    if (sign == " is " || (sign == " * " && right.find("70") != std::string::npos)) continue;
    lines.push_back(dice.subject() + sign + right);
    lines.push_back(dice.subject() + dice.slice());
    lines.push_back(dice.subject() + "[" + dice.number() + "]");
  }
  for (const std::string& text : kTexts)
    for (const char* const form : {"hash(%) == hash(%)",
                                   "len(%)",
                                   "repr(%)",
                                   "str(%)",
                                   "iter(%)",
                                   "list(iter(%))",
                                   "tuple(%)",
                                   "bytes(%)",
                                   "bytearray(%)",
                                   "bytearray(%).copy()",
                                   "bytearray(%).__alloc__()",
                                   "bytearray(%).__reduce__()",
                                   "bytearray(%).__reduce_ex__(3)",
                                   "(%).__getnewargs__()",
                                   "(%).__bytes__()",
                                   "hash(bytearray(%))",
                                   "{%: 1}[%]",
                                   "(%)['a']",
                                   "bytearray(%)[1.5]",
                                   "(%)[::0]",
                                   "dict.fromkeys(%)",
                                   "set(%) == set(bytearray(%))"}) {
      std::string line = form;
      for (std::size_t at = 0; (at = line.find('%', at)) != std::string::npos; at += text.size()) line.replace(at, 1, text);
      if (line.find("set(") == std::string::npos || line.find("set(b") == std::string::npos) lines.push_back(line);
    }
  compare(lines);
}

TEST_CASE("a bytearray changes as CPython's does, room included", "[bytes]") {
  Dice dice(3);
  const Lines values{"b''", "b'x'", "b'xyz'", "a", "[1, 2]", "[300]", "'a'", "5", "bytearray(b'12')", "None", "b'w' * 30"};
  Lines lines;
  for (int round = 0; round < tries(100); ++round) {
    lines.push_back("a = bytearray(" + dice.any_of(kTexts) + ")");
    bool leaves_room = false;
    for (std::size_t i = 0; i < 30; ++i) {
      const std::string number = dice.number();
      const std::string& value = dice.any_of(values);
      const Lines changes{"a[" + number + "] = " + std::to_string(dice.below(300)),
                          "a[" + number + "] = " + value,
                          "a" + dice.slice() + " = " + value,
                          "a" + dice.slice() + " = " + value,
                          "del a[" + number + "]",
                          "del a" + dice.slice(),
                          "a += " + value,
                          "a *= " + std::to_string(dice.below(3)),
                          "a.append(" + std::to_string(dice.below(260)) + ")",
                          "a.insert(" + number + ", 65)",
                          "a.insert(" + value + ", " + number + ")",
                          "a.pop()",
                          "a.pop(" + number + ")",
                          "a.remove(" + std::to_string(dice.below(130)) + ")",
                          "a.extend(" + value + ")",
                          "a.reverse()",
                          "a.append(" + value + ")",
                          "a.pop(" + value + ")",
                          "a.remove(" + value + ")",
                          "a.__init__(b'123')",
                          "a.__imul__('a')",
                          "a.__init__([1, 2, 3])",
                          "a.__init__(a)",
                          "a.__init__('a')",
                          "a.clear()"};
      const std::string& change = dice.below(12) == 0 ? changes.back() : changes[dice.below(changes.size() - 1)];
      lines.push_back(change);
      lines.emplace_back("a");
      // pop and remove leave room in front here, as `del a[0]` does, and move everything in CPython.
      leaves_room = leaves_room || change.find(".pop") != std::string::npos || change.find(".remove") != std::string::npos;
      if (!leaves_room) lines.emplace_back("a.__alloc__()");
    }
  }
  compare(lines);
}

TEST_CASE("text is encoded and bytes are decoded as in CPython", "[bytes][no-stress]") {
  const Lines encodings{"'utf-8'",  "'ASCII'",     "'latin-1'", "'utf-16'", "'utf-16-le'",  "'utf_16_be'",
                        "'utf-32'", "'utf-32-le'", "'UTF32BE'", "'x'",      "'iso 8859 1'", "'u8'",
                        "5"};
  const Lines handlers{"'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'x'"};
  const Lines texts{"''", "'abc'", "'\xc3\xa9t\xc3\xa9'", "'a\xe2\x82\xac\xe2\x82\xac b\xf0\x9f\x98\x80'",
                    "'\\x7f\\x80\\xff'"};
  Lines lines;
  for (const std::string& encoding : encodings) {
    for (const std::string& handler : handlers) {
      const std::string arguments = encoding + ", " + handler;
      for (const std::string& text : texts) {
        lines.push_back(text + ".encode(" + arguments + ")");
        if (encoding != "5" && encoding != "'x'")
          lines.push_back(text + ".encode(" + encoding + ").decode(" + arguments + ")");
      }
      Dice dice(4);
      for (int i = 0; i < tries(40); ++i) {
        std::string bytes = "b'";
        for (std::size_t k = dice.below(9); k > 0; --k) {
          const Lines parts{"a",     "\\x00", "\\xd8", "\\xdc",      "\\xff", "\\xfe",
                            "\\xc3", "\\xa9", "\\xed", "\\xf0\\x9f", "\\x80"};
          bytes += dice.any_of(parts);
        }
        lines.push_back(bytes + "'.decode(" + arguments + ")");
        lines.push_back("str(bytearray(" + bytes + "'), " + arguments + ")");
      }
    }
    lines.push_back("''.encode(" + encoding + ", 'x')");
  }
  for (const char* const line : {"'a'.encode(errors=5)",
                                 "'a'.encode('utf-8', 'strict', 1)",
                                 "b'a'.decode(x=1)",
                                 "str(b'a', 'utf-8')",
                                 "str('a', 'x')",
                                 "str(5, 'x')",
                                 "str(b'\\xff', errors='replace')",
                                 "str(b'a')",
                                 "str(object=b'a')",
                                 "str(encoding='x')",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r')",
                                 "str(UnicodeDecodeError('a', b'xyz', 1, 2, 'r'))",
                                 "str(UnicodeDecodeError('a', b'xyz', 1, 3, 'r'))",
                                 "str(UnicodeDecodeError('a', bytearray(b'xyz'), 9, 10, 'r'))",
                                 "UnicodeDecodeError('a', 'xyz', 1, 2, 'r')",
                                 "UnicodeDecodeError('a', 5, 1, 2, 'r')",
                                 "UnicodeDecodeError(5, b'', 1, 2, 'r')",
                                 "UnicodeDecodeError('a', b'', 1, 2)",
                                 "UnicodeDecodeError('a', b'', 1, 2, 5)",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r').object",
                                 "UnicodeDecodeError('a', bytearray(b'x'), 1, 2, 'r').object",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r').start",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r').end",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r').reason",
                                 "UnicodeDecodeError('a', b'xyz', 1, 2, 'r').encoding",
                                 "UnicodeEncodeError('a', 'xyz', 1, 2, 'r').object",
                                 "UnicodeEncodeError('a', b'xyz', 1, 2, 'r')"})
    lines.emplace_back(line);
  compare(lines);
}

}  // namespace ouro::test
