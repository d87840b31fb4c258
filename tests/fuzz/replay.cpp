// The corpora of the fuzz targets, and what was once found, in every configuration. One input alone:
//   OURO_FUZZ_INPUT=file test_fuzz "*reentrant*"
#include <support/catch.h>

#include <fuzz/replay.h>

using namespace ouro::fuzz;

TEST_CASE("the corpus of reentrant is replayed without a fault", "[fuzz]") { replay("reentrant", reentrant); }
TEST_CASE("the corpus of containers is replayed without a fault", "[fuzz]") { replay("containers", containers); }
TEST_CASE("the corpus of messages is replayed without a fault", "[fuzz]") { replay("messages", messages); }
TEST_CASE("the corpus of text is replayed without a fault", "[fuzz]") { replay("text", text); }
TEST_CASE("the corpus of formats is replayed without a fault", "[fuzz]") { replay("formats", formats); }
TEST_CASE("the corpus of json is replayed without a fault", "[fuzz]") { replay("json", json); }
