// What the program says of an exception that nobody caught.
#pragma once

#include <ouro/objects/errors/exception.h>
#include <ouro/script/machine/interpreter.h>

#include <string>

namespace ouro::script {

/// Traceback, chain, groups and notes, as CPython 3.11 prints them.
[[nodiscard]] std::string report_of(Interpreter& interpreter, BaseException& exception);
/// The marks under the line of a traceback's entry; empty: there are none. `columns` count bytes of the line.
[[nodiscard]] std::string marks_under(std::string_view line, std::int32_t begin, std::int32_t end, bool is_one_line);
/// "Did you mean: 'x'?" for a NameError, AttributeError or ImportError; empty: nothing is near.
[[nodiscard]] std::string suggestion_for(Interpreter& interpreter, BaseException& exception);

}  // namespace ouro::script
