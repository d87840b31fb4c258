#pragma once
#include <boost/intrusive/list.hpp>
#include <ouro/allocator/detail/free_list.h>
#include <ouro/base/words.h>
