# Rule: program/budget
# Purpose: jumps within a function count

    mov %r0, 0
    call local f
    exit
f:
.rept 200
    ja +0
.endr
    exit
