# Rule: program/branches
# Purpose: returns cost nothing

    mov %r0, 0
    mov %r6, 100
loop:
    call local f
    sub %r6, 1
    jne %r6, 0, loop
    exit
f:
    add %r0, 1
    exit
