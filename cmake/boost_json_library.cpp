// Boost.JSON's own definitions, compiled once for the library, under a name that a program's own Boost.JSON does not meet.
//
// Nobody who links an installed Ouroboros should need Boost.
#define json ouro_boost_json
#include <boost/json/src.hpp>
