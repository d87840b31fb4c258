// std::min, max, fill, copy and swap of two values, without the rest of <algorithm>.
#pragma once

#if __has_include(<bits/stl_algobase.h>)
#include <bits/stl_algobase.h>
#else
#include <algorithm>
#endif
