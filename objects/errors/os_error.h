// Which type of errors a number of the system stands for.
#pragma once

#include <ouro/base/error_kinds.h>

#include <cstdint>

namespace ouro {

/// FileNotFoundError for ENOENT; OSError if there is no type of its own (PEP 3151).
[[nodiscard]] ErrorKind error_kind_of_errno(std::int64_t number) noexcept;

}  // namespace ouro
