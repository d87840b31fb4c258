def first():
    return {}['missing']


def second():
    try:
        first()
    except KeyError as e:
        raise ValueError('bad value') from e


def third():
    try:
        second()
    except ValueError:
        error = TypeError('third')
        error.add_note('a note')
        error.add_note('two\nlines')
        raise error


third()
