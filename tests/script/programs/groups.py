# except*: what handlers raise again keeps its place in the group.


def shape(error):
    if isinstance(error, BaseExceptionGroup):
        return (type(error).__name__, error.message, [shape(one) for one in error.exceptions])
    return (type(error).__name__, error.args)


def run(function):
    try:
        function()
    except BaseException as error:
        print(function.__name__, shape(error), shape(error.__context__) if error.__context__ else None)
        return
    print(function.__name__, 'passed')


def group():
    return ExceptionGroup('outer', [ValueError(1), ExceptionGroup('inner', [TypeError(2), ValueError(3)]), KeyError(4)])


def unmatched():
    try:
        raise group()
    except* OSError:
        print('never')


def all_matched():
    try:
        raise group()
    except* ValueError as e:
        print(shape(e))
    except* (TypeError, KeyError) as e:
        print(shape(e))


def part_left():
    try:
        raise group()
    except* ValueError as e:
        print(shape(e))


def raised_again():
    try:
        raise group()
    except* ValueError:
        raise
    except* KeyError as e:
        print(shape(e))


def all_raised_again():
    try:
        raise group()
    except* ValueError:
        raise
    except* TypeError as e:
        raise e
    except* KeyError:
        raise


def raised_anew():
    try:
        raise group()
    except* ValueError as e:
        raise OSError('new') from e
    except* TypeError:
        raise


def two_anew():
    try:
        raise group()
    except* ValueError:
        raise OSError('first')
    except* TypeError:
        raise LookupError('second')


def naked():
    try:
        raise ValueError('naked')
    except* ValueError as e:
        print(shape(e))
        raise


def naked_unmatched():
    try:
        raise ValueError('naked')
    except* TypeError:
        print('never')


for function in (unmatched, all_matched, part_left, raised_again, all_raised_again, raised_anew, two_anew, naked,
                 naked_unmatched):
    run(function)
