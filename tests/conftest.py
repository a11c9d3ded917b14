"""Settings for every test."""

import os
from functools import cache

from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

# No deadline: how long an example takes is the benchmarks' business. In CI the examples are the same each time.
settings.register_profile("course", deadline=None, derandomize="CI" in os.environ)
settings.register_profile("long", deadline=None, max_examples=3000)
settings.load_profile("course")

# For each page that it opens, an AppTest (Streamlit 1.67) looks through all that is installed for components: three
# quarters of its work. What is installed does not change while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
