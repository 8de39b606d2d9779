# Rule: jmp/call-local
# Purpose: three branches are left of the budget, and all are spent

    mov %r0, 0
.rept 197
    ja +0
.endr
    call local f
    call local f
    call local f
    add %r0, 2
    exit
f:
    add %r0, 1
    exit
