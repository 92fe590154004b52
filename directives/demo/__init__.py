"""The demo world: the two source documents, the offices they name, and some weeks of work on them."""
