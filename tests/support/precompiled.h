// What most tests include, compiled once for all of them (OURO_PRECOMPILE). No source includes this file.
#include <ouro/gc/explain/edge_names.h>
#include <ouro/runtime/sync/classes.h>
#include <support/catch.h>
#include <support/fixture.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>
