"""Settings for every test."""

import os

from hypothesis import settings

# No deadline: how long an example takes is the benchmarks' business. In CI the examples are the same each time.
settings.register_profile("course", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("course")
