int passed_over;
