"""Prints the outcome of every scenario, a line each: its name, a tab, its story."""
import stage

# Each registers its scenarios.
import deallocation  # noqa: F401
import finalizers  # noqa: F401
import generations  # noqa: F401
import introspection  # noqa: F401
import legacy  # noqa: F401
import reclamation  # noqa: F401
import weak_collections  # noqa: F401
import weak_references  # noqa: F401

stage.run_all()
