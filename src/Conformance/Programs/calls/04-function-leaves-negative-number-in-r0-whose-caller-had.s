# Rule: program/calls
# Purpose: the function leaves a negative number in r0, whose caller had another

    mov %r0, 0x77
    call local f
    exit
f:
    lddw %r0, 0xffffffff00000005
    exit
