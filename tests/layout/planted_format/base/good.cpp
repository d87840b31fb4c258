// A source as clang-format writes it.
int good = 1;
