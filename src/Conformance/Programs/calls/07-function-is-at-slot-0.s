# Rule: program/calls
# Purpose: the function is at slot 0

    jne %r6, 0, f
    ja start
f:
    mov %r0, 7
    exit
start:
    mov %r6, 1
    call local -6
    exit
