"""What -m pack runs."""
import sys

from . import sibling
from .inner import __name__ as inner_name

print('main', __name__, __package__, __spec__.name, __file__ == sys.argv[0], sys.argv[1:], inner_name, sibling.value)
print(sys.path[0] == __file__.rpartition('/pack/')[0])
