# Rule: program/branches
# Purpose: calls and jumps share the budget

    mov %r0, 0
    mov %r6, 101
loop:
    call local f
    sub %r6, 1
    jne %r6, 0, loop
    exit
f:
    add %r0, 1
    exit
