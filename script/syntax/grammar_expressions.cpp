// CPython 3.11's grammar: expressions, arguments, targets. The notation is in grammar.h.
#include <ouro/script/syntax/grammar.h>

namespace ouro::script {

const char* const kExpressionRules = R"grammar(
expressions: expression (',' expression)+ [','] {Tuple} | expression ',' {Tuple} | expression
expression (memo):
    | invalid_expression
    | invalid_legacy_expression
    | disjunction 'if' disjunction 'else' expression {IfExp}
    | disjunction
    | lambdef
yield_expr: 'yield' 'from' expression {YieldFrom} | 'yield' [star_expressions] {Yield}
star_expressions:
    | star_expression (',' star_expression)+ [','] {Tuple}
    | star_expression ',' {Tuple}
    | star_expression
star_expression (memo): '*' bitwise_or {Starred} | expression
star_named_expressions: a=','.star_named_expression+ [','] {=a}
star_named_expression: '*' bitwise_or {Starred} | named_expression
assignment_expression: NAME ':=' ~ expression {NamedExpr}
named_expression: assignment_expression | invalid_named_expression | expression !':='
disjunction (memo): conjunction ('or' conjunction)+ {BoolOp} | conjunction
conjunction (memo): inversion ('and' inversion)+ {BoolOp} | inversion
inversion (memo): 'not' inversion {UnaryOp} | comparison
comparison: bitwise_or compare_op_bitwise_or_pair+ {Compare} | bitwise_or
compare_op_bitwise_or_pair:
    | eq_bitwise_or
    | noteq_bitwise_or
    | lte_bitwise_or
    | lt_bitwise_or
    | gte_bitwise_or
    | gt_bitwise_or
    | notin_bitwise_or
    | in_bitwise_or
    | isnot_bitwise_or
    | is_bitwise_or
eq_bitwise_or: '==' bitwise_or
noteq_bitwise_or: '!=' bitwise_or
lte_bitwise_or: '<=' bitwise_or
lt_bitwise_or: '<' bitwise_or
gte_bitwise_or: '>=' bitwise_or
gt_bitwise_or: '>' bitwise_or
notin_bitwise_or: 'not' 'in' bitwise_or
in_bitwise_or: 'in' bitwise_or
isnot_bitwise_or: 'is' 'not' bitwise_or
is_bitwise_or: 'is' bitwise_or
bitwise_or (memo): bitwise_xor ('|' bitwise_xor)+ {BinOp} | bitwise_xor
bitwise_xor (memo): bitwise_and ('^' bitwise_and)+ {BinOp} | bitwise_and
bitwise_and (memo): shift_expr ('&' shift_expr)+ {BinOp} | shift_expr
shift_expr (memo): sum (('<<' | '>>') sum)+ {BinOp} | sum
sum (memo): term (('+' | '-') term)+ {BinOp} | term
term (memo): factor (('*' | '/' | '//' | '%' | '@') factor)+ {BinOp} | factor
factor (memo): '+' factor {UnaryOp} | '-' factor {UnaryOp} | '~' factor {UnaryOp} | power
power: await_primary '**' factor {BinOp} | await_primary
await_primary (memo): AWAIT primary {Await} | primary
primary (memo): atom trailer+ {last} | atom
trailer: '.' NAME {Attribute} | genexp {Call} | '(' [arguments] ')' {Call} | '[' slices ']' {Subscript}
slices: a=slice !',' {=a} | ','.(slice | starred_expression)+ [','] {Tuple}
slice: [expression] ':' [expression] [':' [expression]] {Slice} | a=named_expression {=a}
atom:
    | NAME
    | 'True' {True}
    | 'False' {False}
    | 'None' {None}
    | &STRING strings
    | NUMBER
    | &'(' (tuple | group | genexp)
    | &'[' (list | listcomp)
    | &'{' (dict | set | dictcomp | setcomp)
    | '...' {Ellipsis}
group: '(' a=(yield_expr | named_expression) ')' {=a} | invalid_group
lambdef: 'lambda' [lambda_params] ':' expression {Lambda}
lambda_params: invalid_lambda_parameters | lambda_parameters
lambda_parameters:
    | lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* [lambda_star_etc]
    | lambda_slash_with_default lambda_param_with_default* [lambda_star_etc]
    | lambda_param_no_default+ lambda_param_with_default* [lambda_star_etc]
    | lambda_param_with_default+ [lambda_star_etc]
    | lambda_star_etc
lambda_slash_no_default: a=lambda_param_no_default+ '/' ',' {=a} | a=lambda_param_no_default+ '/' &':' {=a}
lambda_slash_with_default:
    | lambda_param_no_default* lambda_param_with_default+ '/' ','
    | lambda_param_no_default* lambda_param_with_default+ '/' &':'
lambda_star_etc:
    | invalid_lambda_star_etc
    | '*' lambda_param_no_default lambda_param_maybe_default* [lambda_kwds]
    | '*' ',' lambda_param_maybe_default+ [lambda_kwds]
    | lambda_kwds
lambda_kwds: invalid_lambda_kwds | '**' a=lambda_param_no_default {=a}
lambda_param_no_default: a=lambda_param ',' {=a} | a=lambda_param &':' {=a}
lambda_param_with_default: lambda_param default ',' | lambda_param default &':'
lambda_param_maybe_default: lambda_param default? ',' | lambda_param default? &':'
lambda_param: NAME
strings (memo): a=STRING+ {call strings}
list: '[' [star_named_expressions] ']' {List}
tuple: '(' [star_named_expression ',' [star_named_expressions]] ')' {Tuple}
set: '{' star_named_expressions '}' {Set}
dict: '{' [double_starred_kvpairs] '}' {Dict} | '{' invalid_double_starred_kvpairs '}'
double_starred_kvpairs: a=','.double_starred_kvpair+ [','] {=a}
double_starred_kvpair: '**' bitwise_or | kvpair
kvpair: expression ':' expression
for_if_clauses: a=for_if_clause+ {=a}
for_if_clause:
    | ASYNC 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
    | 'for' star_targets 'in' ~ disjunction ('if' disjunction)*
    | invalid_for_target
listcomp: '[' named_expression for_if_clauses ']' {ListComp} | invalid_comprehension
setcomp: '{' named_expression for_if_clauses '}' {SetComp} | invalid_comprehension
genexp: '(' (assignment_expression | expression !':=') for_if_clauses ')' {GeneratorExp} | invalid_comprehension
dictcomp: '{' kvpair for_if_clauses '}' {DictComp} | invalid_dict_comprehension
arguments (memo): a=args [','] &')' {=a} | invalid_arguments
args: ','.(starred_expression | (assignment_expression | expression !':=') !'=')+ [',' kwargs] | kwargs
kwargs:
    | ','.kwarg_or_starred+ ',' ','.kwarg_or_double_starred+
    | ','.kwarg_or_starred+
    | ','.kwarg_or_double_starred+
starred_expression: '*' expression {Starred}
kwarg_or_starred: invalid_kwarg | NAME '=' expression {Keyword} | starred_expression
kwarg_or_double_starred: invalid_kwarg | NAME '=' expression {Keyword} | '**' expression {DoubleStar}
star_targets: a=star_target !',' {=a} | star_target (',' star_target)* [','] {Tuple}
star_targets_list_seq: a=','.star_target+ [','] {=a}
star_targets_tuple_seq: star_target (',' star_target)+ [','] | star_target ','
star_target (memo): '*' (!'*' star_target) {Starred} | target_with_star_atom
target_with_star_atom (memo):
    | t_primary '.' NAME !t_lookahead {Attribute}
    | t_primary '[' slices ']' !t_lookahead {Subscript}
    | star_atom
star_atom:
    | NAME
    | '(' target_with_star_atom ')'
    | '(' [star_targets_tuple_seq] ')' {Tuple}
    | '[' [star_targets_list_seq] ']' {List}
single_target: single_subscript_attribute_target | NAME | '(' a=single_target ')' {=a}
single_subscript_attribute_target:
    | t_primary '.' NAME !t_lookahead {Attribute}
    | t_primary '[' slices ']' !t_lookahead {Subscript}
t_primary (memo): atom &t_lookahead t_trailer*
t_trailer:
    | '.' NAME &t_lookahead
    | '[' slices ']' &t_lookahead
    | genexp &t_lookahead
    | '(' [arguments] ')' &t_lookahead
t_lookahead: '(' | '[' | '.'
del_targets: a=','.del_target+ [','] {=a}
del_target (memo):
    | t_primary '.' NAME !t_lookahead {Attribute}
    | t_primary '[' slices ']' !t_lookahead {Subscript}
    | del_t_atom
del_t_atom: NAME | '(' del_target ')' | '(' [del_targets] ')' {Tuple} | '[' [del_targets] ']' {List}
)grammar";

}  // namespace ouro::script
