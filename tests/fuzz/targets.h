// The fuzz targets. Each runs one input in runtimes of its own and throws Mismatch where a result is wrong.
#pragma once

#include <cstdint>
#include <span>

namespace ouro::fuzz {

using Bytes = std::span<const std::uint8_t>;

/// Operations on containers, instances, classes and weak references, from within special methods, finalizers and callbacks.
void reentrant(Bytes bytes);
/// Lists and dicts beside std::vector and std::map.
void containers(Bytes bytes);
/// Graphs through messages and back.
void messages(Bytes bytes);
/// UTF-8, str methods, ints, floats, hashes.
void text(Bytes bytes);
/// Format specifications, format strings, methods of str.
void formats(Bytes bytes);
/// json::load and json::Stream beside a small parser, and what json::dump makes of it read again.
void json(Bytes bytes);
/// Programs: trees and errors of any bytes, and the two parsers beside each other. Only where the language is built.
void syntax(Bytes bytes);

}  // namespace ouro::fuzz
