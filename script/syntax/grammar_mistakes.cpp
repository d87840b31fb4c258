// CPython 3.11's grammar: what is wrong in common ways, with the messages. The notation is in grammar.h.
#include <ouro/script/syntax/grammar.h>

namespace ouro::script {

const char* const kMistakeRules = R"grammar(
invalid_arguments:
    | (','.(starred_expression | (assignment_expression | expression !':=') !'=')+ ',' kwargs | kwargs) ',' a='*'
      {error a: iterable argument unpacking follows keyword argument unpacking}
    | a=expression b=for_if_clauses ',' [args | expression for_if_clauses]
      {error a-b: Generator expression must be parenthesized}
    | a=NAME b='=' expression for_if_clauses
      {error a-b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?}
    | a=args b=for_if_clauses {call unparenthesized_generator}
    | args ',' a=expression b=for_if_clauses {error a-b: Generator expression must be parenthesized}
    | a=args ',' args {call positional_after_keyword}
invalid_kwarg:
    | a=('True'|'False'|'None') b='=' {error a-b: cannot assign to %t}
    | a=NAME b='=' expression for_if_clauses
      {error a-b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?}
    | !(NAME '=') a=expression b='=' {error a-b: expression cannot contain assignment, perhaps you meant "=="?}
expression_without_invalid: disjunction 'if' disjunction 'else' expression {IfExp} | disjunction | lambdef
invalid_legacy_expression: a=NAME !'(' b=star_expressions {call legacy_statement}
invalid_expression:
    | !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid {call forgotten_comma}
    | a=disjunction 'if' b=disjunction !('else'|':') {error a-b: expected 'else' after 'if' expression}
invalid_named_expression (memo):
    | a=expression ':=' expression {error a: cannot use assignment expressions with %s}
    | a=NAME '=' b=bitwise_or !('='|':=') {error a-b: invalid syntax. Maybe you meant '==' or ':=' instead of '='?}
    | !(list|tuple|genexp|'True'|'None'|'False') a=bitwise_or b='=' bitwise_or !('='|':=')
      {error a: cannot assign to %s here. Maybe you meant '==' instead of '='?}
invalid_assignment:
    | a=invalid_ann_assign_target ':' expression {error a: only single target (not %s) can be annotated}
    | a=star_named_expression ',' star_named_expressions* ':' expression
      {error a: only single target (not tuple) can be annotated}
    | a=expression ':' expression {error a: illegal target for annotation}
    | (star_targets '=')* a=star_expressions '=' {target star}
    | (star_targets '=')* a=yield_expr '=' {error a: assignment to yield expression not possible}
    | a=star_expressions augassign (yield_expr | star_expressions)
      {error a: '%s' is an illegal expression for augmented assignment}
invalid_ann_assign_target: list | tuple | '(' a=invalid_ann_assign_target ')' {=a}
invalid_del_stmt: 'del' a=star_expressions {target del}
invalid_block:
    | NEWLINE !INDENT {indent: expected an indented block}
invalid_comprehension:
    | ('[' | '(' | '{') a=starred_expression for_if_clauses
      {error a: iterable unpacking cannot be used in comprehension}
    | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses
      {error a-b: did you forget parentheses around the comprehension target?}
    | ('[' | '{') a=star_named_expression b=',' for_if_clauses
      {error a-b: did you forget parentheses around the comprehension target?}
invalid_dict_comprehension:
    | '{' a='**' bitwise_or for_if_clauses '}' {error a: dict unpacking cannot be used in dict comprehension}
invalid_parameters:
    | param_no_default* invalid_parameters_helper a=param_no_default
      {error a: non-default argument follows default argument}
    | param_no_default* a='(' param_no_default+ ','? b=')' {error a-b: Function parameters cannot be parenthesized}
    | a="/" ',' {error a: at least one argument must precede /}
    | (slash_no_default | slash_with_default) param_maybe_default* a='/' {error a: / may appear only once}
    | (slash_no_default | slash_with_default)? param_maybe_default* '*' (',' | param_no_default)
      param_maybe_default* a='/'
      {error a: / must be ahead of *}
    | param_maybe_default+ '/' a='*' {error a: expected comma between / and *}
invalid_default:
    | a='=' &(')'|',') {error a: expected default value expression}
invalid_star_etc:
    | a='*' (')' | ',' (')' | '**')) {error a: named arguments must follow bare *}
    | '*' param a='=' {error a: var-positional argument cannot have default value}
    | '*' (param_no_default | ',') param_maybe_default* a='*' (param_no_default | ',')
      {error a: * argument may appear only once}
invalid_kwds:
    | '**' param a='=' {error a: var-keyword argument cannot have default value}
    | '**' param ',' a=param {error a: arguments cannot follow var-keyword argument}
    | '**' param ',' a=('*'|'**'|'/') {error a: arguments cannot follow var-keyword argument}
invalid_parameters_helper: slash_with_default | param_with_default+
invalid_lambda_parameters:
    | lambda_param_no_default* invalid_lambda_parameters_helper a=lambda_param_no_default
      {error a: non-default argument follows default argument}
    | lambda_param_no_default* a='(' ','.lambda_param+ ','? b=')'
      {error a-b: Lambda expression parameters cannot be parenthesized}
    | a="/" ',' {error a: at least one argument must precede /}
    | (lambda_slash_no_default | lambda_slash_with_default) lambda_param_maybe_default* a='/'
      {error a: / may appear only once}
    | (lambda_slash_no_default | lambda_slash_with_default)? lambda_param_maybe_default* '*' (',' |
      lambda_param_no_default) lambda_param_maybe_default* a='/'
      {error a: / must be ahead of *}
    | lambda_param_maybe_default+ '/' a='*' {error a: expected comma between / and *}
invalid_lambda_parameters_helper: lambda_slash_with_default | lambda_param_with_default+
invalid_lambda_star_etc:
    | '*' (':' | ',' (':' | '**')) {error: named arguments must follow bare *}
    | '*' lambda_param a='=' {error a: var-positional argument cannot have default value}
    | '*' (lambda_param_no_default | ',') lambda_param_maybe_default* a='*' (lambda_param_no_default | ',')
      {error a: * argument may appear only once}
invalid_lambda_kwds:
    | '**' lambda_param a='=' {error a: var-keyword argument cannot have default value}
    | '**' lambda_param ',' a=lambda_param {error a: arguments cannot follow var-keyword argument}
    | '**' lambda_param ',' a=('*'|'**'|'/') {error a: arguments cannot follow var-keyword argument}
invalid_with_item: expression 'as' a=expression &(',' | ')' | ':') {target star}
invalid_for_target: ASYNC? 'for' a=star_expressions {target for}
invalid_group:
    | '(' a=starred_expression ')' {error a: cannot use starred expression here}
    | '(' a='**' expression ')' {error a: cannot use double starred expression here}
invalid_import_from_targets:
    | import_from_as_names ',' NEWLINE {error: trailing comma not allowed without surrounding parentheses}
invalid_with_stmt:
    | [ASYNC] 'with' ','.(expression ['as' star_target])+ NEWLINE {error: expected ':'}
    | [ASYNC] 'with' '(' ','.(expressions ['as' star_target])+ ','? ')' NEWLINE {error: expected ':'}
invalid_with_stmt_indent:
    | [ASYNC] a='with' ','.(expression ['as' star_target])+ ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'with' statement on line %d}
    | [ASYNC] a='with' '(' ','.(expressions ['as' star_target])+ ','? ')' ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'with' statement on line %d}
