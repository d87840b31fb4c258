// A player of histories for CPython.
//
// It reads one history a line (operations.h) and prints one line a step. Nodes are instances, lists and dicts; each owns a
// mark, a capsule, which tells when it dies and is no container, so that no collection counts it. A script reaches what its
// node or a handle leads to.
#pragma once

#include <string_view>

namespace ouro::test {

inline constexpr std::string_view kGraphScript = R"(
import ctypes, gc, sys, weakref
WIDTH = 4
gc.disable()
sys.unraisablehook = lambda info: None
events, alive, held, scripts = [], set(), {}, {}
quiet = False

names = {}  # of the marks, by address; a weak reference's that has called back is ''
def gone(address):
    name = names.pop(address)
    if quiet or not name: return
    alive.discard(name); events.append('D' + name)
DESTRUCTOR = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
destructor = DESTRUCTOR(gone)
new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, DESTRUCTOR]
def new_mark(name):
    mark = new_capsule(1, None, destructor)
    names[id(mark)] = name
    return mark

def call_back(ref):
    if quiet: return
    name = ref.name
    names[id(ref.mark)] = ''
    alive.discard(name); events.append('C' + name)
    run(scripts.get(name), ref)

class Node: pass
class Final(Node):
    def __del__(self):
        if quiet: return
        name = name_of(self)
        if name is None: return
        events.append('F' + name)
        run(scripts.get(name), self)
class Weak(weakref.ref):
    __slots__ = ('name', 'mark')

def name_of(o):
    if isinstance(o, Weak): return getattr(o, 'name', None)
    if isinstance(o, Node): mark = getattr(o, 'mark', None)
    elif isinstance(o, list): mark = o[0] if o else None
    else: mark = o.get('mark')
    return None if mark is None else names[id(mark)]
def get(o, i):
    if isinstance(o, Node): return getattr(o, 'e%d' % i, None)
    if isinstance(o, list): return o[i + 1] if o else None
    return o.get(i)
def put(o, i, value):
    if isinstance(o, Node): setattr(o, 'e%d' % i, value)
    elif isinstance(o, list): o[i + 1] = value
    else: o[i] = value
def edges(o):
    return [] if isinstance(o, Weak) else [t for t in (get(o, i) for i in range(WIDTH)) if t is not None]

def find(name, me):
    if name == 'self': return me
    todo = [o for owned in held.values() for o in owned]
    if me is not None: todo.append(me)
    seen = set()
    while todo:
        o = todo.pop()
        if id(o) in seen: continue
        seen.add(id(o))
        if name_of(o) == name: return o
        todo.extend(edges(o))
    return None
def is_alive(name): return name in alive or find(name, None) is not None

def make(kind, name, final):
    mark = new_mark(name)
    if kind == 'list': o = [mark] + [None] * WIDTH
    elif kind == 'dict':
        o = {'mark': mark}
        for i in range(WIDTH): o[i] = None
    else:
        o = Final() if final else Node()
        o.mark = mark
        for i in range(WIDTH): put(o, i, None)
    return o

def split(word):
    head, _, script = word.partition('=')
    return head.split(':'), (script.split(',') if script else [])
def run(script, me):
    for word in script or []: act(word, me)

def act(word, me):
    (verb, *args), script = split(word)
    if verb == 'make':
        name, *spec = args
        if is_alive(name): return 0
        final = 'finalizer' in spec
        scripts[name] = script if final else None
        alive.add(name)
        held.setdefault(name, []).append(make(spec[0] if spec else '', name, final))
        return 1
    if verb == 'watch':
        name = args[0]
        if is_alive(name): return 0
        target = find(args[1], me)
        if not isinstance(target, Node): return 0
        scripts[name] = script
        alive.add(name)
        ref = Weak(target, call_back)
        ref.name, ref.mark = name, new_mark(name)
        held.setdefault(name, []).append(ref)
        return 1
    if verb == 'collect': gc.collect(int(args[0])); return 1
    if verb == 'allocate':
        for i in range(int(args[0])): []
        return 1
    if verb == 'throw': raise RuntimeError('thrown by an operation')
    if verb == 'drop':
        owned = held.get(args[0])
        if not owned: return 0
        owned.pop()
        return 1
    first = me if verb == 'resurrect' else find(args[0], me)
    if first is None: return 0
    if verb in ('hold', 'resurrect'):
        held.setdefault(name_of(first), []).append(first)
        return 1
    if verb == 'clear':
        if isinstance(first, Weak): return 1
        for i in range(WIDTH): put(first, i, None)
        return 1
    if isinstance(first, Weak): return 0
    if verb == 'link':
        second = find(args[1], me)
        if second is None: return 0
        for i in range(WIDTH):
            if get(first, i) is None: put(first, i, second); return 1
        return 0
    for i in range(WIDTH):
        o = get(first, i)
        if o is not None and name_of(o) == (name_of(me) if args[1] == 'self' else args[1]):
            del o
            put(first, i, None)
            return 1
    return 0

def forget():
    global quiet
    quiet = True
    held.clear()
    gc.collect()
    for each in (alive, scripts, events): each.clear()
    quiet = False

def play(words):
    for word in words:
        del events[:]
        try: answer = gc.collect(int(word[8:])) if word.startswith('collect') else act(word, None)
        except RuntimeError: answer = 'error'
        told = ''.join(' ' + e for e in sorted(events))
        living = ''
        if word.startswith('collect'):
            names = sorted(alive | {n for n in scripts if n.startswith('w') and find(n, None) is not None})
            living = ' |' + ''.join(' ' + n for n in names)
        print(str(answer) + told + living)

make('', 'warm', False); make('', 'warm', True)
gc.collect()
gc.freeze()
forget()
for line in open(sys.argv[1]):
    play(line.split())
    forget()
)";

}  // namespace ouro::test
