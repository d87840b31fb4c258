"""A snake that eats its own tail: what counting frees, what only a collection finds, and who holds the rest."""

import gc
import sys
import weakref


class Snake:
    def __init__(self, name):
        self.name = name
        self.eats = None

    def __del__(self):
        print(f"{self.name} dies")


gc.disable()
snake = Snake("Adder")
print("a snake with", sys.getrefcount(snake) - 1, "reference dies with it")
del snake

snake = Snake("Ouroboros")
snake.eats = snake
watch = weakref.ref(snake)
print("one that eats its own tail has", sys.getrefcount(snake) - 1, "references")
del snake
print("forgotten, it is", "alive" if watch() else "dead")
print("a collection finds", gc.collect(), "object; it is", "alive" if watch() else "dead")

nest = {"eggs": [Snake("Python")]}
