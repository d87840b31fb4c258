"""Runs tests from the command line: -m unittest NAME...; a name is a module, a class, a method or a file."""

import sys
import unittest

sys.argv[0] = "python -m unittest"
if all(word.startswith("-") for word in sys.argv[1:]):
    sys.exit("unittest: name the modules, classes, methods or files of the tests; they are not looked for")
sys.argv[1:] = [word[:-3].replace("/", ".") if word.endswith(".py") else word for word in sys.argv[1:]]
unittest.main(module=None)
