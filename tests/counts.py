"""How far a run searches: `make test` takes small samples, `make test-long` the full counts."""

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
