# Rule: program/fibonacci
# Purpose: a function calls itself twice

    mov %r1, 5
    call local fib
    exit
fib:
    jgt %r1, 1, more
    mov %r0, %r1
    exit
more:
    mov %r6, %r1
    sub %r1, 1
    call local fib
    mov %r7, %r0
    mov %r1, %r6
    sub %r1, 2
    call local fib
    add %r0, %r7
    exit
