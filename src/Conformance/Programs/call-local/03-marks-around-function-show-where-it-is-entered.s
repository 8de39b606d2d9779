# Rule: jmp/call-local
# Purpose: the marks around the function show where it is entered

    mov %r0, 1
    call local f
    add %r0, 0x10
    exit
    add %r0, 0x1000
    add %r0, 0x2000
f:
    add %r0, 0x100
    add %r0, 0x4000
    exit
