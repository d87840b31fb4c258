// Bytes as programs: encodings by PEP 263, line ends, what is not text.
#include <ouro/script/syntax/dump.h>
#include <ouro/script/syntax/visit.h>
#include <support/catch.h>

#include <script/syntax/programs.h>

namespace ouro::test {

namespace {

using namespace script;

/// The value of a program "...'text'..." that is one string, or the error's message.
std::string value_of(std::string_view bytes) {
  try {
    const Tree tree = parse(bytes);
    const auto& module = static_cast<const ast::Module&>(tree.root());
    const auto* const statement = ast::try_as<ast::ExprStmt>(module.body.back());
    return repr_of(ast::try_as<ast::Constant>(statement->value)->value);
  } catch (const SyntaxError& error) {
    return error.message;
  }
}

}  // namespace

TEST_CASE("a source is UTF-8 unless it says otherwise", "[script]") {
  CHECK(value_of("'\xc3\xa9'") == "'é'");
  CHECK(value_of("\xEF\xBB\xBF'\xc3\xa9'") == "'é'");
  CHECK(value_of("# -*- coding: utf-8 -*-\n'\xc3\xa9'") == "'é'");
  CHECK(value_of("# coding: latin-1\n'\xe9'") == "'é'");
  CHECK(value_of("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n'\xa4'") == "'€'");
  CHECK(value_of("# coding=koi8-r\n'\xc1'") == "'а'");
}

TEST_CASE("the first line with code ends the search for an encoding", "[script]") {
  CHECK(value_of("a\n# coding: latin-1\n'\xc3\xa9'") == "'é'");
  CHECK(value_of("\n\n# coding: latin-1\n'\xc3\xa9'") == "'é'");
}

TEST_CASE("bytes that are not in the encoding of the source are refused", "[script]") {
  CHECK(value_of("a\n'\xff'") ==
        "Non-UTF-8 code starting with '\\xff' in file <string> on line 2, but no encoding declared; see "
        "https://peps.python.org/pep-0263/ for details");
  CHECK(value_of("# coding: ascii\n'\xff'") ==
        "'ascii' codec can't decode byte 0xff in position 17: ordinal not in range(128)");
  CHECK(value_of("# coding: utf8\n'\xff'") == "'utf-8' codec can't decode byte 0xff in position 16: invalid start byte");
  CHECK(value_of("# coding: foo\n'a'") == "unknown encoding: foo");
  CHECK(value_of("\xEF\xBB\xBF# coding: latin-1\n'a'") == "encoding problem: iso-8859-1 with BOM");
}

TEST_CASE("a coding line of a text means nothing", "[script]") {
  static_cast<void>(parse("# coding: latin-1\n'é'", as_text()));
  static_cast<void>(parse("# coding: foo\n", as_text()));
}

TEST_CASE("a source has no null bytes", "[script]") {
  CHECK(value_of(std::string_view("'a\0'", 4)) == "source code string cannot contain null bytes");
}

TEST_CASE("lines end in any of the three ways", "[script]") {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const std::string program =
        "if a:" + std::string(end) + "  b" + std::string(end) + "'''c" + std::string(end) + "d'''" + std::string(end);
    CHECK(value_of(program) == "'c\\nd'");
  }
}

TEST_CASE("bytes of any kind are a tree or a clean error", "[script]") {
  std::uint32_t state = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (int k = 0; k < 40; ++k) {
      state = state * 1664525U + 1013904223U;
      static constexpr std::string_view kPieces = "()[]{}:;,.'\"\\\n\t =+-*/%!<>@#abfr01xj\xc3\xa9\xff";
      bytes += kPieces[(state >> 16) % kPieces.size()];
    }
    INFO(bytes);
    try {
      static_cast<void>(parse(bytes, as_text()));
    } catch (const SyntaxError& error) {
      CHECK_FALSE(error.message.empty());
    }
  }
}

}  // namespace ouro::test
