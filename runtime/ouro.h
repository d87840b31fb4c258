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

#include <ouro/allocator/allocation_text.h>
#include <ouro/allocator/allocation_trace.h>
#include <ouro/gc/census.h>
#include <ouro/gc/check_edges.h>
#include <ouro/gc/collector.h>
#include <ouro/gc/edge_names.h>
#include <ouro/gc/verify.h>
#include <ouro/objects/aggregate.h>
#include <ouro/objects/finalize.h>
#include <ouro/objects/float.h>
#include <ouro/objects/function.h>
#include <ouro/objects/int.h>
#include <ouro/objects/iterator.h>
#include <ouro/objects/none.h>
#include <ouro/objects/protocol.h>
#include <ouro/objects/weak_collections.h>
#include <ouro/objects/weakref.h>
#include <ouro/runtime/base/error.h>
#include <ouro/runtime/channel.h>
#include <ouro/runtime/copy.h>
#include <ouro/runtime/runtime.h>
#include <ouro/runtime/thread.h>
