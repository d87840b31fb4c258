#pragma once
#include <boost/intrusive/list.hpp>
