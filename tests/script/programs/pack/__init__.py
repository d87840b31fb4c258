print('pack', __name__, __package__)
from . import sibling
value = sibling.value + 1
