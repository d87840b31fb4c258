// The whole hierarchy of exceptions, asked by CPython and by us, line by line: names, bases, constructors, str, repr,
// members, cause, context and notes, groups.
#include <support/python.h>

#include <regex>
#include <sstream>

#include <objects/errors/evaluator.h>
#include <objects/world.h>

namespace ouro::test {

namespace {

constexpr const char* kScript = R"(
import re, sys
sys.stdout.reconfigure(encoding='utf-8')
for line in open(sys.argv[1], encoding='utf-8'):
    line = line.rstrip('\n')
    name, equals, expression = line.partition(' = ')
    try:
        value = eval(expression if equals else line)
        if equals: globals()[name] = value
        print(re.sub('0x[0-9a-f]+', '0x', repr(value)))
    except BaseException as error:
        print(type(error).__name__ + (': ' + str(error) if str(error) else ''))
)";

/// Compares each line of a program.
void compare_with_python(const std::vector<std::string>& lines) {
  if (!have_python_or_skip()) return;
  std::ostringstream program;
  for (const std::string& line : lines) program << line << '\n';
  const std::vector<std::string> expected = python_says(kScript, program.str());
  REQUIRE(expected.size() == lines.size());
  World world;
  ErrorEvaluator evaluator(world.builtins);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    INFO(lines[i]);
    CHECK(std::regex_replace(evaluator.run(lines[i]), std::regex("0x[0-9a-f]+"), "0x") == expected[i]);
  }
}

/// `line` for each type of errors, whose name stands for `@`.
void for_each_error(std::vector<std::string>& to, const std::string& line) {
  for (const ErrorType& error : kErrorTypes) {
    std::string made = line;
    for (std::size_t at = made.find('@'); at != std::string::npos; at = made.find('@')) made.replace(at, 1, error.name);
    to.push_back(made);
  }
}

}  // namespace

TEST_CASE("every exception has CPython's name, bases, docs, constructor, str and repr") {
  std::vector<std::string> lines;
  for (const char* const line : {"@",
                                 "@.__name__",
                                 "@.__mro__",
                                 "@.__bases__",
                                 "@.__base__",
                                 "@.__doc__",
                                 "type(@)",
                                 "issubclass(@, Exception)",
                                 "issubclass(@, BaseException)",
                                 "@()",
                                 "@('a')",
                                 "@('a', 2)",
                                 "@(('a', 2))",
                                 "@(2, 'no', 'f')",
                                 "@(x=1)",
                                 "@('a', name='n')",
                                 "@('a').args",
                                 "@('a', 2).__dict__",
                                 "repr(@('a', ()))",
                                 "str(@())",
                                 "str(@(''))",
                                 "str(@('a'))",
                                 "str(@('a', 2))",
                                 "@('a').__reduce__()",
                                 "@.__new__(@)",
                                 "@.__new__(@, 'a').args",
                                 "str(@.__new__(@))",
                                 "@.__new__(int)",
                                 "hasattr(@, 'errno')",
                                 "hasattr(@, 'value')",
                                 "hasattr(@, 'name')",
                                 "isinstance(@('a'), LookupError)",
                                 "isinstance(@('a'), @)",
                                 "@('a').__cause__",
                                 "@('a').__suppress_context__",
                                 "@('a').__traceback__",
                                 "@.args",
                                 "@.with_traceback",
                                 "type(@.__traceback__)"})
    for_each_error(lines, line);
  compare_with_python(lines);
}

TEST_CASE("members of exceptions are read, set and deleted as in CPython") {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& object, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      lines.push_back("e = " + object);
      lines.push_back("e." + name);
      for (const char* const value : {"None", "3", "'ab'", "{}", "True", "2.5", "ValueError(2)", "ValueError"}) {
        lines.push_back("setattr(e, '" + name + "', " + value + ")");
        lines.push_back("e." + name);
      }
      lines.push_back("delattr(e, '" + name + "')");
      lines.push_back("e." + name);
      lines.push_back("delattr(e, '" + name + "')");
      lines.push_back("str(e)");
    }
  };
  add("ValueError(1)", {"args", "__cause__", "__context__", "__suppress_context__", "__traceback__", "__dict__", "x",
                        "with_traceback", "__class__"});
  add("OSError(2, 's', 'f')", {"errno", "strerror", "filename", "filename2", "characters_written"});
  add("OSError(11, 's', 7)", {"characters_written", "filename"});
  add("StopIteration(1, 2)", {"value"});
  add("SystemExit(1, 2)", {"code"});
  add("ImportError('m', name='n', path='p')", {"msg", "name", "path"});
  add("NameError('m', name='n')", {"name"});
  add("AttributeError('m', name='n', obj=3)", {"name", "obj"});
  add("SyntaxError('m', ('f', 2, 3, 't', 5, 6))",
      {"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"});
  add("UnicodeEncodeError('u', 'abc', 1, 2, 'r')", {"encoding", "object", "reason"});
  add("UnicodeTranslateError('abc', 1, 2, 'r')", {"encoding", "object", "reason"});
  add("ExceptionGroup('a', [ValueError(1)])", {"message", "exceptions"});
  for (const char* const name : {"start", "end"})  // a value that is refused makes it -1 there, and changes nothing here
    for (const char* const value : {"3", "True", "10000000000", "99999999999999999999", "2.5"}) {
      lines.emplace_back("e = UnicodeEncodeError('u', 'abc', 1, 2, 'r')");
      lines.push_back("setattr(e, '" + std::string(name) + "', " + value + ")");
    }
  compare_with_python(lines);
}

