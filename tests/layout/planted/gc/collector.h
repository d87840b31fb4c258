#pragma once
#include <fmt/format.h>
#include "objects/model/ref.h"
