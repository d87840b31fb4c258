from ..sibling import value as v
from .. import value
