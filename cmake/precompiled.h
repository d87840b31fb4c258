// What most sources of the library include, compiled once where OURO_PRECOMPILE says so. No source includes this file.
#include <ouro/ouro.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <vector>
