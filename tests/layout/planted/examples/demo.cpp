#include <ouro/fmt.h>
#include <ouro/allocator/detail/free_list.h>
