# Rule: program/calls
# Purpose: the function is called over a wide instruction, and back over one

    mov %r0, 0
    ja start
g:
    add %r0, 0x40
    exit
    lddw %r1, 0x100000001
start:
    call local f
    call local g
    exit
    lddw %r1, 0x200000002
f:
    add %r0, 1
    exit
