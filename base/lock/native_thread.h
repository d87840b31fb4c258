// A thread as the system knows it. What std::thread::id is, whose header brings the streams.
#pragma once

#include <pthread.h>

namespace ouro {

/// What `pthread_self()` and `std::thread::native_handle()` give. Two threads that live at one time are not equal.
struct NativeThread {
  pthread_t handle{};

  [[nodiscard]] static NativeThread current() noexcept { return {pthread_self()}; }
  [[nodiscard]] friend bool operator==(NativeThread one, NativeThread other) noexcept {
    return pthread_equal(one.handle, other.handle) != 0;
  }
};

}  // namespace ouro
