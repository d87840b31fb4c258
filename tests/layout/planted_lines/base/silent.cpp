#include <ouro/base/words.h>

// Here it is too late.
