print('sibling', __name__, __package__)
value = 41
