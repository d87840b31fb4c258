// Operations on a graph of named nodes.
//
// One word is one operation; it says the same in a history (history.h), in what a finalizer does (graph.h) and in a plan
// (plan.h):
//
//   make:a              a new node, held once       make:a:list:finalizer=resurrect
//   watch:w:a           a weak reference to a       watch:w:a:callback=drop:b
//   link:a:b            a refers to b once more     unlink:a:b
//   hold:a              one more handle to a        drop:a
//   clear:a             a drops all its references
//   collect             collect:0 collects generation 0
//   allocate:5          five lists are made and dropped
//   throw               an error is thrown
//   resurrect           the same as hold:self
//
//   word       = verb { ":" name | ":" number }
//   operations = word { "," word }                  `self` is the node whose finalizer or callback does them
//   spec       = { ":" kind | ":finalizer" [ "=" operations ] }     kind: node instance list dict; behind `make:a`
//
// A finalizer without operations is one that does nothing, yet runs. Operations inside a word take the rest of the word. An
// operation on a node that is dead or was never made does nothing, so that a history stays valid when a part of it is taken
// away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::testing {

enum class Verb : std::uint8_t {
  kMake,
  kWatch,
  kLink,
  kUnlink,
  kHold,
  kDrop,
  kClear,
  kCollect,
  kAllocate,
  kThrow,
};

/// What object a node is. All have the same number of places for references, None where there is no edge.
enum class NodeKind : std::uint8_t {
  kNode,      ///< the kit's own container: nothing but places
  kInstance,  ///< an instance of a class made at run time, attributes e0, e1, ...
  kList,      ///< a list; it can have neither a finalizer nor a weak reference with a callback, as in Python
  kDict,      ///< a dict with keys 0, 1, ...; the same holds for it
  kWeak,      ///< a weak reference; made by `watch`, has no places
};

struct Operation;
using Operations = std::vector<Operation>;

/// How a node is made. `operations` is what its finalizer does, or the callback of a weak reference; none: it has no
/// finalizer.
struct NodeSpec {
  NodeKind kind = NodeKind::kNode;
  std::optional<Operations> operations;  // no `{}`: Clang would ask for the whole Operation here
};

/// One word.
struct Operation {
  Verb verb{};
  std::string first{};       ///< the node acted on
  std::string second{};      ///< `watch`, `link` and `unlink`: the node referred to
  std::uint32_t number = 0;  ///< `collect`: the generation; `allocate`: how many
  NodeSpec spec{};           ///< `make` and `watch`
};

/// Reads "drop:b,collect:0". Failure with line and column.
[[nodiscard]] Operations parse_operations(std::string_view text);
/// Reads "list" or "instance:finalizer=resurrect". Failure with line and column.
[[nodiscard]] NodeSpec parse_spec(std::string_view text);

/// The word again. `parse_operations` reads it.
[[nodiscard]] std::string text_of(const Operation& operation);
[[nodiscard]] std::string text_of(const Operations& operations);
/// The spec as `parse_spec` reads it; "node" for a plain one.
[[nodiscard]] std::string text_of(const NodeSpec& spec);
/// "instance" for kInstance.
[[nodiscard]] std::string_view name_of(NodeKind kind) noexcept;

}  // namespace ouro::testing
