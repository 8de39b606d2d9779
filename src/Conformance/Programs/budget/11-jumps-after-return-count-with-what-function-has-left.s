# Rule: program/budget
# Purpose: jumps after a return count, with what the function has left

    mov %r0, 0
    call local f
.rept 100
    ja +0
.endr
    exit
f:
.rept 100
    ja +0
.endr
    exit
