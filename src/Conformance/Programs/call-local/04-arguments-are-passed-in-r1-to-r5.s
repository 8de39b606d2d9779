# Rule: jmp/call-local
# Purpose: arguments are passed in r1 to r5

    mov %r1, 1
    mov %r2, 0x20
    mov %r3, 0x300
    mov %r4, 0x4000
    mov %r5, 0x50000
    call local f
    exit
f:
    mov %r0, %r1
    add %r0, %r2
    add %r0, %r3
    add %r0, %r4
    add %r0, %r5
    exit
