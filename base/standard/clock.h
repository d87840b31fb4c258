// std::chrono's durations, time points and clocks, without calendars and without the streams that show them.
//
// In libstdc++ <chrono> brings <sstream>, for calendars; what is used here stands in a header of its own. Other libraries
// give all of <chrono>.
#pragma once

#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>
#else
#include <chrono>
#endif
