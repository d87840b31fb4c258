// The corpus of the fuzz target syntax, where the language is built.
#include <support/catch.h>

#include <fuzz/replay.h>

using namespace ouro::fuzz;

TEST_CASE("the corpus of syntax is replayed without a fault", "[fuzz]") { replay("syntax", syntax); }
