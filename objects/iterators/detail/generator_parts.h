// What the sources of generators share.
#pragma once

#include <ouro/objects/errors/exception.h>
#include <ouro/objects/iterators/generator.h>

#include <string>

namespace ouro::detail {

/// Goes on; empty at the end, where StopIteration is the failure if the generator returned something other than None.
[[nodiscard]] Ref<> resume_or_fail(Generator& generator, Object& sent);
/// The same, but the end always is the failure StopIteration: `generator.send`, `next`.
[[nodiscard]] Ref<> send_or_fail(Generator& generator, Object& sent);
/// `generator.throw(exception)`; the end is the failure StopIteration.
[[nodiscard]] Ref<> throw_into_or_fail(Generator& generator, BaseException& exception);
/// What the arguments of throw() raise, with its traceback. TypeError if they are of other types.
[[nodiscard]] Ref<BaseException> thrown_exception(Object& type, Object* value, Object* traceback);
/// TypeError "exceptions must be classes or instances deriving from BaseException, not int".
[[noreturn, gnu::cold]] void refuse_to_throw(const Object& given);

}  // namespace ouro::detail
