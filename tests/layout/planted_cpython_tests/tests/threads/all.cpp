TEST_CASE("a lock; is taken", "[threads]") {}
