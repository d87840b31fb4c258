// Every member of a space that is not inline, for whoever compiles spaces of a geometry.
#pragma once

#include <ouro/allocator/space/detail/space_arenas.h>
#include <ouro/allocator/space/detail/space_knowledge.h>
#include <ouro/allocator/space/detail/space_magazines.h>
#include <ouro/allocator/space/detail/space_pools.h>
#include <ouro/allocator/space/detail/space_runs.h>
#include <ouro/allocator/space/detail/space_setup.h>
#include <ouro/allocator/space/detail/space_verify_arenas.h>
#include <ouro/allocator/space/detail/space_verify_pools.h>
