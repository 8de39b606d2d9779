# Rule: jmp/call-local
# Purpose: the function has a frame of its own

    stdw [%r10-8], 0x11
    mov %r0, 0
    call local f
    ldxdw %r1, [%r10-8]
    add %r0, %r1
    exit
f:
    stdw [%r10-8], 0x2200
    ldxdw %r0, [%r10-8]
    exit
