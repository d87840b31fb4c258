"""What little there is to say about how the program was built."""

_variables = {"Py_DEBUG": 0, "EXT_SUFFIX": ".so", "PY_CFLAGS": "", "prefix": "/usr"}


def get_config_var(name):
    """The value of one variable, or None."""
    return _variables.get(name)


def get_config_vars(*names):
    """All variables, or the values of some."""
    return [get_config_var(name) for name in names] if names else dict(_variables)


def is_python_build(check_home=None):
    return False


def get_platform():
    return "linux-x86_64"
