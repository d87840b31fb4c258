TEST_CASE("A pool keeps; what it has", "[pool][law-kept][claim-M1]") { CHECK_THAT(said, Contains("[law-seen]: at")); }
TEST_CASE("A law is worded", "[law-listed-comment][law-reworded][law-invented][claim-M3][claim-M9]") {}
