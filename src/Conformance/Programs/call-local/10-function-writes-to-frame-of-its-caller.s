# Rule: jmp/call-local
# Purpose: the function writes to the frame of its caller

    stdw [%r10-8], 1
    mov %r1, %r10
    call local f
    ldxdw %r0, [%r10-8]
    exit
f:
    stdw [%r1-8], 0x77
    exit
