// Everything: `#include <ouro/ouro.h>`.
//
//   ouro::Runtime rt;
//   auto node = rt.list(1, 2.5, "three");
//   node->append(*node);                  // a cycle
//   node.reset();                         // counting alone cannot free it ...
//   rt.gc().collect();                    // ... the collector does, and returns 1
//
// <ouro/fmt.h> adds fmt::formatter for handles; <ouro/reflect.h> derives the edges of plain C++ structs with Boost.
#pragma once

#include <ouro/allocator/watch/allocation_text.h>
#include <ouro/allocator/watch/allocation_trace.h>
#include <ouro/base/error.h>
#include <ouro/gc/check/check_edges.h>
#include <ouro/gc/check/verify.h>
#include <ouro/gc/collector.h>
#include <ouro/gc/explain/census.h>
#include <ouro/gc/explain/edge_names.h>
#include <ouro/objects/classes/union_type.h>
#include <ouro/objects/containers/iterator.h>
#include <ouro/objects/copying/copy.h>
#include <ouro/objects/core/aggregate.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/from_bytes.h>
#include <ouro/objects/cpp/from_complex.h>
#include <ouro/objects/cpp/from_set.h>
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/json/json.h>
#include <ouro/objects/messages/errors.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/modules/module.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/pprint.h>
#include <ouro/objects/weak/finalize.h>
#include <ouro/objects/weak/weak_collections.h>
#include <ouro/objects/weak/weakref.h>
#include <ouro/runtime/channels/channel.h>
#include <ouro/runtime/channels/copy.h>
#include <ouro/runtime/runtime.h>
#include <ouro/runtime/threads/thread.h>