TEST_CASE("the arguments of constructors mean what they mean in CPython") {
  std::vector<std::string> lines;
  for (const char* const line : {"OSError(2)",
                                 "OSError(2, 's', 'f', None)",
                                 "OSError(2, 's', 'f', None, 'g')",
                                 "OSError(2, 's', None, None, 'g')",
                                 "OSError(2, 's', 'f', None, 'g').args",
                                 "OSError(2, 's', 'f', None, 'g', 1)",
                                 "OSError(2, 's', 'f', None, 'g', 1).errno",
                                 "str(OSError(2, 's', 'f', None, 'g'))",
                                 "str(OSError(2, 's', None, None, 'g'))",
                                 "OSError('x', 's')",
                                 "str(OSError('x', 's'))",
                                 "str(OSError(2, None))",
                                 "str(OSError(None, 's'))",
                                 "str(OSError(None, None, 'f'))",
                                 "OSError(11, 's', 7).characters_written",
                                 "OSError(11, 's', 'f').characters_written",
                                 "BlockingIOError(11, 's', 7.5)",
                                 "BlockingIOError(11, 's', 1000000000000000000000000000000)",
                                 "BlockingIOError(11, 's', 'f').filename",
                                 "FileNotFoundError(13, 'x')",
                                 "OSError(True, 'x')",
                                 "OSError(2.0, 'x')",
                                 "OSError(2, 's', 'f').__reduce__()",
                                 "OSError(2, 's', 'f', None, 'g').__reduce__()",
                                 "StopIteration().value",
                                 "SystemExit().code",
                                 "SystemExit(1).code",
                                 "ImportError('m', name='n', path='p', x=1)",
                                 "ImportError('m', 'n').msg",
                                 "ImportError('m', name='n').__reduce__()",
                                 "UnboundLocalError('a', name='b').name",
                                 "NameError('a', name='b', x=1)",
                                 "AttributeError('m', name='n').__reduce__()",
                                 "SyntaxError('m', 1)",
                                 "SyntaxError('m', (1, 2, 3))",
                                 "SyntaxError('m', (1, 2, 3, 4, 5))",
                                 "SyntaxError('m', (1, 2, 3, 4, 5, 6, 7))",
                                 "SyntaxError('m', ())",
                                 "str(SyntaxError('m', ('/a/f.py', 2, 3, 4)))",
                                 "str(SyntaxError('m', ('f', None, 3, 4)))",
                                 "str(SyntaxError('m', (None, 7, 3, 4)))",
                                 "str(SyntaxError('m', (None, True, 3, 4)))",
                                 "str(SyntaxError(3, ('f', 2, 3, 4)))",
                                 "str(SyntaxError())",
                                 "str(SyntaxError('m', ('f', 2, 3, 4), 'x'))",
                                 "str(SyntaxError(None, ('f', 2, 3, 4)))",
                                 "UnicodeEncodeError(1, 2, 3, 4, 5)",
                                 "str(UnicodeEncodeError('u', 'abc', 1, 2, 'r'))",
                                 "str(UnicodeEncodeError('u', 'a\u1234c', 1, 2, 'r'))",
                                 "str(UnicodeEncodeError('u', 'a\U00012345c', 1, 2, 'r'))",
                                 "str(UnicodeEncodeError('u', 'abc', 0, 2, 'r'))",
                                 "str(UnicodeEncodeError('u', 'abc', 5, 6, 'r'))",
                                 "str(UnicodeEncodeError('u', 'abc', 5, 2, 'r'))",
                                 "UnicodeEncodeError('u', 'abc', 2.5, 7, 'r')",
                                 "UnicodeEncodeError('u', 'abc', 1000000000000000000000000000000, 7, 'r')",
                                 "UnicodeEncodeError('u', 'abc', 1, 2, 3)",
                                 "UnicodeEncodeError('u', 'abc', 1, 2)",
                                 "UnicodeEncodeError('u', 'abc', 1, 2, 'r', x=1)",
                                 "UnicodeDecodeError('u', 'abc', 1, 2, 'r')",
                                 "str(UnicodeTranslateError('abc', 1, 2, 'r'))",
                                 "str(UnicodeTranslateError('abc', 1, 3, 'r'))",
                                 "str(KeyError('a'))",
                                 "str(KeyError(1, 2))",
                                 "str(KeyError(()))",
                                 "BaseException.__new__(1)",
                                 "BaseException.__new__()",
                                 "Exception.__init__(1)"})
    lines.emplace_back(line);
  compare_with_python(lines);
}

