# Rule: jmp/exit
# Purpose: the function has changed r0 to r5, which are not restored

    mov %r1, 1
    mov %r2, 2
    mov %r3, 3
    call local f
    add %r0, %r1
    add %r0, %r2
    add %r0, %r3
    exit
f:
    mov %r0, 0x1000
    mov %r1, 0x100
    mov %r2, 0x200
    mov %r3, 0x300
    exit
