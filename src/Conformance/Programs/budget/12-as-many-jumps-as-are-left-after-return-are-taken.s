# Rule: program/budget
# Purpose: as many jumps as are left after a return are taken

    mov %r0, 0
    call local f
.rept 99
    ja +0
.endr
    exit
f:
.rept 100
    ja +0
.endr
    exit
