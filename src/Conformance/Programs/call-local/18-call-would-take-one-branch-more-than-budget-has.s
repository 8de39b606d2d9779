# Rule: jmp/call-local
# Purpose: a call would take one branch more than the budget has

    mov %r0, 0
.rept 200
    ja +0
.endr
    call local f
    add %r0, 2
    exit
f:
    add %r0, 1
    exit
