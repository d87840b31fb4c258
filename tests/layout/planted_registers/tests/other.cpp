TEST_CASE("Another", "[other]") {}
