// The errors of queues, channels and barriers, as Python's modules `queue` and `threading` have them.
#pragma once

#include <ouro/base/error_kinds.h>

namespace ouro {

inline constexpr ErrorType kQueueEmpty =
    added_error("queue", "Empty", error_type(ErrorKind::kException), "Exception raised by Queue.get(block=0)/get_nowait().");
inline constexpr ErrorType kQueueFull =
    added_error("queue", "Full", error_type(ErrorKind::kException), "Exception raised by Queue.put(block=0)/put_nowait().");
/// Of Python 3.13.
inline constexpr ErrorType kQueueShutDown =
    added_error("queue", "ShutDown", error_type(ErrorKind::kException), "Raised when put/get with shut-down queue.");
inline constexpr ErrorType kBrokenBarrierError =
    added_error("threading", "BrokenBarrierError", error_type(ErrorKind::kRuntimeError));

}  // namespace ouro
