// The kinds of the types that the machine adds to a runtime. The last places for types from outside are its own.
#pragma once

#include <ouro/objects/core/kind.h>

namespace ouro::script {

inline constexpr Kind kFunctionKind = outside_kind(kOutsideTypes - 2);
inline constexpr Kind kFrameKind = outside_kind(kOutsideTypes - 3);
inline constexpr Kind kCoroutineKind = outside_kind(kOutsideTypes - 4);
inline constexpr Kind kCoroutineWrapperKind = outside_kind(kOutsideTypes - 5);
inline constexpr Kind kAsyncGeneratorKind = outside_kind(kOutsideTypes - 6);
inline constexpr Kind kAsyncStepKind = outside_kind(kOutsideTypes - 7);

}  // namespace ouro::script
