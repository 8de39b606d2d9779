# Rule: program/calls
# Purpose: the call leads to the next slot

    mov %r0, 1
    call local +0
    add %r0, 2
    exit
