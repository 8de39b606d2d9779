# Rule: jmp/call-local
# Purpose: two branches are left of the budget, and both are spent on calls

    mov %r0, 0
.rept 198
    ja +0
.endr
    call local f
    call local f
    add %r0, 2
    exit
f:
    add %r0, 1
    exit
