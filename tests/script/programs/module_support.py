"""What the programs of modules share."""


def told(function, *args, **kwargs):
    """Prints what a call gives, or its error."""
    name = getattr(function, "__name__", type(function).__name__)
    try:
        print(name, "->", repr(function(*args, **kwargs)))
    except Exception as error:
        print(name, "raises", type(error).__name__, error)


def attempt(what, action):
    """Prints what an action gives, or its error, behind its name."""
    try:
        result = action()
        print(what, "->", type(result).__name__, repr(result))
    except Exception as error:
        context = None if error.__suppress_context__ else error.__context__
        print(what, "raises", type(error).__name__, error, repr(error.__cause__), type(context).__name__)
