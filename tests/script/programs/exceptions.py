# try, except, else, finally, raise, chaining, groups.
def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
    else:
        print('no error')
    finally:
        print('finally')


attempt(lambda: 1 / 0)
attempt(lambda: {}['k'])
attempt(lambda: [][1])
attempt(lambda: int('x'))
attempt(lambda: None)
attempt(lambda: undefined_name)


def returns():
    try:
        return 'try'
    finally:
        print('cleanup')


print(returns())


def overrides():
    try:
        return 1
    finally:
        return 2


print(overrides())


def loop():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print('body', i)
        finally:
            print('end', i)
    return 'done'


print(loop())


def nested():
    try:
        try:
            raise ValueError('inner')
        except KeyError:
            print('wrong')
        finally:
            print('inner finally')
    except ValueError as e:
        print('caught', e)


nested()


class MyError(Exception):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code


try:
    raise MyError(7)
except (KeyError, MyError) as e:
    print(e.code, e, e.args)
try:
    e
except NameError as error:
    print('e is gone')

try:
    try:
        1 / 0
    except ZeroDivisionError as first:
        raise KeyError('second') from first
except KeyError as second:
    print(repr(second.__cause__), repr(second.__context__), second.__suppress_context__)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError('other')
except KeyError as other:
    print(repr(other.__cause__), repr(other.__context__))

try:
    raise ValueError('plain') from None
except ValueError as e:
    print(e.__suppress_context__)


def reraise():
    try:
        1 / 0
    except ZeroDivisionError:
        raise


attempt(reraise)
attempt(lambda: (_ for _ in ()).throw(TypeError('thrown')))


def bare():
    raise


attempt(bare)


def bad():
    raise 5


attempt(bad)


def bad_catch():
    try:
        1 / 0
    except 5:
        pass


attempt(bad_catch)
import sys


def info():
    try:
        raise ValueError('seen')
    except ValueError:
        kind, value, tb = sys.exc_info()
        print(kind.__name__, value, tb.tb_lineno > 0, tb.tb_frame.f_code.co_name)
    print(sys.exc_info())


info()
try:
    raise ExceptionGroup('group', [ValueError(1), TypeError('t'), ValueError(2)])
except* ValueError as eg:
    print('values', eg.exceptions)
except* TypeError as eg:
    print('types', eg.exceptions)

try:
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError('k')])
    except* ValueError:
        print('one part')
except ExceptionGroup as rest:
    print(rest, rest.exceptions)

try:
    raise KeyError('single')
except* KeyError as eg:
    print(repr(eg))


def notes():
    e = ValueError('noted')
    e.add_note('first note')
    raise e


try:
    notes()
except ValueError as e:
    print(e.__notes__)


def deep(n):
    if n == 0:
        raise RuntimeError('bottom')
    deep(n - 1)


try:
    deep(3)
except RuntimeError as e:
    tb, depth = e.__traceback__, 0
    while tb:
        depth += 1
        tb = tb.tb_next
    print(depth)


def generator_cleanup():
    try:
        yield 1
    except GeneratorExit:
        print('closing')
        raise
    finally:
        print('closed')


g = generator_cleanup()
next(g)
g.close()
try:
    assert 1 == 2, 'message'
except AssertionError as e:
    print(e)
for value in (1, 'x'):
    try:
        print(value + 1)
    except TypeError as e:
        print(e)
a = [1, 2]
try:
    x, y, z = a
except ValueError as e:
    print(e)
try:
    x, = a
except ValueError as e:
    print(e)
try:
    x, y = 5
except TypeError as e:
    print(e)