TEST_CASE("cause, context, notes and state are those of CPython") {
  compare_with_python({
      "e = ValueError(1)",
      "setattr(e, '__cause__', KeyError(2))",
      "e.__cause__",
      "e.__suppress_context__",
      "setattr(e, '__suppress_context__', False)",
      "setattr(e, '__context__', TypeError(3))",
      "e.__context__",
      "e.__suppress_context__",
      "setattr(e, '__cause__', None)",
      "e.__suppress_context__",
      "hasattr(e, '__notes__')",
      "e.add_note('one')",
      "e.add_note('two')",
      "e.__notes__",
      "e.__dict__",
      "e.add_note(3)",
      "getattr(e, 'add_note')()",
      "getattr(e, 'add_note')('a', 'b')",
      "getattr(e, 'add_note')(note='a')",
      "setattr(e, '__notes__', 3)",
      "e.add_note('x')",
      "e.with_traceback(None)",
      "e.with_traceback(3)",
      "getattr(e, 'with_traceback')()",
      "setattr(e, 'x', 5)",
      "e.__reduce__()",
      "e.__setstate__(3)",
      "e.__setstate__(None)",
      "e.__setstate__({'y': 6, 'args': (7, 8)})",
      "e",
      "e.y",
      "setattr(e, '__dict__', {'z': 1})",
      "e.z",
      "hasattr(e, 'y')",
      "setattr(e, 'args', 'ab')",
      "e.args",
      "repr(e)",
      "e.__class__",
      "e.__init__(4)",
      "e.args",
      "e.__init__(x=4)",
      "e.missing",
      "setattr(e, 'self', e)",
      "len(e.__dict__)",
      "delattr(e, 'self')",
  });
}

TEST_CASE("groups are made, told, split and derived as in CPython") {
  std::vector<std::string> lines;
  for (const char* const type : {"ExceptionGroup", "BaseExceptionGroup"})
    for (const char* const arguments :
         {"()", "('a')", "(1, [])", "('a', [])", "('a', 1)", "('a', [1])", "('a', [ValueError(), ValueError])",
          "('a', [KeyboardInterrupt()])", "('a', [ValueError(1)])", "('a', (ValueError(1),))", "('a', [ValueError(1)], 1)",
          "('a', [ValueError(1)], x=1)", "(message='a', exceptions=[ValueError(1)])", "('a', 'b')", "('a', {1: 2})",
          "('a', [ValueError(1), KeyError(2)])", "('a', [ValueError(1)]).exceptions", "('a', [ValueError(1)]).args"}) {
      lines.push_back(std::string(type) + arguments);
      lines.push_back("str(" + lines.back() + ")");
    }
  for (const char* const line :
       {"g = ExceptionGroup('a', [ValueError(1), ExceptionGroup('b', [TypeError(2), ValueError(3)]), OSError(2, 'x')])",
        "str(g)",
        "setattr(g, '__cause__', KeyError('c'))",
        "setattr(g, '__context__', KeyError('d'))",
        "g.add_note('n')",
        "g.split(ValueError)",
        "g.split((ValueError, TypeError))",
        "g.split(FileNotFoundError)",
        "g.split(KeyError)",
        "g.split(Exception)",
        "g.split(ExceptionGroup)",
        "g.split(())",
        "g.split(3)",
        "g.split(int)",
        "g.split((int,))",
        "g.split()",
        "g.split(1, 2)",
        "g.subgroup(ValueError)",
        "g.subgroup(KeyError)",
        "g.subgroup(OSError)",
        "g.subgroup()",
        "m = g.subgroup(ValueError)",
        "m.__cause__",
        "m.__context__",
        "m.__suppress_context__",
        "m.__notes__",
        "m.message",
        "m.exceptions[1].__notes__",
        "g.derive([KeyError()])",
        "g.derive([KeyboardInterrupt()])",
        "g.derive(3)",
        "g.derive()",
        "g.derive([])",
        "g.exceptions[1].exceptions",
        "type(g.exceptions)",
        "issubclass(ExceptionGroup, Exception)",
        "issubclass(BaseExceptionGroup, Exception)",
        "isinstance(g, Exception)",
        "isinstance(g, BaseExceptionGroup)"})
    lines.emplace_back(line);
  compare_with_python(lines);
}

}  // namespace ouro::test