invalid_try_stmt:
    | a='try' ':' NEWLINE !INDENT {indent a: expected an indented block after 'try' statement on line %d}
    | 'try' ':' block !('except' | 'finally') {error: expected 'except' or 'finally' block}
    | 'try' ':' block* except_block+ a='except' b='*' expression ['as' NAME] ':'
      {error a-b: cannot have both 'except' and 'except*' on the same 'try'}
    | 'try' ':' block* except_star_block+ a='except' [expression ['as' NAME]] ':'
      {error a: cannot have both 'except' and 'except*' on the same 'try'}
invalid_except_stmt:
    | 'except' '*'? a=expression ',' expressions ['as' NAME] ':'
      {error a-: multiple exception types must be parenthesized}
    | a='except' '*'? expression ['as' NAME] NEWLINE {error: expected ':'}
    | a='except' NEWLINE {error: expected ':'}
    | a='except' '*' (NEWLINE | ':') {error: expected one or more exception types}
invalid_finally_stmt:
    | a='finally' ':' NEWLINE !INDENT {indent a: expected an indented block after 'finally' statement on line %d}
invalid_except_stmt_indent:
    | a='except' expression ['as' NAME] ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'except' statement on line %d}
    | a='except' ':' NEWLINE !INDENT {indent a: expected an indented block after 'except' statement on line %d}
