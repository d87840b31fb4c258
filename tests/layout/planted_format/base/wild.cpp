// A source as nobody formatted it.
int   wild=1 ;
