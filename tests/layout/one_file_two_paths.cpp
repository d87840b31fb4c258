// A header is found by the link in include/ouro and by where it stands. It must come once, or its definitions come twice.
#include <ouro/base/bits.h>
#include <ouro/objects/core/identity_hash.h>

#include "../../base/bits.h"
#include "../../objects/core/identity_hash.h"
