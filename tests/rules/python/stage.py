"""What the scenarios share: a register, and a log whose text is the outcome."""
import gc

scenarios = []


def scenario(name):
    """Registers a scenario. C++ has one of the same name that must tell the same story."""

    def register(play):
        scenarios.append((name, play))
        return play

    return register


class Log:
    def __init__(self):
        self.lines = []

    def __call__(self, line):
        self.lines.append(line)

    def __str__(self):
        return '; '.join(self.lines)


def alive(reference):
    return 'dead' if reference() is None else 'alive'


def numbers(values):
    return ','.join(map(str, values))


def run_all():
    gc.disable()
    for name, play in scenarios:
        gc.collect()
        log = Log()
        play(log)
        print(name, log, sep='\t')
