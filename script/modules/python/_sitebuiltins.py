"""What a prompt has besides the built-in functions: exit, quit, help, copyright, credits, license."""

import sys


class Quitter:
    def __init__(self, name, eof):
        self.name = name
        self.eof = eof

    def __repr__(self):
        return f"Use {self.name}() or {self.eof} to exit"

    def __call__(self, code=None):
        raise SystemExit(code)


class _Printer:
    """A text that shows itself, and prints itself when it is called."""

    def __init__(self, name, text):
        self.__name = name
        self.__text = text

    def __repr__(self):
        return self.__text

    def __call__(self):
        print(self.__text)


class _Helper:
    """Prints what is known of an object: help(object)."""

    def __repr__(self):
        return "Type help() for interactive help, or help(object) for help about object."

    def __call__(self, *args, **kwds):
        import pydoc
        return pydoc.help(*args, **kwds)


sys.copyright = "Copyright (c) 2026 the Ouroboros authors."

names = {
    "exit": Quitter("exit", "Ctrl-D (i.e. EOF)"),
    "quit": Quitter("quit", "Ctrl-D (i.e. EOF)"),
    "copyright": _Printer("copyright", sys.copyright),
    "credits": _Printer("credits", "Ouroboros runs the language Python, which its community made: https://www.python.org"),
    "license": _Printer("license", "Ouroboros comes with the MIT license: the file LICENSE of its source."),
    "help": _Helper(),
}
