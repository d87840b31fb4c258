#pragma once
#include <boost/intrusive/list.hpp>
#include <ouro/allocator/detail/free_list.h>
#include <ouro/runtime/base/words.h>
