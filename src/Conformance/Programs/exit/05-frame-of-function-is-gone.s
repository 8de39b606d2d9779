# Rule: jmp/exit
# Purpose: the frame of the function is gone

    mov %r0, 1
    call local f
    ldxdw %r0, [%r10-520]
    exit
f:
    stdw [%r10-8], 0x77
    exit
