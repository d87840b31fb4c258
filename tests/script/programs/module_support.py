"""What the programs of modules share."""


def told(function, *args, **kwargs):
    """Prints what a call gives, or its error."""
    name = getattr(function, "__name__", type(function).__name__)
    try:
        print(name, "->", repr(function(*args, **kwargs)))
    except Exception as error:
        print(name, "raises", type(error).__name__, error)
