# Rule: program/calls
# Purpose: the function is in the last slots

    mov %r0, 3
    call local f
    add %r0, 1
    exit
    mov %r0, 0x55
    exit
f:
    exit
