# Rule: program/frames
# Purpose: eleven functions are called one after the other

    mov %r0, 0
.rept 11
    call local f
.endr
    exit
f:
    add %r0, 1
    exit