invalid_except_star_stmt_indent:
    | a='except' '*' expression ['as' NAME] ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'except*' statement on line %d}
invalid_match_stmt:
    | "match" subject_expr NEWLINE {error: expected ':'}
    | a="match" subject_expr ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'match' statement on line %d}
invalid_case_block:
    | "case" patterns guard? NEWLINE {error: expected ':'}
    | a="case" patterns guard? ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'case' statement on line %d}
invalid_as_pattern:
    | or_pattern 'as' a="_" {error a: cannot use '_' as a target}
    | or_pattern 'as' !NAME a=expression {error a: invalid pattern target}
invalid_class_pattern:
    | name_or_attr '(' a=invalid_class_argument_pattern {error a: positional patterns follow keyword patterns}
invalid_class_argument_pattern: [positional_patterns ','] keyword_patterns ',' a=positional_patterns {=a}
invalid_if_stmt:
    | 'if' named_expression NEWLINE {error: expected ':'}
    | a='if' named_expression ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'if' statement on line %d}
invalid_elif_stmt:
    | 'elif' named_expression NEWLINE {error: expected ':'}
    | a='elif' named_expression ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'elif' statement on line %d}
invalid_else_stmt:
    | a='else' ':' NEWLINE !INDENT {indent a: expected an indented block after 'else' statement on line %d}
invalid_while_stmt:
    | 'while' named_expression NEWLINE {error: expected ':'}
    | a='while' named_expression ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'while' statement on line %d}
invalid_for_stmt:
    | [ASYNC] 'for' star_targets 'in' star_expressions NEWLINE {error: expected ':'}
    | [ASYNC] a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT
      {indent a: expected an indented block after 'for' statement on line %d}
invalid_def_raw:
    | [ASYNC] a='def' NAME '(' [params] ')' ['->' expression] ':' NEWLINE !INDENT
      {indent a: expected an indented block after function definition on line %d}
invalid_class_def_raw:
    | 'class' NAME ['(' [arguments] ')'] NEWLINE {error: expected ':'}
    | a='class' NAME ['(' [arguments] ')'] ':' NEWLINE !INDENT
      {indent a: expected an indented block after class definition on line %d}
invalid_double_starred_kvpairs:
    | ','.double_starred_kvpair+ ',' invalid_kvpair
    | expression ':' a='*' bitwise_or {error a-: cannot use a starred expression in a dictionary value}
    | expression a=':' &('}'|',') {error a: expression expected after dictionary key and ':'}
invalid_kvpair:
    | a=expression !(':') {call missing_value}
    | expression ':' a='*' bitwise_or {error a-: cannot use a starred expression in a dictionary value}
    | expression a=':' &('}'|',') {error a: expression expected after dictionary key and ':'}

)grammar";

}  // namespace ouro::script
