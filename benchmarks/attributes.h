// Rows about instances, which stand behind those about classes.
#pragma once

#include "cases.h"

namespace bench {

void add_attribute_cases(Cases& cases);

}  // namespace bench
