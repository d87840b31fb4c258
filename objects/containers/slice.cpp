// Resolves the bounds of a slice for a sequence of some length.
#include <ouro/base/error.h>
#include <ouro/objects/containers/slice.h>

#include <algorithm>
#include <limits>

namespace ouro {

namespace {

/// `bound` counted from the front and clipped to [low, high].
std::int64_t clip(std::int64_t bound, std::int64_t length, std::int64_t low, std::int64_t high) noexcept {
  // A bound below -length stays negative: the sum cannot overflow, for a length is not negative.
  return std::clamp(bound < 0 ? bound + length : bound, low, high);
}

}  // namespace

SliceRange resolve(const Slice& slice, std::size_t length) {
  if (slice.step == 0) raise(ErrorKind::kValueError, "slice step cannot be zero");
  const auto size = static_cast<std::int64_t>(length);
  const std::int64_t step = std::max(slice.step, -std::numeric_limits<std::int64_t>::max());
  const bool backwards = step < 0;
  const std::int64_t low = backwards ? -1 : 0;
  const std::int64_t high = backwards ? size - 1 : size;
  const std::int64_t start = slice.start ? clip(*slice.start, size, low, high) : (backwards ? high : low);
  const std::int64_t stop = slice.stop ? clip(*slice.stop, size, low, high) : (backwards ? low : high);
  const std::int64_t distance = backwards ? start - stop : stop - start;
  const std::int64_t stride = backwards ? -step : step;
  const auto count = distance <= 0 ? std::size_t{0} : static_cast<std::size_t>((distance - 1) / stride + 1);
  return {start, step, count};
}

}  // namespace ouro
