// CPython 3.11's grammar: whole inputs and statements. The notation is in grammar.h.
#include <ouro/script/syntax/grammar.h>

namespace ouro::script {

const char* const kStatementRules = R"grammar(
file: [statements] ENDMARKER
interactive: statement_newline
eval: expressions NEWLINE* ENDMARKER
fstring: star_expressions
statements: statement+
statement: a=compound_stmt | a=simple_stmts {=a}
statement_newline: compound_stmt NEWLINE | simple_stmts | NEWLINE | ENDMARKER {fail}
simple_stmts: simple_stmt !';' NEWLINE | a=';'.simple_stmt+ [';'] NEWLINE {=a}
simple_stmt (memo):
    | assignment
    | star_expressions
    | &'return' return_stmt
    | &('import' | 'from') import_stmt
    | &'raise' raise_stmt
    | 'pass'
    | &'del' del_stmt
    | &'yield' yield_stmt
    | &'assert' assert_stmt
    | 'break'
    | 'continue'
    | &'global' global_stmt
    | &'nonlocal' nonlocal_stmt
compound_stmt:
    | &('def' | '@' | ASYNC) function_def
    | &'if' if_stmt
    | &('class' | '@') class_def
    | &('with' | ASYNC) with_stmt
    | &('for' | ASYNC) for_stmt
    | &'try' try_stmt
    | &'while' while_stmt
    | match_stmt
assignment:
    | NAME ':' expression ['=' annotated_rhs]
    | ('(' single_target ')' | single_subscript_attribute_target) ':' expression ['=' annotated_rhs]
    | (star_targets '=')+ (yield_expr | star_expressions) !'='
    | single_target augassign ~ (yield_expr | star_expressions)
    | invalid_assignment
annotated_rhs: yield_expr | star_expressions
augassign: '+=' | '-=' | '*=' | '@=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//='
return_stmt: 'return' [star_expressions]
raise_stmt: 'raise' expression ['from' expression] | 'raise'
global_stmt: 'global' ','.NAME+
nonlocal_stmt: 'nonlocal' ','.NAME+
del_stmt: 'del' del_targets &(';' | NEWLINE) | invalid_del_stmt
yield_stmt: yield_expr
assert_stmt: 'assert' expression [',' expression]
import_stmt: import_name | import_from
import_name: 'import' dotted_as_names
import_from:
    | 'from' ('.' | '...')* dotted_name 'import' import_from_targets
    | 'from' ('.' | '...')+ 'import' import_from_targets
import_from_targets:
    | '(' a=import_from_as_names [','] ')' {=a}
    | import_from_as_names !','
    | '*'
    | invalid_import_from_targets
import_from_as_names: a=','.import_from_as_name+ {=a}
import_from_as_name: NAME ['as' NAME]
dotted_as_names: a=','.dotted_as_name+ {=a}
dotted_as_name: dotted_name ['as' NAME]
dotted_name: NAME ('.' NAME)*
block (memo): NEWLINE INDENT a=statements DEDENT {=a} | simple_stmts | invalid_block
decorators: a=('@' named_expression NEWLINE)+ {=a}
class_def: decorators class_def_raw | class_def_raw
class_def_raw: invalid_class_def_raw | 'class' NAME ['(' [arguments] ')'] ':' block
function_def: decorators function_def_raw | function_def_raw
function_def_raw:
    | invalid_def_raw
    | 'def' NAME &&'(' [params] ')' ['->' expression] &&':' block
    | ASYNC 'def' NAME &&'(' [params] ')' ['->' expression] &&':' block
params: invalid_parameters | parameters
parameters:
    | slash_no_default param_no_default* param_with_default* [star_etc]
    | slash_with_default param_with_default* [star_etc]
    | param_no_default+ param_with_default* [star_etc]
    | param_with_default+ [star_etc]
    | star_etc
slash_no_default: a=param_no_default+ '/' ',' {=a} | a=param_no_default+ '/' &')' {=a}
slash_with_default: param_no_default* param_with_default+ '/' ',' | param_no_default* param_with_default+ '/' &')'
star_etc:
    | invalid_star_etc
    | '*' param_no_default param_maybe_default* [kwds]
    | '*' param_no_default_star_annotation param_maybe_default* [kwds]
    | '*' ',' param_maybe_default+ [kwds]
    | kwds
kwds: invalid_kwds | '**' a=param_no_default {=a}
param_no_default: a=param ',' {=a} | a=param &')' {=a}
param_no_default_star_annotation: a=param_star_annotation ',' {=a} | a=param_star_annotation &')' {=a}
param_with_default: param default ',' | param default &')'
param_maybe_default: param default? ',' | param default? &')'
param: NAME annotation?
param_star_annotation: NAME star_annotation
annotation: ':' a=expression {=a}
star_annotation: ':' a=star_expression {=a}
default: '=' a=expression {=a} | invalid_default
if_stmt: invalid_if_stmt | 'if' named_expression ':' block elif_stmt | 'if' named_expression ':' block [else_block]
elif_stmt:
    | invalid_elif_stmt
    | 'elif' named_expression ':' block elif_stmt
    | 'elif' named_expression ':' block [else_block]
else_block: invalid_else_stmt | 'else' &&':' b=block {=b}
while_stmt: invalid_while_stmt | 'while' named_expression ':' block [else_block]
for_stmt:
    | invalid_for_stmt
    | 'for' star_targets 'in' ~ star_expressions ':' block [else_block]
    | ASYNC 'for' star_targets 'in' ~ star_expressions ':' block [else_block]
    | invalid_for_target
with_stmt:
    | invalid_with_stmt_indent
    | 'with' '(' ','.with_item+ ','? ')' ':' block
    | 'with' ','.with_item+ ':' block
    | ASYNC 'with' '(' ','.with_item+ ','? ')' ':' block
    | ASYNC 'with' ','.with_item+ ':' block
    | invalid_with_stmt
with_item: expression 'as' star_target &(',' | ')' | ':') | invalid_with_item | expression
try_stmt:
    | invalid_try_stmt
    | 'try' &&':' block finally_block
    | 'try' &&':' block except_block+ [else_block] [finally_block]
    | 'try' &&':' block except_star_block+ [else_block] [finally_block]
except_block:
    | invalid_except_stmt_indent
    | 'except' expression ['as' NAME] ':' block
    | 'except' ':' block
    | invalid_except_stmt
except_star_block:
    | invalid_except_star_stmt_indent
    | 'except' '*' expression ['as' NAME] ':' block
    | invalid_except_stmt
finally_block: invalid_finally_stmt | 'finally' &&':' a=block {=a}
)grammar";

}  // namespace ouro::script
