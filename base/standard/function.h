// std::function and std::reference_wrapper, without the rest of <functional>, which brings <unordered_map>, <vector> and all
// algorithms for its searchers.
#pragma once

#if __has_include(<bits/std_function.h>)
#include <bits/std_function.h>
#else
#include <functional>
#endif
