# Rule: program/budget
# Purpose: the trap is at a call in a loop

    mov %r0, 0
    mov %r6, 102
loop:
    call local f
    sub %r6, 1
    jne %r6, 0, loop
    exit
f:
    add %r0, 1
    exit
