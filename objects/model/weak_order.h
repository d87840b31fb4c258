// In which order the weak references to one object stand, where several types share one without a callback.
#pragma once

#include <ouro/objects/model/object.h>

#include <cstdint>

namespace ouro {

/// On a WeakRef: without a callback it stands behind the first that all share, not before it (law weak-shared-first). So a
/// weak reference and a proxy of one target are both found at once.
inline constexpr std::uint32_t kBehindSharedFlag = kFirstTypeFlag;

}  // namespace ouro
