// The built-in types: one line a type. What a type is and does stands in its own file, as its `TypeSlots`; see
// docs/adding-a-type.md.
//
//   KIND(List)               a type whose objects have a layout of their own: Kind::kList, detail::kListSlots
//   VARIANT(ListIterator)    a type that has another's layout under a name of its own: Variant::kListIterator,
//                            detail::kListIteratorSlots
//
// From this list come the enumerations of kind.h, the declarations of detail/slot_tables.h and the table of the immortal
// types. It is a macro because only a macro can make names.
#pragma once

#define OURO_BUILTIN_TYPES(KIND, VARIANT) \
  KIND(Object)                            \
  KIND(Type)                              \
  KIND(None)                              \
  KIND(NotImplemented)                    \
  KIND(Bool)                              \
  KIND(Int)                               \
  KIND(Float)                             \
  KIND(Str)                               \
  KIND(Tuple)                             \
  KIND(List)                              \
  KIND(Dict)                              \
  KIND(SequenceIterator)                  \
  VARIANT(ListIterator)                   \
  VARIANT(TupleIterator)                  \
  VARIANT(StrIterator)                    \
  VARIANT(AsciiIterator)                  \
  KIND(DictIterator)                      \
  VARIANT(DictValueIterator)              \
  VARIANT(DictItemIterator)               \
  KIND(DictView)                          \
  VARIANT(DictValues)                     \
  VARIANT(DictItems)                      \
  KIND(Function)                          \
  KIND(Method)                            \
  KIND(Descriptor)                        \
  VARIANT(SlotWrapper)                    \
  VARIANT(ClassMethodDescriptor)          \
  VARIANT(StaticMethodDescriptor)         \
  VARIANT(PropertyDescriptor)             \
  VARIANT(MemberDescriptor)               \
  KIND(BuiltinMethod)                     \
  VARIANT(MethodWrapper)                  \
  KIND(Range)                             \
  KIND(RangeIterator)                     \
  KIND(LongRangeIterator)                 \
  KIND(BaseException)                     \
  KIND(Traceback)                         \
  KIND(WeakRef)                           \
  KIND(WeakKeys)                          \
  KIND(WeakValues)                        \
  KIND(Finalize)                          \
  KIND(SliceObject)                       \
  KIND(Ellipsis)                          \
  KIND(Complex)                           \
  KIND(Bytes)                             \
  KIND(ByteArray)                         \
  KIND(MemoryView)                        \
  VARIANT(BytesIterator)                  \
  VARIANT(ByteArrayIterator)              \
  VARIANT(MemoryIterator)                 \
  KIND(Set)                               \
  KIND(FrozenSet)                         \
  KIND(SetIterator)                       \
  VARIANT(ListReverseIterator)            \
  VARIANT(DictReverseKeyIterator)         \
  VARIANT(DictReverseValueIterator)       \
  VARIANT(DictReverseItemIterator)        \
  KIND(Enumerate)                         \
  KIND(Zip)                               \
  KIND(Map)                               \
  KIND(Filter)                            \
  KIND(Reversed)                          \
  KIND(CallableIterator)                  \
  KIND(Generator)                         \
  KIND(Property)                          \
  KIND(StaticMethod)                      \
  KIND(ClassMethod)                       \
  KIND(Super)                             \
  KIND(MappingProxy)                      \
  KIND(Module)                            \
  KIND(SimpleNamespace)                   \
  KIND(Cell)                              \
  KIND(GenericAlias)                      \
  KIND(UnionType)                         \
  KIND(WeakSet)                           \
  KIND(WeakMethod)                        \
  KIND(WeakProxy)                         \
  VARIANT(WeakCallableProxy)
