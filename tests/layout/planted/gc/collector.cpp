#include <ouro/gc/collector.h>

#include <ouro/allocator/detail/free_list.h>
#include <ouro/objects/list.h>
