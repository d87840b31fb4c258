// What a range is: the concepts of std::ranges, their types, and iterators' ends; without the views of <ranges>, the
// streams' iterators of <iterator> and the algorithms.
#pragma once

#if __has_include(<bits/ranges_base.h>) && __has_include(<bits/range_access.h>)
#include <bits/range_access.h>
#include <bits/ranges_base.h>
#else
#include <iterator>
#include <ranges>
#endif
