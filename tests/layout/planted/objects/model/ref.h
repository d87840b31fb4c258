#pragma once
#include <ouro/allocator/arena.h>
#include <ouro/gc/collector.h>
#include <ouro/nowhere/thing.h>
