# Rule: jmp/call-local
# Purpose: a call is the last branch of the budget

    mov %r0, 0
.rept 199
    ja +0
.endr
    call local f
    add %r0, 2
    exit
f:
    add %r0, 1
    exit
