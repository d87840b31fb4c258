// Making and destroying a space; and the place where spaces of each geometry are compiled.
#include <ouro/allocator/detail/space_arenas.h>
#include <ouro/allocator/detail/space_knowledge.h>
#include <ouro/allocator/detail/space_magazines.h>
#include <ouro/allocator/detail/space_pools.h>
#include <ouro/allocator/detail/space_runs.h>
#include <ouro/allocator/detail/space_setup.h>
#include <ouro/allocator/detail/space_verify_arenas.h>
#include <ouro/allocator/detail/space_verify_pools.h>

namespace ouro::alloc {

template class BasicSpace<kDefaultGeometry>;
template class BasicSpace<kLargeGeometry>;
template class BasicSpace<kTinyGeometry>;

}  // namespace ouro::alloc
