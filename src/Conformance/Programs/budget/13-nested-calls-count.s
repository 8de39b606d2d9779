# Rule: program/budget
# Purpose: nested calls count

    mov %r0, 0
    mov %r6, 101
loop:
    call local f
    sub %r6, 1
    jne %r6, 0, loop
    exit
f:
    call local g
    exit
g:
    add %r0, 1
    exit
