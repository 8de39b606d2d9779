# Rule: jmp/call-local
# Purpose: the function stands before the call

    ja start
    add %r0, 0x1000
f:
    add %r0, 0x100
    exit
    add %r0, 0x2000
start:
    mov %r0, 1
    call local f
    add %r0, 0x10
    exit
