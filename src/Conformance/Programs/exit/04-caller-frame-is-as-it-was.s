# Rule: jmp/exit
# Purpose: the caller's frame is as it was

    stdw [%r10-8], 0x1234
    call local f
    ldxdw %r0, [%r10-8]
    exit
f:
    stdw [%r10-8], 0x77
    exit
