TEST_CASE("a list; in itself", "[rule-1]") {}
TEST_CASE("a dict in itself", "[gc][rule-2]") {}
TEST_CASE("an untagged test", "[gc]") {}
