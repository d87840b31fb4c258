// The place where the spaces of the geometries in use are compiled.
#include <ouro/allocator/space/detail/space_definitions.h>

namespace ouro::alloc {

template class BasicSpace<kDefaultGeometry>;
template class BasicSpace<kLargeGeometry>;
template class BasicSpace<kTinyGeometry>;

}  // namespace ouro::alloc
