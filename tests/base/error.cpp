// An Error carries a Python error type and CPython's wording, and nothing that must be destroyed on a certain thread.
#include <ouro/base/error.h>
#include <support/catch.h>

#include <string>
#include <thread>
#include <type_traits>

using ouro::Error;
using ouro::ErrorKind;

TEST_CASE("an error reads like the last line of a Python traceback") {
  const Error error(ErrorKind::kTypeError, "unhashable type: 'list'");
  CHECK(std::string(error.what()) == "TypeError: unhashable type: 'list'");
  CHECK(error.message() == "unhashable type: 'list'");
  CHECK(error.kind() == ErrorKind::kTypeError);
}

TEST_CASE("an error without a message is its type's name alone") {
  const Error error(ErrorKind::kStopIteration, "");
  CHECK(std::string(error.what()) == "StopIteration");
  CHECK(error.message().empty());
}

TEST_CASE("MemoryError has no text, so raising it needs no memory") {
  try {
    ouro::raise_out_of_memory();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::kMemoryError);
    CHECK(std::string(error.what()) == "MemoryError");
    CHECK(error.message().empty());
  }
  STATIC_REQUIRE(std::is_nothrow_copy_constructible_v<Error>);
}

TEST_CASE("an except clause catches the error types derived from its own") {
  CHECK(Error(ErrorKind::kKeyError, "'spam'").is(ErrorKind::kLookupError));
  CHECK(Error(ErrorKind::kIndexError, "").is(ErrorKind::kLookupError));
  CHECK(Error(ErrorKind::kZeroDivisionError, "").is(ErrorKind::kArithmeticError));
  CHECK(Error(ErrorKind::kRecursionError, "").is(ErrorKind::kRuntimeError));
  CHECK(Error(ErrorKind::kUnicodeDecodeError, "").is(ErrorKind::kValueError));
  CHECK(Error(ErrorKind::kMemoryError, "").is(ErrorKind::kException));
  CHECK_FALSE(Error(ErrorKind::kKeyError, "'spam'").is(ErrorKind::kIndexError));
  CHECK_FALSE(Error(ErrorKind::kLookupError, "").is(ErrorKind::kKeyError));
}

TEST_CASE("every error type is named as in Python") {
  CHECK(ouro::name_of(ErrorKind::kException) == "Exception");
  CHECK(ouro::name_of(ErrorKind::kNotImplementedError) == "NotImplementedError");
  CHECK(ouro::name_of(ErrorKind::kReferenceError) == "ReferenceError");
  CHECK(ouro::name_of(ErrorKind::kZeroDivisionError) == "ZeroDivisionError");
}

TEST_CASE("an error outlives its copy on another thread") {
  Error error(ErrorKind::kValueError, "a message too long for any small-string buffer to hold");
  std::thread([copy = error] { CHECK(copy.kind() == ErrorKind::kValueError); }).join();
  CHECK(std::string(error.what()) == "ValueError: a message too long for any small-string buffer to hold");
}
