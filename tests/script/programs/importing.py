# import.
import pack
print(pack.value, pack.sibling.value, pack.__path__[0].endswith('pack'))
import pack.inner as inner
print(inner.v, inner.value)
from pack.sibling import value
print(value)
from starred import *
print(shown, 'hidden' in globals())
import sys
print('pack.inner' in sys.modules, sys.modules['pack'] is pack)
for name in ['no_such_module', 'pack.nothing', 'starred.x']:
    try:
        __import__(name)
    except ModuleNotFoundError as e:
        print(e, e.name)
try:
    from pack import nothing
except ImportError as e:
    print(str(e).split(' (')[0])
try:
    import broken_module
except ZeroDivisionError as e:
    print(e, 'broken_module' in sys.modules)
try:
    from . import x
except ImportError as e:
    print(e)
import gc as collector, time
print(collector.isenabled(), time.time() > 0, __name__, __file__)


def inside():
    import pack.sibling
    return pack.sibling.value


print(inside())
