# Rule: jmp/call-local
# Purpose: the function's frame is zeroed though the caller has written its own

    stdw [%r10-8], 0x7f
    stdw [%r10-512], 0x7f
    call local f
    exit
f:
    ldxdw %r0, [%r10-8]
    ldxdw %r1, [%r10-512]
    add %r0, %r1
    add %r0, 1
    exit
