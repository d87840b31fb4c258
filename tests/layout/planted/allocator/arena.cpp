#include <ouro/allocator/arena.h>
#include <ouro/allocator/detail/free_list.h>
#include <boost/intrusive/list.hpp>
#include <fmt/format.h>
#  include <ouro/objects/model/ref.h>
