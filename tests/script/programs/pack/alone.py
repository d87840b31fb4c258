"""A module that -m runs inside its package."""
from . import value

print("alone", __name__, __package__, __spec__.name, value)
