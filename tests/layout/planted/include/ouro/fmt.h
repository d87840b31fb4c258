#pragma once
#include <fmt/format.h>
#include <ouro/objects/list.h>
