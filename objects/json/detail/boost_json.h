// Boost.JSON's parser under a namespace of its own, so that a program may link its own Boost.JSON.
#pragma once

#define json ouro_boost_json
#include <boost/json/basic_parser_impl.hpp>
#undef json

namespace boost_json = boost::ouro_boost_json;
