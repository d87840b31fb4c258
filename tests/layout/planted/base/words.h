#pragma once
#include <allocator_is_no_floor_here>

#include <ouro/allocator/arena.h>
